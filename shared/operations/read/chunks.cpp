#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>

#include "base/bytes.h"
#include "engine/request.h"
#include "model/chunk_id.h"
#include "operations/common/argument_forms.h"
#include "operations/read/chosen_chunks.h"
#include "operations/read/snapshot_at.h"
#include "operations/readers.h"
#include "storage/file_store.h"
#include "storage/snapshot_content.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// A row of cg_chunks, with other columns before it.
class ChunkRow final : public LazyRow {
public:
    ChunkRow(const Repository& repository, const std::vector<Cell>& prefix)
        : repository_(repository), prefix_(prefix) {}

    void set(const StoredFile& file, const StoredChunk& chunk) {
        file_ = &file;
        chunk_ = &chunk;
    }
    Cell column(size_t column) const override;

private:
    const Repository& repository_;
    const std::vector<Cell>& prefix_;
    const StoredFile* file_ = nullptr;
    const StoredChunk* chunk_ = nullptr;
    mutable std::string id_, content_hash_;
};

Cell ChunkRow::column(size_t column) const {
    if (column < prefix_.size()) return prefix_[column];
    switch (column - prefix_.size()) {
        case 0:
            id_.clear();
            append_chunk_id(id_, repository_.id, file_->path, chunk_->identity());
            return cell(id_);
        case 1:
            return cell(file_->path);
        case 2:
            return cell(chunk_->start_line);
        case 3:
            return cell(chunk_->end_line);
        case 4:
            return cell(chunk_->kind);
        case 5:
            return cell(chunk_->fqn);
        case 6:
            return cell(chunk_->name);
        case 7:
            return cell(chunk_->language);
        case 8:
            return cell(chunk_->symbol_visibility);
        case 9:
            return cell(chunk_->content);
        case 10:
            content_hash_.clear();
            append_hex(content_hash_, chunk_->content_hash.view());
            return cell(content_hash_);
        case 11:
            return cell(chunk_->summary);
        case 12:
            return cell(chunk_->importance);
        case 13:
            return cell(chunk_->is_deleted);
        case 14:
            return cell(chunk_->attrs);
        case 15:
            return cell(file_->indexed_at);
        default:
            throw std::out_of_range("no such column");
    }
}

struct ChunkFilter {
    bool include_deleted = false;
    std::optional<std::string> kind = {}, fqn = {}, id = {};
    std::optional<std::set<std::pair<std::string, size_t>>> places = {};  // path and ordinal
    ChunkChoice choice = {};

    // `live`: how many live chunks of the file come before.
    bool takes(const Repository& repository, const StoredFile& file, const StoredChunk& chunk, size_t ordinal,
               size_t live) const {
        if ((chunk.is_deleted || file.is_deleted) && !include_deleted) return false;
        if (kind && chunk.kind != *kind) return false;
        if (fqn && chunk.fqn != *fqn) return false;
        if (id && !has_id(repository, file, chunk)) return false;
        if (choice && !choice(file.path, live)) return false;
        return !places || places->contains({file.path, ordinal});
    }
    bool has_id(const Repository& repository, const StoredFile& file, const StoredChunk& chunk) const {
        std::string its_id;
        append_chunk_id(its_id, repository.id, file.path, chunk.identity());
        return its_id == *id;
    }
    bool takes_all() const { return !kind && !fqn && !id && !places && !choice; }

    // The ordinals of the chunks of a file that are taken.
    std::vector<size_t> taken(const Repository& repository, const StoredFile& file,
                              std::span<const StoredChunk> chunks) const {
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
    StoredChunks chunks = co_await find_chunks(repository, files, ChunkRows::without_content);
    std::vector<StoredFile> taken;
    for (size_t i = 0; i < files.size(); i++)
        if (!filter.taken(repository, files[i], chunks.of_file(i)).empty()) taken.push_back(std::move(files[i]));
    co_return taken;
}

const std::vector<Cell> no_prefix;

// Yields the chunks of these files that the filter takes; `prefix` stands before each row.
Task<> yield_chunks(const Repository& repository, std::vector<TreeEntry> entries, const ChunkFilter& filter,
                    std::vector<Cell> prefix) {
    std::vector<StoredFile> all = co_await find_files(repository, entries, With::row);
    std::vector<StoredFile> files = co_await files_with_taken(repository, std::move(all), filter);
    StoredChunks chunks = co_await find_chunks(repository, files, ChunkRows::with_content);
    ChunkRow row(repository, prefix);
    for (size_t i = 0; i < files.size(); i++)
        for (size_t k : filter.taken(repository, files[i], chunks.of_file(i))) {
            row.set(files[i], chunks.of_file(i)[k]);
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
    StoredChunks chunks = co_await find_single_chunks(repository, places);
    ChunkRow row(repository, prefix);
    for (size_t i = 0; i < places.size(); i++) {
        row.set(files[i], chunks.all[i]);
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
