#include "operations/read/chunks.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "engine/request.h"
#include "operations/common/argument_forms.h"
#include "operations/read/files.h"
#include "operations/read/files_with_chunk.h"
#include "operations/read/snapshot_at.h"
#include "operations/read/yield_chunks.h"
#include "signatures/readers.h"
#include "storage/snapshot_content.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// Returns the entries of the paths that are in the tree, in the order of the paths.
Task<std::vector<TreeEntry>> find_entries(NodeStore& nodes, Digest root, std::vector<std::string> paths) {
    std::vector<std::optional<TreeValue>> found = co_await find_many(nodes, root, paths);
    std::vector<TreeEntry> entries;
    for (size_t i = 0; i < paths.size(); i++)
        if (found[i]) entries.push_back({std::move(paths[i]), *found[i]});
    co_return entries;
}

Task<> yield_all_files(const SnapshotAt& at, const ChunkFilter& filter, WithContent content) {
    NodeStore nodes(at.repository.key);
    TreeCursor cursor(nodes, at.snapshot.root);
    bool more = co_await cursor.next();
    while (more) {
        std::vector<TreeEntry> entries;
        for (const TreeEntry& entry : cursor.entries())
            if (entry.value.count > 0 || filter.include_deleted) entries.push_back(entry);
        co_await yield_chunks(at.repository, std::move(entries), filter, content);
        more = co_await cursor.next();
    }
}

Task<> yield_files(const SnapshotAt& at, std::vector<std::string> paths, const ChunkFilter& filter,
                   WithContent content) {
    NodeStore nodes(at.repository.key);
    std::vector<TreeEntry> entries = co_await find_entries(nodes, at.snapshot.root, std::move(paths));
    co_await yield_chunks(at.repository, std::move(entries), filter, content);
}

// Yields all chunks that the filter takes. Where the call is narrowed to a file, a chunk id or an FQN, reads only the
// few files that can have it.
Task<> yield_snapshot(const Arguments& arguments, ChunkFilter filter) {
    SnapshotAt at = co_await snapshot_at(arguments);
    const std::optional<std::string_view> path = arguments.required_value("file_path");
    filter.id = arguments.required_value("chunk_id");
    filter.fqn = arguments.required_value("fqn");
    if (!filter.kind) filter.kind = arguments.required_value("kind");
    if (!path && !filter.id && !filter.fqn) {
        co_await yield_all_files(at, filter, used_content(arguments));
        co_return;
    }
    std::vector<std::string> paths;
    if (path)
        paths.emplace_back(*path);
    else if (filter.id)
        paths = co_await find_paths_with_id(at.repository, *filter.id);
    else
        paths = co_await find_paths_with_fqn(at.repository, *filter.fqn);
    co_await yield_files(at, std::move(paths), filter, used_content(arguments));
}

}  // namespace

Task<> chunks(const Arguments& arguments) {
    ChunkFilter filter;
    filter.include_deleted = arguments.boolean(chunks_arguments["include_deleted"]);
    co_await yield_snapshot(arguments, std::move(filter));
}

Task<> chunks_by_kind(const Arguments& arguments) {
    ChunkFilter filter;
    filter.kind = arguments.text(kind_arguments["chunk_kind"]);
    co_await yield_snapshot(arguments, std::move(filter));
}

Task<> file_chunks(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    std::vector<std::string> paths(1, std::string(arguments.text(file_arguments["file"])));
    ChunkFilter filter;
    co_await yield_files(at, std::move(paths), filter, used_content(arguments));
}

namespace {

// Returns the ordinals of the live chunks that have the line, the innermost first.
std::vector<size_t> chunks_around(std::span<const StoredChunk> chunks, int64_t line) {
    std::vector<size_t> around;
    for (size_t i = chunks.size(); i > 0; i--) {
        const StoredChunk& chunk = chunks[i - 1];
        if (!chunk.is_deleted && chunk.start_line <= line && line <= chunk.end_line) around.push_back(i - 1);
    }
    std::ranges::stable_sort(around, {}, [&](size_t i) { return chunks[i].end_line - chunks[i].start_line; });
    return around;
}

}  // namespace

Task<> chunk_at(const Arguments& arguments) {
    const SnapshotAt at = co_await snapshot_at(arguments);
    const std::vector<StoredFile> file = co_await find_live_file(at, arguments.text(line_arguments["file"]));
    if (file.empty()) co_return;
    const StoredChunks chunks = co_await find_chunks(at.repository, file, WithContent::no);
    std::vector<ChunkInFile> places;
    for (size_t ordinal : chunks_around(chunks.all, *arguments.optional_integer(line_arguments["line"])))
        places.push_back({file[0].digest, file[0].key, ordinal});
    const std::vector<Cell> no_prefix;
    co_await yield_chunks_at(at.repository, std::move(places), used_content(arguments), no_prefix);
}

Task<> chunk(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    SnapshotContent snapshot(at.repository, at.snapshot.root);
    std::vector<ChunkPlace> places =
        co_await snapshot.chunks_named(std::string(arguments.text(chunk_arguments["chunk"])));
    ChunkFilter filter;
    filter.places.emplace();
    std::set<std::string> paths;
    for (const ChunkPlace& place : places) {
        filter.places->emplace(place.file->path, place.ordinal);
        paths.insert(place.file->path);
    }
    std::vector<std::string> sorted(paths.begin(), paths.end());
    std::vector<TreeEntry> entries = co_await find_entries(snapshot.nodes(), at.snapshot.root, std::move(sorted));
    co_await yield_chunks(at.repository, std::move(entries), filter, used_content(arguments));
}

Task<> count_chunks(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    NodeStore nodes(at.repository.key);
    TreeCursor cursor(nodes, at.snapshot.root);
    uint64_t count = 0;
    bool more = co_await cursor.next();
    while (more) {
        for (const TreeEntry& entry : cursor.entries())
            if (__builtin_add_overflow(count, entry.value.count, &count) || count > INT64_MAX)
                throw corrupt("a tree counts more chunks than there can be");
        more = co_await cursor.next();
    }
    const auto row = row_of<count_column>(count);
    co_yield row;
}

namespace {

// Finds the files with live chunks that the filter takes.
class FilesWithFqn : public FilesWithChunk {
public:
    FilesWithFqn(const Repository& repository, const ChunkFilter& filter, std::vector<std::string> paths)
        : FilesWithChunk(repository.key, std::move(paths), SIZE_MAX), repository_(repository), filter_(filter) {}

private:
    Task<std::vector<bool>> have_chunk(std::vector<TreeEntry> entries) override {
        std::vector<StoredFile> files = co_await find_files(repository_, entries, WithOutline::no);
        const StoredChunks chunks = co_await find_chunks(repository_, files, WithContent::no);
        std::vector<bool> have;
        for (size_t i = 0; i < files.size(); i++)
            have.push_back(!filter_.find_taken(repository_, files[i], chunks.of_file(i)).empty());
        co_return have;
    }

    const Repository& repository_;
    const ChunkFilter& filter_;
};

// Yields the chunks with the FQN in every snapshot of one repository.
Task<> yield_fqn(const Repository& repository, std::string fqn, WithContent content) {
    std::vector<std::string> paths = co_await find_paths_with_fqn(repository, fqn);
    if (paths.empty()) co_return;
    ChunkFilter filter;
    filter.fqn = std::move(fqn);
    FilesWithFqn files(repository, filter, std::move(paths));
    std::vector<Snapshot> snapshots = co_await list_snapshots(repository);
    for (const Snapshot& snapshot : snapshots) {
        std::vector<TreeEntry> entries = co_await files.find(snapshot.root);
        const auto prefix = row_of<place_of_chunk_columns>(repository.id, snapshot.id);
        if (!entries.empty()) co_await yield_chunks(repository, std::move(entries), filter, content, prefix);
        co_await checkpoint();
    }
}

}  // namespace

Task<> chunks_by_fqn(const Arguments& arguments) {
    std::vector<std::string> repo_ids = co_await repository_ids(arguments, fqn_arguments["repo"]);
    for (std::string& repo_id : repo_ids) {
        Repository repository = co_await find_repository(std::move(repo_id), RepositoryLock::none);
        co_await yield_fqn(repository, std::string(arguments.text(fqn_arguments["symbol"])), used_content(arguments));
    }
}

}  // namespace codegraph
