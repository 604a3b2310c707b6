// cg_compare_commits compares the chunks of the files that differ, which the tree diff names. diff/compare.h says why
// that is enough.
#include "operations/read/compare_commits.h"

#include <deque>

#include "base/bytes.h"
#include "diff/compare.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "signatures/readers.h"
#include "storage/file_load.h"

namespace codegraph {

namespace {

// The live chunks of one snapshot's differing files, as views into these files.
class ComparedSide {
public:
    explicit ComparedSide(const Repository& repository) : repository_(repository) {}

    Task<> add(std::span<const FileVersion> files) {  // by path, once; they must stay where they are
        Pace pace;
        for (const FileVersion& file : files) {
            add_chunks(file);
            if (pace.is_due(file.chunks.size() + file.dependencies.size())) co_await checkpoint();
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
                compared_[places[d.from]].dependencies.push_back(
                    {d.relationship, d.is_plain() ? std::string_view(d.target) : all_names_of(d)});
    }
    // Returns a text that is that of no other dependency and of no name.
    std::string_view all_names_of(const OutgoingDependency& d) {
        std::string text = d.target;
        for (const std::string& alternative : d.alternatives) text += '\0' + alternative;
        text += '\0';
        if (!d.to_name.empty()) text += '\0' + d.to_name;
        return names_.emplace_back(std::move(text));
    }

    const Repository& repository_;
    std::deque<std::string> ids_, names_;  // keep their items where they are when files are added
    std::vector<ComparedChunk> compared_;
};

// The changes, and the files that the views in them point into.
struct Comparison {
    std::vector<FileVersion> files;
    ComparedSide old_side, new_side;
    std::vector<ChangedChunk> changes;
    explicit Comparison(const SnapshotDifference& difference)
        : old_side(difference.repository), new_side(difference.repository) {}
};

Task<> compare(const SnapshotDifference& difference, Comparison& comparison) {
    const Repository& repository = difference.repository;
    ComparedSide &old_side = comparison.old_side, &new_side = comparison.new_side;
    std::vector<TreeEntry> both = difference.before;  // loaded at once, because both sides have nearly the same names
    both.insert(both.end(), difference.after.begin(), difference.after.end());
    comparison.files = co_await load_file_versions(repository, both);
    const std::span<const FileVersion> files(comparison.files);
    co_await old_side.add(files.first(difference.before.size()));
    co_await new_side.add(files.subspan(difference.before.size()));

    comparison.changes = co_await compare_chunks(old_side.chunks(), new_side.chunks());
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
