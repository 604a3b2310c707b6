#include "operations/read/compare_commits.h"

#include "base/bytes.h"
#include "base/error.h"
#include "operations/read/comparison.h"
#include "signatures/readers.h"

namespace codegraph {

namespace {

// Returns nothing for NULL.
std::optional<double> min_similarity_argument(const Arguments& arguments) {
    constexpr double least = 0.3;
    const ArgumentPlace place = compared_commits_arguments["min_similarity"];
    const std::optional<double> given = arguments.optional_real(place);
    if (!given || (*given >= least && *given <= 1)) return given;  // so that NaN is refused
    throw invalid(std::string(arguments.name(place)) + " must be between 0.3 and 1, or NULL: " + number_text(*given));
}

std::optional<std::string> hash_of(const ComparedChunk* chunk) {
    return chunk ? std::optional(to_hex(chunk->content_hash)) : std::nullopt;
}

Cell id_cell(const ComparedChunk* chunk) {
    return chunk ? cell(chunk->chunk_id) : null_cell();
}

Cell path_cell(const ComparedChunk* chunk) {
    return chunk ? cell(chunk->file_path) : null_cell();
}

}  // namespace

Task<> compare_commits(const Arguments& arguments) {
    const std::optional<double> min_similarity = min_similarity_argument(arguments);
    const SnapshotDifference difference = co_await snapshot_difference(arguments);
    Comparison comparison(difference);
    co_await comparison.pair(min_similarity);
    const std::vector<ChangedChunk> changes = co_await comparison.changes();
    for (const ChangedChunk& changed : changes) {
        const ComparedChunk *before = changed.pair.before, *after = changed.pair.after;
        const ComparedChunk& either = after ? *after : *before;
        const bool is_pair = before && after;
        const std::optional<std::string_view> old_fqn = before ? before->fqn : std::nullopt;
        const std::optional<std::string> old_hash = hash_of(before), new_hash = hash_of(after);
        const std::string aspects = changed.aspects.text();
        const auto row = row_of<changed_chunk_columns>(
            name_of(changed.change), is_pair ? cell(aspects) : null_cell(), either.fqn, old_fqn, either.kind,
            id_cell(before), id_cell(after), path_cell(before), path_cell(after), old_hash, new_hash,
            is_pair ? cell(changed.similarity) : null_cell(), changed.dependencies_added, changed.dependencies_removed);
        co_yield row;
    }
}

Task<> compare_dependencies(const Arguments& arguments) {
    const SnapshotDifference difference = co_await snapshot_difference(arguments);
    Comparison comparison(difference);
    co_await comparison.pair(default_min_similarity);
    const std::vector<ChangedDependency> changes = co_await comparison.changed_dependencies();
    for (const ChangedDependency& changed : changes) {
        const auto [relationship, candidates] = (changed.after ? changed.after : changed.before)->identity();
        const auto row = row_of<changed_dependency_columns>(
            name_of(changed.change), changed.from->chunk_id, changed.from->fqn, candidates, relationship,
            changed.before ? cell(changed.before->confidence) : null_cell(),
            changed.after ? cell(changed.after->confidence) : null_cell());
        co_yield row;
    }
}

}  // namespace codegraph
