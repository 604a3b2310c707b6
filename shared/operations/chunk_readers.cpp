#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/bytes.h"
#include "engine/request.h"
#include "model/chunk_id.h"
#include "operations/argument_forms.h"
#include "operations/chosen_chunks.h"
#include "operations/readers.h"
#include "operations/snapshot_at.h"
#include "storage/file_store.h"
#include "storage/snapshot_content.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

constexpr size_t chunk_columns = 16;

// One row of cg_chunks; what its cells point at is the row's, the file's and the chunk's.
struct ChunkRow {
    std::string id, content_hash;
    std::array<Cell, chunk_columns> cells;

    ChunkRow(const Repository& repository, const StoredFile& file, const Chunk& c)
        : id(chunk_id(repository.id, file.path, c)), content_hash(to_hex(c.content_hash.view())) {
        cells = {cell(id),
                 cell(file.path),
                 cell(c.start_line),
                 cell(c.end_line),
                 cell(c.kind),
                 cell(c.fqn),
                 cell(c.name),
                 cell(c.language),
                 cell(c.symbol_visibility),
                 cell(c.content),
                 cell(content_hash),
                 cell(c.summary),
                 cell(c.importance),
                 cell(c.is_deleted),
                 cell(c.attrs),
                 cell(file.indexed_at)};
    }
    ChunkRow(const ChunkRow&) = delete;
};

struct ChunkFilter {
    bool include_deleted = false;
    std::optional<std::string> kind = {}, fqn = {}, id = {};
    std::optional<std::set<std::pair<std::string, size_t>>> places = {};  // path and ordinal
    ChunkChoice choice = {};

    // `live`: how many live chunks of the file come before.
    bool takes(const Repository& repository, const StoredFile& file, const Chunk& chunk, size_t ordinal,
               size_t live) const {
        if ((chunk.is_deleted || file.is_deleted) && !include_deleted) return false;
        if (kind && chunk.kind != *kind) return false;
        if (fqn && chunk.fqn != *fqn) return false;
        if (id && chunk_id(repository.id, file.path, chunk) != *id) return false;
        if (choice && !choice(file.path, live)) return false;
        return !places || places->contains({file.path, ordinal});
    }
    bool takes_all() const { return !kind && !fqn && !id && !places && !choice; }

    // The ordinals of the chunks of a file that are taken.
    std::vector<size_t> taken(const Repository& repository, const StoredFile& file,
                              const std::vector<Chunk>& chunks) const {
        std::vector<size_t> ordinals;
        for (size_t k = 0, live = 0; k < chunks.size(); k++) {
            if (takes(repository, file, chunks[k], k, live)) ordinals.push_back(k);
            live += !chunks[k].is_deleted;
        }
        return ordinals;
    }
};

// Leaves only files of which something is taken, so that no other contents are read.
Task<std::vector<StoredFile>> files_with_taken(const Repository& repository, std::vector<StoredFile> files,
                                               const ChunkFilter& filter) {
    if (filter.takes_all()) co_return files;
    std::vector<std::vector<Chunk>> chunks = co_await find_chunks(repository, files, ChunkRows::without_content);
    std::vector<StoredFile> taken;
    for (size_t i = 0; i < files.size(); i++)
        if (!filter.taken(repository, files[i], chunks[i]).empty()) taken.push_back(std::move(files[i]));
    co_return taken;
}

const std::vector<Cell> no_prefix;

// Yields the chunks of these files that the filter takes; `prefix` stands before each row.
Task<> yield_chunks(const Repository& repository, std::vector<TreeEntry> entries, const ChunkFilter& filter,
                    std::vector<Cell> prefix) {
    std::vector<StoredFile> all = co_await find_files(repository, entries, With::row);
    std::vector<StoredFile> files = co_await files_with_taken(repository, std::move(all), filter);
    std::vector<std::vector<Chunk>> chunks = co_await find_chunks(repository, files, ChunkRows::with_content);
    for (size_t i = 0; i < files.size(); i++)
        for (size_t k : filter.taken(repository, files[i], chunks[i])) {
            ChunkRow chunk(repository, files[i], chunks[i][k]);
            std::vector<Cell> row = prefix;
            row.insert(row.end(), chunk.cells.begin(), chunk.cells.end());
            co_yield row;
        }
}

Task<> yield_all_files(const SnapshotAt& at, const ChunkFilter& filter) {
    NodeStore nodes(at.repository.key);
    TreeCursor cursor(nodes, at.snapshot.root);
    bool more = co_await cursor.next();
    while (more) {
        std::vector<TreeEntry> entries;
        for (const TreeEntry& entry : cursor.entries())
            if (entry.value.number > 0 || filter.include_deleted) entries.push_back(entry);
        co_await yield_chunks(at.repository, std::move(entries), filter, no_prefix);
        more = co_await cursor.next();
    }
}

// Of the paths, those that are in the tree, ascending.
Task<std::vector<TreeEntry>> entries_at(NodeStore& nodes, Digest root, std::vector<std::string> paths) {
    std::vector<std::optional<TreeValue>> found = co_await find_many(nodes, root, paths);
    std::vector<TreeEntry> entries;
    for (size_t i = 0; i < paths.size(); i++)
        if (found[i]) entries.push_back({std::move(paths[i]), *found[i]});
    co_return entries;
}

Task<> yield_files(const SnapshotAt& at, std::vector<std::string> paths, const ChunkFilter& filter) {
    NodeStore nodes(at.repository.key);
    std::vector<TreeEntry> entries = co_await entries_at(nodes, at.snapshot.root, std::move(paths));
    co_await yield_chunks(at.repository, std::move(entries), filter, no_prefix);
}

// All chunks that the filter takes; narrowed to a file, a chunk id or an FQN, from the few files that can have it.
Task<> yield_snapshot(const Arguments& arguments, ChunkFilter filter) {
    SnapshotAt at = co_await snapshot_at(arguments);
    const std::optional<std::string_view> path = arguments.narrowed("file_path");
    filter.id = arguments.narrowed("chunk_id");
    filter.fqn = arguments.narrowed("fqn");
    if (!filter.kind) filter.kind = arguments.narrowed("kind");
    if (!path && !filter.id && !filter.fqn) {
        co_await yield_all_files(at, filter);
        co_return;
    }
    std::vector<std::string> paths;
    if (path)
        paths.emplace_back(*path);
    else if (filter.id)
        paths = co_await paths_with_id(at.repository, *filter.id);
    else
        paths = co_await paths_with_fqn(at.repository, *filter.fqn);
    co_await yield_files(at, std::move(paths), filter);
}

}  // namespace

Task<> yield_chosen_chunks(const Repository& repository, std::vector<TreeEntry> entries, ChunkChoice choice) {
    ChunkFilter filter;
    filter.choice = std::move(choice);
    co_await yield_chunks(repository, std::move(entries), filter, no_prefix);
}

Task<> yield_chunks_at(const Repository& repository, std::vector<ChunkInFile> places, std::vector<Cell> prefix) {
    std::vector<Digest> digests;
    for (const ChunkInFile& place : places) digests.push_back(place.file);
    std::vector<StoredFile> files = co_await find_files(repository, std::move(digests), With::row);
    std::vector<Chunk> chunks = co_await find_single_chunks(repository, places);
    for (size_t i = 0; i < places.size(); i++) {
        ChunkRow chunk(repository, files[i], chunks[i]);
        std::vector<Cell> row = prefix;
        row.insert(row.end(), chunk.cells.begin(), chunk.cells.end());
        co_yield row;
    }
}

Task<> chunks(const Arguments& arguments) {
    ChunkFilter filter;
    filter.include_deleted = arguments.boolean(2);
    co_await yield_snapshot(arguments, std::move(filter));
}

Task<> chunks_by_kind(const Arguments& arguments) {
    ChunkFilter filter;
    filter.kind = arguments.text(2);
    co_await yield_snapshot(arguments, std::move(filter));
}

Task<> file_chunks(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    std::vector<std::string> paths(1, std::string(arguments.text(2)));
    ChunkFilter filter;
    co_await yield_files(at, std::move(paths), filter);
}

Task<> chunk(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    SnapshotContent content(at.repository, at.snapshot.root);
    std::vector<ChunkPlace> places = co_await content.chunks_named(std::string(arguments.text(2)));
    ChunkFilter filter;
    filter.places.emplace();
    std::set<std::string> paths;
    for (const ChunkPlace& place : places) {
        filter.places->emplace(place.file->path, place.ordinal);
        paths.insert(place.file->path);
    }
    std::vector<std::string> sorted(paths.begin(), paths.end());
    std::vector<TreeEntry> entries = co_await entries_at(content.nodes(), at.snapshot.root, std::move(sorted));
    co_await yield_chunks(at.repository, std::move(entries), filter, no_prefix);
}

Task<> count_chunks(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    NodeStore nodes(at.repository.key);
    TreeCursor cursor(nodes, at.snapshot.root);
    uint64_t count = 0;
    bool more = co_await cursor.next();
    while (more) {
        for (const TreeEntry& entry : cursor.entries()) count += entry.value.number;
        more = co_await cursor.next();
    }
    const std::array<Cell, 1> row = {cell(count)};
    co_yield row;
}

namespace {

// The chunks with the FQN in every snapshot of one repository.
Task<> yield_fqn(const Repository& repository, std::string fqn) {
    const std::vector<std::string> paths = co_await paths_with_fqn(repository, fqn);
    if (paths.empty()) co_return;
    ChunkFilter filter;
    filter.fqn = std::move(fqn);
    std::vector<Snapshot> snapshots = co_await list_snapshots(repository);
    NodeStore nodes(repository.key);
    for (const Snapshot& snapshot : snapshots) {
        std::vector<TreeEntry> entries = co_await entries_at(nodes, snapshot.root, paths);
        std::vector<Cell> prefix;
        prefix.push_back(cell(repository.id));
        prefix.push_back(cell(snapshot.id));
        co_await yield_chunks(repository, std::move(entries), filter, prefix);
        co_await checkpoint();
    }
}

}  // namespace

Task<> chunks_by_fqn(const Arguments& arguments) {
    std::vector<std::string> repo_ids = co_await repository_ids(arguments, 1);
    for (std::string& repo_id : repo_ids) {
        Repository repository = co_await find_repository(std::move(repo_id), RepositoryLock::none);
        co_await yield_fqn(repository, std::string(arguments.text(0)));
    }
}

}  // namespace codegraph
