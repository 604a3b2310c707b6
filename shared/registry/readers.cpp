// Every function that reads. Readers take a snapshot by its id, or by a branch name for the newest snapshot of that
// branch, either at a moment of its past (`main@{3}`), and work on a read-only database.
#include "registry/readers.h"

#include "operations/common/version.h"
#include "operations/graph/analysis.h"
#include "operations/graph/dependencies.h"
#include "operations/graph/drawing.h"
#include "operations/graph/impact.h"
#include "operations/graph/traversal.h"
#include "operations/move/export.h"
#include "operations/read/chunks.h"
#include "operations/read/compare_commits.h"
#include "operations/read/compare_files.h"
#include "operations/read/files.h"
#include "operations/read/history.h"
#include "operations/read/log.h"
#include "operations/read/repositories.h"
#include "operations/read/snapshots.h"
#include "operations/read/stats.h"
#include "operations/search/search_content.h"
#include "operations/verify/verify.h"
#include "signatures/readers.h"

namespace codegraph {
namespace {

// Behind the first three a few look-ups; a kind still takes a walk through the snapshot.
constexpr Narrowing chunk_narrowings[] = {
    {"chunk_id", 1, 100}, {"file_path", 20, 100}, {"fqn", 2, 100}, {"kind", 1000, 50000}};
constexpr Narrowing chunk_of_kind_narrowings[] = {{"chunk_id", 1, 100}, {"file_path", 10, 100}, {"fqn", 2, 100}};
constexpr Narrowing file_narrowings[] = {{"file_path", 1, 100}};

constexpr CgFunction readers[] = {
    {
        .name = "cg_repositories",
        .columns = repository_columns,
        .rows = 10,
        .microseconds = 50,
        .description = R"(
            All repositories, by repo_id.)",
        .body = repositories,
    },
    {
        .name = "cg_snapshots",
        .arguments = repository_arguments,
        .columns = snapshot_columns,
        .rows = 100,
        .microseconds = 200,
        .description = R"(
            The snapshots of a repository by creation: by coalesce(committed_at, created_at), then in the order they
            were made.)",
        .body = snapshots,
    },
    {
        .name = "cg_files",
        .arguments = snapshot_arguments,
        .columns = file_columns,
        .rows = 1000,
        .microseconds = 10000,
        .narrowings = file_narrowings,
        .description = R"(
            The files of a snapshot, by path. `language` is the commonest of the file's chunks, the least on a tie;
            soft-deleted files and chunks are absent.)",
        .body = files,
    },
    {
        .name = "cg_changed_files",
        .arguments = changed_files_arguments,
        .columns = changed_file_columns,
        .rows = 100,
        .microseconds = 10000,
        .description = R"(
            What differs from a manifest, a JSON object path -> file hash: status `added`, `modified` or `deleted`,
            by path. Costs one read of the snapshot's files.)",
        .body = changed_files,
    },
    {
        .name = "cg_chunks",
        .arguments = chunks_arguments,
        .columns = chunk_columns,
        .rows = 10000,
        .microseconds = 100000,
        .narrowings = chunk_narrowings,
        .description = R"(
            The chunks of a snapshot in reader order: file_path, start_line, end_line, name, number, chunk_id.)",
        .body = chunks,
    },
    {
        .name = "cg_chunk",
        .arguments = chunk_arguments,
        .columns = chunk_columns,
        .rows = 1,
        .microseconds = 100,
        .description = R"(
            The chunk with this id; else all chunks with this FQN, in reader order.)",
        .body = chunk,
    },
    {
        .name = "cg_file_chunks",
        .arguments = file_arguments,
        .columns = chunk_columns,
        .rows = 20,
        .microseconds = 100,
        .description = R"(
            The chunks of one file, in reader order.)",
        .body = file_chunks,
    },
    {
        .name = "cg_chunks_by_kind",
        .arguments = kind_arguments,
        .columns = chunk_columns,
        .rows = 1000,
        .microseconds = 50000,
        .narrowings = chunk_of_kind_narrowings,
        .description = R"(
            The chunks of one kind, in reader order.)",
        .body = chunks_by_kind,
    },
    {
        .name = "cg_chunks_by_fqn",
        .arguments = fqn_arguments,
        .columns = placed_chunk_columns,
        .rows = 10,
        .microseconds = 500,
        .description = R"(
            The chunks with this FQN in every snapshot that has it; by repo_id, creation of the snapshot, reader
            order.)",
        .body = chunks_by_fqn,
    },
    {
        .name = "cg_search_content",
        .arguments = search_arguments,
        .columns = placed_chunk_columns,
        .rows = 50,
        .microseconds = 10000,
        .description = R"(
            The chunks whose content has the query in it: ASCII letters without regard to case, every other byte as
            it is; by importance, highest first, repo_id, reader order. Of one snapshot; without it, of the newest
            snapshot of each repository's default branch, where that has none of the repository's newest.
            `max_results` NULL means all. A snapshot needs its repo. Exact whether or not the contents are indexed
            (cg_index_content).)",
        .body = search_content,
    },
    {
        .name = "cg_file_hash",
        .arguments = file_arguments,
        .columns = file_hash_column,
        .result = Result::one_value,
        .microseconds = 50,
        .description = R"(
            The hash of a file; NULL when it has none or is not there.)",
        .body = file_hash,
    },
    {
        .name = "cg_count_chunks",
        .arguments = snapshot_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .microseconds = 500,
        .description = R"(
            The number of chunks of a snapshot.)",
        .body = count_chunks,
    },
    {
        .name = "cg_snapshot_root",
        .arguments = snapshot_arguments,
        .columns = root_column,
        .result = Result::one_value,
        .microseconds = 20,
        .description = R"(
            The root of a snapshot's content: equal roots mean equal content, in any database.)",
        .body = snapshot_root,
    },
    {
        .name = "cg_dependencies",
        .arguments = snapshot_arguments,
        .columns = dependency_columns,
        .rows = 10000,
        .microseconds = 50000,
        .description = R"(
            The dependencies of a snapshot, one row for each as saved; by the chunk they start in, target symbol,
            relationship. `to_chunk_id` is the first chunk that defines the target; `to_fqn` its FQN, or the name as
            saved when nothing defines it (is_external).)",
        .body = dependencies,
    },
    {
        .name = "cg_dependencies_from",
        .arguments = chunk_arguments,
        .columns = dependency_columns,
        .rows = 10,
        .microseconds = 500,
        .description = R"(
            The dependencies that start in a chunk, given by id, or in all chunks with an FQN; as cg_dependencies.)",
        .body = dependencies_from,
    },
    {
        .name = "cg_dependencies_to",
        .arguments = chunk_arguments,
        .columns = dependency_columns,
        .rows = 10,
        .microseconds = 20000,
        .description = R"(
            The dependencies that point at a chunk's symbol; as cg_dependencies.)",
        .body = dependencies_to,
    },
    {
        .name = "cg_transitive_dependencies",
        .arguments = traversal_arguments,
        .columns = reached_columns,
        .rows = 1000,
        .microseconds = 20000,
        .description = R"(
            Everything that a chunk depends on, breadth first: by depth, symbol, reader order. `depth` is the least,
            `via` the predecessor one level up (the least) and `relationship` that edge's (the least). The start is
            left out. `relationships` as `'CALLS,EXTENDS'`; `max_depth` NULL means no limit.)",
        .body = transitive_dependencies,
    },
    {
        .name = "cg_transitive_dependents",
        .arguments = traversal_arguments,
        .columns = reached_columns,
        .rows = 1000,
        .microseconds = 20000,
        .description = R"(
            Everything that depends on a chunk, directly or not: what breaks when it changes. As
            cg_transitive_dependencies, against the arrows.)",
        .body = transitive_dependents,
    },
    {
        .name = "cg_count_dependencies",
        .arguments = traversal_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            The number of symbols that cg_transitive_dependencies would reach. Costs less than counting its rows.)",
        .body = count_dependencies,
    },
    {
        .name = "cg_count_dependents",
        .arguments = traversal_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            The number of symbols that cg_transitive_dependents would reach. Costs less than counting its rows.)",
        .body = count_dependents,
    },
    {
        .name = "cg_dependency_path",
        .arguments = path_arguments,
        .columns = path_columns,
        .rows = 10,
        .microseconds = 20000,
        .description = R"(
            The shortest path from a source to a target: the one that `via` and `relationship` of
            cg_transitive_dependencies give, followed back from the target. Step 0 is the source; no rows when there
            is no path or the target is unknown. A symbol's first chunk stands for it. Searches from both ends.)",
        .body = dependency_path,
    },
    {
        .name = "cg_cycles",
        .arguments = analysis_arguments,
        .columns = cycle_columns,
        .rows = 100,
        .microseconds = 50000,
        .description = R"(
            What depends on itself: strongly connected components of two or more symbols, and symbols with a
            dependency on themselves. Numbered by their least symbol; by cycle, symbol, reader order.)",
        .body = cycles,
    },
    {
        .name = "cg_importance",
        .arguments = analysis_arguments,
        .columns = importance_columns,
        .rows = 10000,
        .microseconds = 100000,
        .description = R"(
            PageRank over all symbols of the snapshot, highest first, then by symbol, reader order. Damping 0.85;
            each pair of symbols counts as one edge of the relationships given; until the scores change by less than
            1e-9 in sum, or 100 rounds. External symbols take part and are not listed.)",
        .body = importance,
    },
    {
        .name = "cg_unreferenced",
        .arguments = analysis_arguments,
        .columns = chunk_columns,
        .rows = 1000,
        .microseconds = 50000,
        .description = R"(
            The chunks whose symbol nothing but itself depends on, in reader order.)",
        .body = unreferenced,
    },
    {
        .name = "cg_impact",
        .arguments = impact_arguments,
        .columns = reached_columns,
        .rows = 1000,
        .microseconds = 50000,
        .description = R"(
            What the change from one snapshot to another can break: everything in `to_snapshot` that depends,
            directly or not, on a symbol that cg_compare_commits lists. As cg_transitive_dependents, from all of
            these symbols at once; they themselves are left out.)",
        .body = impact,
    },
    {
        .name = "cg_graph_dot",
        .arguments = drawing_arguments,
        .columns = drawing_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            The neighbourhood of a chunk's symbol as a Graphviz drawing: what it reaches along the arrows
            (`direction` `out`), against them (`in`), or both, and all dependencies between these symbols. Where
            max_depth cuts something off, the drawing says how much; NULL means no limit.)",
        .body = graph_dot,
    },
    {
        .name = "cg_graph_mermaid",
        .arguments = drawing_arguments,
        .columns = drawing_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            The same as a Mermaid flowchart.)",
        .body = graph_mermaid,
    },
    {
        .name = "cg_compare_commits",
        .arguments = comparison_arguments,
        .columns = changed_chunk_columns,
        .rows = 100,
        .microseconds = 10000,
        .description = R"(
            The chunks that differ between two snapshots: change is `added`, `deleted`, `modified` (content),
            `moved` (another file) or `relinked` (other dependencies). Chunks pair by (fqn, kind), so lines that
            moved are no change. Costs what differs.)",
        .body = compare_commits,
    },
    {
        .name = "cg_compare_files",
        .arguments = comparison_arguments,
        .columns = compared_file_columns,
        .rows = 100,
        .microseconds = 5000,
        .description = R"(
            The files that differ between two snapshots, `added`, `deleted` or `modified` in anything, by path.
            Costs what differs.)",
        .body = compare_files,
    },
    {
        .name = "cg_chunk_history",
        .arguments = history_arguments,
        .columns = history_columns,
        .rows = 20,
        .microseconds = 5000,
        .description = R"(
            The snapshots in which a chunk was `added`, `modified` (content), `moved` (another file) or `deleted`
            since the snapshot before, by creation; of one branch, or of all snapshots. A chunk id is followed
            itself; of an FQN, its first chunk. Where it was deleted, chunk_id, content_hash and file_path are NULL.
            Costs a look-up in each snapshot whose content differs from the one before.)",
        .body = chunk_history,
    },
    {
        .name = "cg_log",
        .arguments = log_arguments,
        .columns = log_columns,
        .rows = 100,
        .microseconds = 1000,
        .description = R"(
            The revisions of one snapshot (an exact id) or of all: what made each, how many files differ from the
            one before, who, when, and the roots; by creation of the snapshot, revision. Revisions that cg_prune
            forgot and deleted snapshots are absent.)",
        .body = log_entries,
    },
    {
        .name = "cg_export",
        .arguments = repository_arguments,
        .columns = line_column,
        .rows = 10000,
        .microseconds = 1000000,
        .description = R"(
            The whole repository as lines of JSON, for cg_import in any database: what its snapshots and kept
            revisions reach, each thing once. In the same order everywhere. The format is in [export.md](export.md).)",
        .body = export_repository,
    },
    {
        .name = "cg_stats",
        .arguments = optional_repository_arguments,
        .columns = stats_columns,
        .rows = 1,
        .microseconds = 100000,
        .description = R"(
            What is stored, in one repository or in all, shared things counted once. `storage_bytes` adds up the
            stored values, without the database's own overhead and indexes. Reads whole tables.)",
        .body = stats,
    },
    {
        .name = "cg_verify",
        .arguments = optional_repository_arguments,
        .columns = finding_columns,
        .rows = 1,
        .microseconds = 1000000,
        .description = R"(
            Recomputes every hash and looks up every reference of a repository, or of all, and lists what is wrong;
            no rows mean that it is sound. By repo_id, object, problem. Reads everything, each shared thing once;
            [integrity.md](integrity.md) says what is checked.)",
        .body = verify,
    },
    {
        .name = "cg_version",
        .columns = version_column,
        .result = Result::one_value,
        .microseconds = 1,
        .description = R"(
            The version of the extension.)",
        .body = version,
    },
};

}  // namespace

const std::span<const CgFunction> reader_functions = readers;

}  // namespace codegraph
