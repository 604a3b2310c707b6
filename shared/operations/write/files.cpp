#include "operations/write/files.h"

#include "engine/request.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "operations/write/written_snapshot.h"
#include "signatures/writers.h"

namespace codegraph {

namespace {

// Changes a file and returns a count for the caller.
using FileChange = uint64_t (*)(FileVersion& file);

// Changes the file that the arguments name. Returns what `change` returns, or 0 where there is no such file.
Task<uint64_t> change_file(const Arguments& arguments, FileChange change, std::string_view operation) {
    std::string path = path_argument(arguments, written_file_arguments["file_path"]);
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    WrittenSnapshot written =
        co_await open_snapshot(repository, std::string(arguments.text(written_snapshot_arguments["snapshot_id"])));
    SnapshotContent content(repository, written.start_root);
    std::vector<std::string> paths(1, path);
    co_await content.load(std::move(paths));
    if (!content.file(path)) co_return 0;
    FileVersion file = *content.file(path);
    uint64_t count = change(file);
    content.replace(std::move(file));
    co_await commit(session_of(arguments), written, content, operation);
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
    const auto row = row_of<count_column>(count);
    co_yield row;
}

Task<> restore_file_chunks(const Arguments& arguments) {
    uint64_t count = co_await change_file(arguments, restore, "restore_file_chunks");
    const auto row = row_of<count_column>(count);
    co_yield row;
}

Task<> update_file_metadata(const Arguments& arguments) {
    std::string path = path_argument(arguments, file_metadata_arguments["file_path"]);
    std::string file_hash = name_argument(arguments, file_metadata_arguments["file_hash"], hash_limit);
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    WrittenSnapshot written =
        co_await open_snapshot(repository, std::string(arguments.text(written_snapshot_arguments["snapshot_id"])));
    SnapshotContent content(repository, written.start_root);
    std::vector<std::string> paths(1, path);
    co_await content.load(std::move(paths));
    FileVersion file = content.copy_or_new(path);
    file.is_deleted = false;
    file.file_hash = file_hash;
    content.replace(std::move(file));
    co_await commit(session_of(arguments), written, content, "update_file_metadata");
    const auto row = row_of<file_hash_column>(file_hash);
    co_yield row;
}

}  // namespace codegraph
