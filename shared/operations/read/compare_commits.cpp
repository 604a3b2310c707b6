// cg_compare_commits compares the chunks of the files that differ, which the tree diff names. diff/compare.h says why
// that is enough, and which rare dependencies of other files must be compared too.
#include "operations/read/compare_commits.h"

#include <algorithm>
#include <deque>
#include <unordered_set>

#include "base/bytes.h"
#include "diff/compare.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "signatures/readers.h"
#include "storage/file_load.h"
#include "storage/snapshot_content.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// The live chunks of one snapshot's differing files, as views into these files.
class ComparedSide {
public:
    explicit ComparedSide(const Repository& repository) : repository_(repository) {}

    Task<> add(std::span<const FileVersion> files) {  // the files must stay where they are
        if (files.empty()) co_return;
        for (const FileVersion& file : files) files_.push_back(&file);
        std::ranges::sort(files_, {}, &FileVersion::path);
        compared_.clear();
        Pace pace;
        for (const FileVersion* file : files_) {
            add_chunks(*file);
            if (pace.is_due(file->chunks.size() + file->dependencies.size())) co_await checkpoint();
        }
    }
    std::span<const ComparedChunk> chunks() const { return compared_; }

private:
    void add_chunks(const FileVersion& file) {
        if (file.is_deleted) return;
        std::vector<size_t> places(file.chunks.size(), SIZE_MAX);
        for (size_t i = 0; i < file.chunks.size(); i++) {
            const Chunk& chunk = file.chunks[i];
            if (chunk.is_deleted) continue;
            places[i] = compared_.size();
            ComparedChunk made{ids_.emplace_back(chunk_id(repository_.id, file.path, chunk)),
                               file.path,
                               chunk.kind,
                               chunk.content_hash.view(),
                               std::nullopt,
                               {}};
            if (chunk.fqn) made.fqn = *chunk.fqn;
            compared_.push_back(std::move(made));
        }
        for (const OutgoingDependency& d : file.dependencies)
            if (places[d.from] != SIZE_MAX)
                compared_[places[d.from]].dependencies.push_back({d.relationship, d.target});
    }

    const Repository& repository_;
    std::vector<const FileVersion*> files_;
    std::deque<std::string> ids_;  // keeps its items where they are when files are added
    std::vector<ComparedChunk> compared_;
};

// Returns the FQNs of the targets that are ids of chunks with an FQN. Every other target is its own symbol.
Task<Symbols> find_symbols(const Repository& repository, Digest root, std::vector<std::string> targets) {
    SnapshotContent content(repository, root);
    std::map<std::string, ChunkPlace, std::less<>> places = co_await content.chunks_by_id(std::move(targets));
    Symbols symbols;
    for (auto& [id, place] : places)
        if (place.chunk().fqn) symbols.emplace(id, *place.chunk().fqn);
    co_return symbols;
}

// Returns the files that both snapshots share and that have a dependency stored under one of these names.
Task<std::vector<TreeEntry>> find_shared_files_with_targets(const Repository& repository, Digest root,
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
        std::vector<StoredFile> files = co_await find_files(repository, shared, WithOutline::yes);
        for (size_t i = 0; i < files.size(); i++)
            if (std::ranges::any_of(files[i].outline.dependencies,
                                    [&](const OutlineDependency& d) { return keys.contains(d.target); }))
                entries.push_back(std::move(shared[i]));
        more = co_await cursor.next();
    }
    co_return entries;
}

// The changes, and the files that the views in them point into.
struct Comparison {
    std::vector<FileVersion> files, relinked;
    ComparedSide old_side, new_side;
    std::vector<ChangedChunk> changes;
    explicit Comparison(const SnapshotDifference& difference)
        : old_side(difference.repository), new_side(difference.repository) {}
};

std::vector<std::string> copy_texts(const std::vector<std::string_view>& views) {
    return {views.begin(), views.end()};
}

Task<> compare(const SnapshotDifference& difference, Comparison& comparison) {
    const Repository& repository = difference.repository;
    ComparedSide &old_side = comparison.old_side, &new_side = comparison.new_side;
    std::vector<TreeEntry> both = difference.before;  // loaded at once, because both sides have nearly the same names
    both.insert(both.end(), difference.after.begin(), difference.after.end());
    comparison.files = co_await load_file_versions(repository, both);
    const std::span<const FileVersion> files(comparison.files);
    co_await old_side.add(files.first(difference.before.size()));
    co_await new_side.add(files.subspan(difference.before.size()));

    const std::vector<std::string_view> rebound = co_await rebound_targets(old_side.chunks(), new_side.chunks());
    std::vector<std::string> names = copy_texts(rebound);
    std::vector<TreeEntry> entries =
        co_await find_shared_files_with_targets(repository, difference.to.root, difference.changes, std::move(names));
    comparison.relinked = co_await load_file_versions(repository, entries);
    co_await old_side.add(comparison.relinked);
    co_await new_side.add(comparison.relinked);

    const ChunkComparison chunks = co_await ChunkComparison::make(old_side.chunks(), new_side.chunks(), rebound);
    const std::vector<std::string_view> to_bind = co_await chunks.targets_to_bind();
    std::vector<std::string> targets = copy_texts(to_bind);
    const Symbols in_from = co_await find_symbols(repository, difference.from.root, targets);
    const Symbols in_to = co_await find_symbols(repository, difference.to.root, std::move(targets));
    comparison.changes = co_await chunks.changes(in_from, in_to);
}

}  // namespace

Task<std::vector<std::string>> find_changed_symbols(const SnapshotDifference& difference) {
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
        const auto row = row_of<changed_chunk_columns>(
            name_of(changed.change), either.fqn, either.kind, old_chunk ? cell(old_chunk->chunk_id) : none,
            new_chunk ? cell(new_chunk->chunk_id) : none, old_chunk ? cell(old_chunk->file_path) : none,
            new_chunk ? cell(new_chunk->file_path) : none, old_chunk ? cell(old_hash) : none,
            new_chunk ? cell(new_hash) : none, changed.dependencies_added, changed.dependencies_removed);
        co_yield row;
    }
}

}  // namespace codegraph
