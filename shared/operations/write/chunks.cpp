#include "operations/write/chunks.h"

#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "operations/write/given_chunks.h"
#include "operations/write/written_snapshot.h"
#include "signatures/writers.h"

namespace codegraph {

namespace {

// Makes a soft-deleted file live. Its file hash goes, because it may not be that of what the file now holds.
void make_live(FileVersion& file) {
    if (!file.is_deleted) return;
    file.is_deleted = false;
    file.file_hash.reset();
}

// Adds the given chunks to a file. A chunk with an id that the file has replaces the chunk of that id, whose
// dependencies stay.
void upsert(const Repository& repository, FileVersion& file, std::vector<GivenChunk> given) {
    std::unordered_map<std::string, size_t> places;
    for (size_t i = 0; i < file.chunks.size(); i++)
        places.emplace(chunk_id(repository.id, file.path, file.chunks[i]), i);
    std::unordered_set<std::string> saved;
    make_live(file);
    for (GivenChunk& given_chunk : given) {
        std::string id = chunk_id(repository.id, file.path, given_chunk.chunk);
        if (!saved.insert(id).second) throw duplicate_chunk_id(id, "in one call");
        auto place = places.find(id);
        if (place == places.end())
            file.chunks.push_back(std::move(given_chunk.chunk));
        else
            file.chunks[place->second] = std::move(given_chunk.chunk);
    }
}

// Saves the chunks in the snapshot that the arguments name.
Task<> save(const Arguments& arguments, const Repository& repository, std::vector<GivenChunk> chunks,
            std::string_view operation) {
    WrittenSnapshot written =
        co_await open_snapshot(repository, std::string(arguments.text(written_snapshot_arguments["snapshot_id"])));
    SnapshotContent content(repository, written.start_root);
    std::map<std::string, std::vector<GivenChunk>> by_path;
    for (GivenChunk& chunk : chunks) by_path[*chunk.file_path].push_back(std::move(chunk));
    std::vector<std::string> paths;
    for (auto& [path, chunks_of_path] : by_path) paths.push_back(path);
    co_await content.load(std::move(paths));
    Pace pace;
    for (auto& [path, chunks_of_path] : by_path) {
        if (pace.is_due(1 + chunks_of_path.size())) co_await checkpoint();
        assign_ids(repository, path, chunks_of_path);
        FileVersion file = content.copy_or_new(path);
        upsert(repository, file, std::move(chunks_of_path));
        content.replace(std::move(file));
    }
    co_await commit(session_of(arguments), written, content, operation);
}

}  // namespace

Task<> save_chunk(const Arguments& arguments) {
    GivenChunk chunk = co_await arguments.parse(saved_chunk_arguments["chunk"], parse_chunk);
    std::vector<GivenChunk> chunks(1, chunk);
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    std::string path = *chunks[0].file_path;
    assign_ids(repository, path, chunks);
    std::string id = chunk_id(repository.id, path, chunks[0].chunk);
    co_await save(arguments, repository, std::move(chunks), "save_chunk");
    const auto row = row_of<chunk_id_column>(id);
    co_yield row;
}

Task<> save_chunks(const Arguments& arguments) {
    constexpr std::string_view any_path;
    std::vector<GivenChunk> chunks = co_await arguments.parse(saved_chunks_arguments["chunks"], parse_chunks, any_path);
    size_t count = chunks.size();
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    co_await save(arguments, repository, std::move(chunks), "save_chunks");
    const auto row = row_of<count_column>(count);
    co_yield row;
}
}  // namespace codegraph
