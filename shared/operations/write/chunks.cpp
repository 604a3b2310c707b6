#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "operations/write/given_chunks.h"
#include "operations/write/target.h"
#include "operations/writers.h"

namespace codegraph {

namespace {

// A soft-deleted file becomes live: what it was hashed as is no longer what it is.
void make_live(FileVersion& file) {
    if (!file.is_deleted) return;
    file.is_deleted = false;
    file.file_hash.reset();
}

// Chunks with an id that the file has take its place, and keep its dependencies; the others join.
void upsert(const Repository& repository, FileVersion& file, std::vector<GivenChunk> given) {
    std::unordered_map<std::string, size_t> places;
    for (size_t i = 0; i < file.chunks.size(); i++)
        places.emplace(chunk_id(repository.id, file.path, file.chunks[i]), i);
    std::unordered_set<std::string> saved;
    make_live(file);
    for (GivenChunk& one : given) {
        std::string id = chunk_id(repository.id, file.path, one.chunk);
        if (!saved.insert(id).second) throw duplicate_chunk_id(id, "in one call");
        auto place = places.find(id);
        if (place == places.end())
            file.chunks.push_back(std::move(one.chunk));
        else
            file.chunks[place->second] = std::move(one.chunk);
    }
}

FileVersion copy_or_new(const SnapshotContent& content, const std::string& path) {
    const FileVersion* file = content.file(path);
    if (file) return *file;
    FileVersion made;
    made.path = path;
    return made;
}

Task<> save(const Arguments& arguments, const Repository& repository, std::vector<GivenChunk> chunks,
            std::string_view operation) {
    Target target = co_await open_snapshot(repository, std::string(arguments.text(1)));
    SnapshotContent content(repository, target.start);
    std::map<std::string, std::vector<GivenChunk>> by_path;
    for (GivenChunk& chunk : chunks) by_path[*chunk.file_path].push_back(std::move(chunk));
    std::vector<std::string> paths;
    for (auto& [path, of_path] : by_path) paths.push_back(path);
    co_await content.load(std::move(paths));
    for (auto& [path, of_path] : by_path) {
        assign_ids(repository, path, of_path);
        FileVersion file = copy_or_new(content, path);
        upsert(repository, file, std::move(of_path));
        content.replace(std::move(file));
    }
    co_await commit(session_of(arguments), target, content, operation);
}

}  // namespace

Task<> save_chunk(const Arguments& arguments) {
    std::vector<GivenChunk> chunks(1, parse_chunk("chunk", arguments.text(2)));
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::share);
    std::string path = *chunks[0].file_path;
    assign_ids(repository, path, chunks);
    std::string id = chunk_id(repository.id, path, chunks[0].chunk);
    co_await save(arguments, repository, std::move(chunks), "save_chunk");
    const std::array<Cell, 1> row = {cell(id)};
    co_yield row;
}

Task<> save_chunks(const Arguments& arguments) {
    std::vector<GivenChunk> chunks = parse_chunks("chunks", arguments.text(2));
    size_t count = chunks.size();
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::share);
    co_await save(arguments, repository, std::move(chunks), "save_chunks");
    const std::array<Cell, 1> row = {cell(count)};
    co_yield row;
}

namespace {

// Calls `change` with the file, when there is one; it gives the count, and whether it changed anything shows in the
// file.
using FileChange = uint64_t (*)(FileVersion& file);

Task<uint64_t> change_file(const Arguments& arguments, FileChange change, std::string_view operation) {
    std::string path(arguments.text(2));
    check_path("file_path", path);
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::share);
    Target target = co_await open_snapshot(repository, std::string(arguments.text(1)));
    SnapshotContent content(repository, target.start);
    std::vector<std::string> paths(1, path);
    co_await content.load(std::move(paths));
    if (!content.file(path)) co_return 0;
    FileVersion file = *content.file(path);
    uint64_t count = change(file);
    content.replace(std::move(file));
    co_await commit(session_of(arguments), target, content, operation);
    co_return count;
}

uint64_t soft_delete(FileVersion& file) {
    uint64_t count = file.live_chunks();
    file.is_deleted = true;
    for (Chunk& chunk : file.chunks) chunk.is_deleted = true;
    return count;
}

uint64_t restore(FileVersion& file) {
    uint64_t count = file.chunks.size() - file.live_chunks();
    file.is_deleted = false;
    for (Chunk& chunk : file.chunks) chunk.is_deleted = false;
    return count;
}

}  // namespace

Task<> soft_delete_file_chunks(const Arguments& arguments) {
    uint64_t count = co_await change_file(arguments, soft_delete, "soft_delete_file_chunks");
    const std::array<Cell, 1> row = {cell(count)};
    co_yield row;
}

Task<> restore_file_chunks(const Arguments& arguments) {
    uint64_t count = co_await change_file(arguments, restore, "restore_file_chunks");
    const std::array<Cell, 1> row = {cell(count)};
    co_yield row;
}

Task<> update_file_metadata(const Arguments& arguments) {
    std::string path(arguments.text(2)), file_hash(arguments.text(3));
    check_path("file_path", path);
    check_file_hash("file_hash", file_hash);
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::share);
    Target target = co_await open_snapshot(repository, std::string(arguments.text(1)));
    SnapshotContent content(repository, target.start);
    std::vector<std::string> paths(1, path);
    co_await content.load(std::move(paths));
    FileVersion file = copy_or_new(content, path);
    file.is_deleted = false;
    file.file_hash = file_hash;
    content.replace(std::move(file));
    co_await commit(session_of(arguments), target, content, "update_file_metadata");
    const std::array<Cell, 1> row = {cell(file_hash)};
    co_yield row;
}

}  // namespace codegraph
