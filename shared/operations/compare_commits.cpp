// cg_compare_commits: the tree diff names the files that differ; their chunks are compared. See diff/compare.h for why
// that is enough, and for the rare dependencies elsewhere that have to be looked at too.
#include <algorithm>
#include <array>
#include <deque>
#include <unordered_set>

#include "base/bytes.h"
#include "diff/compare.h"
#include "model/chunk_id.h"
#include "operations/readers.h"
#include "operations/snapshot_difference.h"
#include "storage/file_store.h"
#include "storage/snapshot_content.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// The chunks of one snapshot's differing files, and everything that their views point at.
class Side {
public:
    Side(const Repository& repository, Digest root) : repository_(repository), content_(repository, root) {}

    Task<> load(std::vector<TreeEntry> entries) {
        std::vector<FileVersion> loaded = co_await load_file_versions(repository_, entries);
        for (FileVersion& file : loaded) files_.push_back(std::move(file));
        std::ranges::sort(files_, {}, &FileVersion::path);
        co_await bind_targets();
        compare_.clear();
        for (const FileVersion& file : files_) add_chunks(file);
    }
    std::span<const ComparedChunk> chunks() const { return compare_; }

private:
    // The symbol of a target is the FQN of the chunk whose id it is, where there is one that has an FQN; else the name
    // itself.
    Task<> bind_targets() {
        std::set<std::string> names;
        for (const FileVersion& file : files_)
            for (const OutgoingDependency& d : file.dependencies) names.insert(d.target);
        std::vector<std::string> ids(names.begin(), names.end());
        std::map<std::string, ChunkPlace, std::less<>> places = co_await content_.chunks_by_id(std::move(ids));
        symbols_.clear();
        for (auto& [id, place] : places)
            if (place.chunk().fqn) symbols_.emplace(id, *place.chunk().fqn);
    }
    void add_chunks(const FileVersion& file) {
        if (file.is_deleted) return;
        std::vector<size_t> compared(file.chunks.size(), SIZE_MAX);
        for (size_t i = 0; i < file.chunks.size(); i++) {
            const Chunk& chunk = file.chunks[i];
            if (chunk.is_deleted) continue;
            compared[i] = compare_.size();
            ComparedChunk made{texts_.emplace_back(chunk_id(repository_.id, file.path, chunk)),
                               file.path,
                               chunk.kind,
                               chunk.content_hash.view(),
                               std::nullopt,
                               {}};
            if (chunk.fqn) made.fqn = *chunk.fqn;
            compare_.push_back(std::move(made));
        }
        for (const OutgoingDependency& d : file.dependencies) {
            if (compared[d.from] == SIZE_MAX) continue;
            auto symbol = symbols_.find(d.target);
            std::string_view target =
                symbol == symbols_.end() ? std::string_view(d.target) : std::string_view(symbol->second);
            compare_[compared[d.from]].dependencies.push_back({d.relationship, target});
        }
    }

    const Repository& repository_;
    SnapshotContent content_;
    std::vector<FileVersion> files_;
    std::map<std::string, std::string, std::less<>> symbols_;  // of targets that are chunk ids
    std::deque<std::string> texts_;
    std::vector<ComparedChunk> compare_;
};

// The versions of files that both snapshots share and that have a dependency saved under one of these names.
Task<std::vector<TreeEntry>> shared_files_with_targets(const Repository& repository, Digest root,
                                                       const std::vector<TreeChange>& changes,
                                                       std::vector<std::string> names) {
    std::vector<TreeEntry> entries;
    std::vector<int64_t> found = co_await find_symbol_keys(repository, std::move(names));
    if (found.empty()) co_return entries;  // nearly always
    std::unordered_set<int64_t> keys(found.begin(), found.end());
    std::unordered_set<std::string_view> changed;
    for (const TreeChange& change : changes) changed.insert(change.key);
    NodeStore nodes(repository.key);
    TreeCursor cursor(nodes, root);
    bool more = co_await cursor.next();
    while (more) {
        std::vector<TreeEntry> shared;
        for (const TreeEntry& entry : cursor.entries())
            if (!changed.contains(entry.key)) shared.push_back(entry);
        std::vector<StoredFile> files = co_await find_files(repository, shared, With::outline);
        for (size_t i = 0; i < files.size(); i++)
            if (std::ranges::any_of(files[i].outline.dependencies,
                                    [&](const OutlineDependency& d) { return keys.contains(d.target); }))
                entries.push_back(std::move(shared[i]));
        more = co_await cursor.next();
    }
    co_return entries;
}

// Both sides of a comparison with what differs.
struct Comparison {
    explicit Comparison(const SnapshotDifference& difference)
        : old_side(difference.repository, difference.from.root), new_side(difference.repository, difference.to.root) {}
    Side old_side, new_side;
    std::vector<ChangedChunk> changes;
};

Task<> compare(const SnapshotDifference& difference, Comparison& comparison) {
    Side &old_side = comparison.old_side, &new_side = comparison.new_side;
    co_await old_side.load(difference.before);
    co_await new_side.load(difference.after);
    std::vector<std::string> rebound;
    for (std::string_view name : rebound_targets(old_side.chunks(), new_side.chunks())) rebound.emplace_back(name);
    std::vector<TreeEntry> relinked = co_await shared_files_with_targets(difference.repository, difference.to.root,
                                                                         difference.changes, std::move(rebound));
    if (!relinked.empty()) {
        co_await old_side.load(relinked);
        co_await new_side.load(relinked);
    }
    comparison.changes = compare_chunks(old_side.chunks(), new_side.chunks());
}

}  // namespace

Task<std::vector<std::string>> changed_symbols(const SnapshotDifference& difference) {
    Comparison comparison(difference);
    co_await compare(difference, comparison);
    std::vector<std::string> symbols;
    for (const ChangedChunk& changed : comparison.changes)
        for (const ComparedChunk* chunk : {changed.before, changed.after})
            if (chunk) symbols.emplace_back(chunk->fqn.value_or(chunk->chunk_id));
    co_return symbols;
}

Task<> compare_commits(const Arguments& arguments) {
    SnapshotDifference difference = co_await snapshot_difference(arguments);
    Comparison comparison(difference);
    co_await compare(difference, comparison);
    for (const ChangedChunk& changed : comparison.changes) {
        const ComparedChunk *old_chunk = changed.before, *new_chunk = changed.after;
        const ComparedChunk& either = new_chunk ? *new_chunk : *old_chunk;
        std::string old_hash = old_chunk ? to_hex(old_chunk->content_hash) : "",
                    new_hash = new_chunk ? to_hex(new_chunk->content_hash) : "";
        Cell none = null_cell();
        const std::array<Cell, 11> row = {cell(name_of(changed.change)),
                                          cell(either.fqn),
                                          cell(either.kind),
                                          old_chunk ? cell(old_chunk->chunk_id) : none,
                                          new_chunk ? cell(new_chunk->chunk_id) : none,
                                          old_chunk ? cell(old_chunk->file_path) : none,
                                          new_chunk ? cell(new_chunk->file_path) : none,
                                          old_chunk ? cell(old_hash) : none,
                                          new_chunk ? cell(new_hash) : none,
                                          cell(changed.dependencies_added),
                                          cell(changed.dependencies_removed)};
        co_yield row;
    }
}

}  // namespace codegraph
