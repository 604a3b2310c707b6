// Every function that reads. Readers take a snapshot by its id, or by a branch name for the newest snapshot of that
// branch, either at a moment of its past (`main@{3}`), and work on a read-only database.
#include "operations/readers.h"

#include "registry/registry.h"

namespace codegraph {
namespace {

constexpr const char* null = "NULL";

// A chunk's columns, behind `...` of further ones.
#define CODEGRAPH_CHUNK_COLUMNS                                                                                      \
    {"chunk_id", Type::text}, {"file_path", Type::text}, {"start_line", Type::integer}, {"end_line", Type::integer}, \
        {"kind", Type::text}, {"fqn", Type::text}, {"name", Type::text}, {"language", Type::text},                   \
        {"symbol_visibility", Type::text}, {"content", Type::text}, {"content_hash", Type::text},                    \
        {"summary", Type::text}, {"importance", Type::real}, {"is_deleted", Type::boolean}, {"attrs", Type::json}, { \
        "indexed_at", Type::time                                                                                     \
    }

constexpr Argument repo_arguments[] = {{"repo", Type::text, nullptr}};
constexpr Argument snapshot_arguments[] = {{"repo", Type::text, nullptr}, {"snapshot", Type::text, nullptr}};
constexpr Argument file_arguments[] = {
    {"repo", Type::text, nullptr}, {"snapshot", Type::text, nullptr}, {"file", Type::text, nullptr}};
constexpr Argument chunk_arguments[] = {
    {"repo", Type::text, nullptr}, {"snapshot", Type::text, nullptr}, {"chunk", Type::text, nullptr}};
constexpr Argument changed_files_arguments[] = {
    {"repo", Type::text, nullptr}, {"snapshot", Type::text, nullptr}, {"manifest", Type::json, nullptr}};
constexpr Argument chunks_arguments[] = {
    {"repo", Type::text, nullptr}, {"snapshot", Type::text, nullptr}, {"include_deleted", Type::boolean, "false"}};
constexpr Argument kind_arguments[] = {
    {"repo", Type::text, nullptr}, {"snapshot", Type::text, nullptr}, {"chunk_kind", Type::text, nullptr}};
constexpr Argument fqn_arguments[] = {{"symbol", Type::text, nullptr}, {"repo", Type::text, null}};
constexpr Argument search_arguments[] = {{"query", Type::text, nullptr},
                                         {"max_results", Type::integer, "50"},
                                         {"repo", Type::text, null},
                                         {"snapshot", Type::text, null}};
constexpr Argument stats_arguments[] = {{"repo", Type::text, null}};
constexpr Argument verify_arguments[] = {{"repo", Type::text, null}};
constexpr Argument compare_arguments[] = {
    {"repo", Type::text, nullptr}, {"from_snapshot", Type::text, nullptr}, {"to_snapshot", Type::text, nullptr}};
constexpr Argument traversal_arguments[] = {
    {"repo", Type::text, nullptr},      {"snapshot", Type::text, nullptr},   {"chunk", Type::text, nullptr},
    {"max_depth", Type::integer, null}, {"relationships", Type::text, null}, {"min_confidence", Type::real, "0"},
};

constexpr Argument log_arguments[] = {{"repo", Type::text, nullptr}, {"snapshot", Type::text, null}};
constexpr Argument history_arguments[] = {
    {"repo", Type::text, nullptr}, {"chunk", Type::text, nullptr}, {"branch", Type::text, null}};
constexpr Argument relationships_arguments[] = {
    {"repo", Type::text, nullptr}, {"snapshot", Type::text, nullptr}, {"relationships", Type::text, null}};
constexpr Argument path_arguments[] = {
    {"repo", Type::text, nullptr},   {"snapshot", Type::text, nullptr},   {"source", Type::text, nullptr},
    {"target", Type::text, nullptr}, {"relationships", Type::text, null},
};
constexpr Argument impact_arguments[] = {
    {"repo", Type::text, nullptr},      {"from_snapshot", Type::text, nullptr}, {"to_snapshot", Type::text, nullptr},
    {"max_depth", Type::integer, null}, {"relationships", Type::text, null},    {"min_confidence", Type::real, "0"},
};
constexpr Argument drawing_arguments[] = {
    {"repo", Type::text, nullptr},     {"snapshot", Type::text, nullptr},   {"chunk", Type::text, nullptr},
    {"max_depth", Type::integer, "2"}, {"direction", Type::text, "'both'"},
};

constexpr Column path_columns[] = {
    {"step", Type::integer},      {"chunk_id", Type::text},       {"fqn", Type::text},
    {"relationship", Type::text}, {"is_external", Type::boolean},
};
constexpr Column cycle_columns[] = {
    {"cycle", Type::integer}, {"fqn", Type::text}, {"chunk_id", Type::text}, {"file_path", Type::text}};
constexpr Column importance_columns[] = {{"fqn", Type::text}, {"chunk_id", Type::text}, {"score", Type::real}};
constexpr Column graph_column[] = {{"graph", Type::text}};
constexpr Column repository_columns[] = {
    {"repo_id", Type::text},        {"name", Type::text},       {"remote_url", Type::text}, {"local_path", Type::text},
    {"default_branch", Type::text}, {"created_at", Type::time}, {"updated_at", Type::time},
};
constexpr Column snapshot_columns[] = {
    {"snapshot_id", Type::text},      {"commit_hash", Type::text},  {"branch_name", Type::text},
    {"base_snapshot_id", Type::text}, {"root", Type::text},         {"revision", Type::bigint},
    {"sealed", Type::boolean},        {"committed_at", Type::time}, {"attrs", Type::json},
    {"created_at", Type::time},       {"updated_at", Type::time},
};
constexpr Column file_columns[] = {
    {"file_path", Type::text},       {"file_hash", Type::text},      {"language", Type::text},
    {"chunks", Type::bigint},        {"dependencies", Type::bigint}, {"attrs", Type::json},
    {"last_indexed_at", Type::time},
};
constexpr Column changed_file_columns[] = {{"file_path", Type::text}, {"status", Type::text}};
constexpr Column chunk_columns[] = {CODEGRAPH_CHUNK_COLUMNS};
constexpr Column chunk_of_snapshot_columns[] = {
    {"repo_id", Type::text}, {"snapshot_id", Type::text}, CODEGRAPH_CHUNK_COLUMNS};
constexpr Column dependency_columns[] = {
    {"from_chunk_id", Type::text}, {"from_fqn", Type::text},   {"to_chunk_id", Type::text},    {"to_fqn", Type::text},
    {"relationship", Type::text},  {"confidence", Type::real}, {"is_external", Type::boolean},
};
constexpr Column reached_columns[] = {
    {"depth", Type::integer},     {"chunk_id", Type::text},       {"fqn", Type::text},         {"kind", Type::text},
    {"file_path", Type::text},    {"start_line", Type::integer},  {"end_line", Type::integer}, {"via", Type::text},
    {"relationship", Type::text}, {"is_external", Type::boolean},
};
constexpr Column changed_chunk_columns[] = {
    {"change", Type::text},
    {"fqn", Type::text},
    {"kind", Type::text},
    {"old_chunk_id", Type::text},
    {"new_chunk_id", Type::text},
    {"old_file_path", Type::text},
    {"new_file_path", Type::text},
    {"old_content_hash", Type::text},
    {"new_content_hash", Type::text},
    {"dependencies_added", Type::bigint},
    {"dependencies_removed", Type::bigint},
};
constexpr Column compared_file_columns[] = {
    {"change", Type::text}, {"file_path", Type::text}, {"old_file_hash", Type::text}, {"new_file_hash", Type::text}};
constexpr Column log_columns[] = {
    {"snapshot_id", Type::text}, {"revision", Type::bigint}, {"operation", Type::text},   {"file_count", Type::bigint},
    {"actor", Type::text},       {"logged_at", Type::time},  {"root_before", Type::text}, {"root_after", Type::text},
};
constexpr Column history_columns[] = {
    {"snapshot_id", Type::text}, {"commit_hash", Type::text},  {"committed_at", Type::time}, {"change", Type::text},
    {"chunk_id", Type::text},    {"content_hash", Type::text}, {"file_path", Type::text},
};
constexpr Column stats_columns[] = {
    {"repositories", Type::bigint},  {"snapshots", Type::bigint},    {"file_versions", Type::bigint},
    {"chunks", Type::bigint},        {"dependencies", Type::bigint}, {"contents", Type::bigint},
    {"storage_bytes", Type::bigint},
};
constexpr Column line_column[] = {{"line", Type::text}};
constexpr Column finding_columns[] = {{"repo_id", Type::text}, {"object", Type::text}, {"problem", Type::text}};
constexpr Column file_hash_column[] = {{"file_hash", Type::text}};
constexpr Column count_column[] = {{"count", Type::bigint}};
constexpr Column root_column[] = {{"root", Type::text}};
constexpr Column version_column[] = {{"version", Type::text}};

// Behind the first three a few look-ups; a kind still takes a walk through the snapshot.
constexpr Narrowing chunk_narrowings[] = {
    {"chunk_id", 1, 100}, {"file_path", 20, 100}, {"fqn", 2, 100}, {"kind", 1000, 50000}};
constexpr Narrowing chunk_of_kind_narrowings[] = {{"chunk_id", 1, 100}, {"file_path", 10, 100}, {"fqn", 2, 100}};
constexpr Narrowing file_narrowings[] = {{"file_path", 1, 100}};

constexpr CgFunction readers[] = {
    {"cg_repositories",
     {},
     repository_columns,
     true,
     Effect::reads,
     10,
     50,
     "All repositories, by repo_id.",
     repositories},
    {"cg_snapshots", repo_arguments, snapshot_columns, true, Effect::reads, 100, 200,
     "The snapshots of a repository by creation: by coalesce(committed_at, created_at), then in the order they were "
     "made.",
     snapshots},
    {"cg_files", snapshot_arguments, file_columns, true, Effect::reads, 1000, 10000,
     "The files of a snapshot, by path. `language` is the commonest of the file's chunks, the least on a tie; "
     "soft-deleted files and "
     "chunks are absent.",
     files, file_narrowings},
    {"cg_changed_files", changed_files_arguments, changed_file_columns, true, Effect::reads, 100, 10000,
     "What differs from a manifest, a JSON object path -> file hash: status `added`, `modified` or `deleted`, by path. "
     "Costs one read "
     "of the snapshot's files.",
     changed_files},
    {"cg_chunks", chunks_arguments, chunk_columns, true, Effect::reads, 10000, 100000,
     "The chunks of a snapshot in reader order: file_path, start_line, end_line, name, number, chunk_id.", chunks,
     chunk_narrowings},
    {"cg_chunk", chunk_arguments, chunk_columns, true, Effect::reads, 1, 100,
     "The chunk with this id; else all chunks with this FQN, in reader order.", chunk},
    {"cg_file_chunks", file_arguments, chunk_columns, true, Effect::reads, 20, 100,
     "The chunks of one file, in reader order.", file_chunks},
    {"cg_chunks_by_kind", kind_arguments, chunk_columns, true, Effect::reads, 1000, 50000,
     "The chunks of one kind, in reader order.", chunks_by_kind, chunk_of_kind_narrowings},
    {"cg_chunks_by_fqn", fqn_arguments, chunk_of_snapshot_columns, true, Effect::reads, 10, 500,
     "The chunks with this FQN in every snapshot that has it; by repo_id, creation of the snapshot, reader order.",
     chunks_by_fqn},
    {"cg_search_content", search_arguments, chunk_of_snapshot_columns, true, Effect::reads, 50, 10000,
     "The chunks whose content has the query in it: ASCII letters without regard to case, every other byte as it is; "
     "by "
     "importance, highest first, repo_id, reader order. Of one snapshot; without it, of the newest snapshot of each "
     "repository's default branch, where that has none of the repository's newest. `max_results` NULL means all. A "
     "snapshot needs its repo. Exact whether or not the contents are indexed (cg_index_content).",
     search_content},
    {"cg_file_hash", file_arguments, file_hash_column, false, Effect::reads, 1, 50,
     "The hash of a file; NULL when it has none or is not there.", file_hash},
    {"cg_count_chunks", snapshot_arguments, count_column, false, Effect::reads, 1, 500,
     "The number of chunks of a snapshot.", count_chunks},
    {"cg_snapshot_root", snapshot_arguments, root_column, false, Effect::reads, 1, 20,
     "The root of a snapshot's content: equal roots mean equal content, in any database.", snapshot_root},
    {"cg_dependencies", snapshot_arguments, dependency_columns, true, Effect::reads, 10000, 50000,
     "The dependencies of a snapshot, one row for each as saved; by the chunk they start in, target symbol, "
     "relationship. `to_chunk_id` "
     "is the first chunk that defines the target; `to_fqn` its FQN, or the name as saved when nothing defines it "
     "(is_external).",
     dependencies},
    {"cg_dependencies_from", chunk_arguments, dependency_columns, true, Effect::reads, 10, 500,
     "The dependencies that start in a chunk, given by id, or in all chunks with an FQN; as cg_dependencies.",
     dependencies_from},
    {"cg_dependencies_to", chunk_arguments, dependency_columns, true, Effect::reads, 10, 20000,
     "The dependencies that point at a chunk's symbol; as cg_dependencies.", dependencies_to},
    {"cg_transitive_dependencies", traversal_arguments, reached_columns, true, Effect::reads, 1000, 20000,
     "Everything that a chunk depends on, breadth first: by depth, symbol, reader order. `depth` is the least, `via` "
     "the predecessor one "
     "level up (the least) and `relationship` that edge's (the least). The start is left out. `relationships` as "
     "`'CALLS,EXTENDS'`; "
     "`max_depth` NULL means no limit.",
     transitive_dependencies},
    {"cg_transitive_dependents", traversal_arguments, reached_columns, true, Effect::reads, 1000, 20000,
     "Everything that depends on a chunk, directly or not: what breaks when it changes. As cg_transitive_dependencies, "
     "against the arrows.",
     transitive_dependents},
    {"cg_count_dependencies", traversal_arguments, count_column, false, Effect::reads, 1, 20000,
     "The number of symbols that cg_transitive_dependencies would reach. Costs less than counting its rows.",
     count_dependencies},
    {"cg_count_dependents", traversal_arguments, count_column, false, Effect::reads, 1, 20000,
     "The number of symbols that cg_transitive_dependents would reach. Costs less than counting its rows.",
     count_dependents},
    {"cg_dependency_path", path_arguments, path_columns, true, Effect::reads, 10, 20000,
     "The shortest path from a source to a target: the one that `via` and `relationship` of "
     "cg_transitive_dependencies give, followed back from the target. Step 0 is the source; no rows when there is no "
     "path or the target is unknown. A symbol's first chunk stands for it. Searches from both ends.",
     dependency_path},
    {"cg_cycles", relationships_arguments, cycle_columns, true, Effect::reads, 100, 50000,
     "What depends on itself: strongly connected components of two or more symbols, and symbols with a dependency on "
     "themselves. Numbered by their least symbol; by cycle, symbol, reader order.",
     cycles},
    {"cg_importance", relationships_arguments, importance_columns, true, Effect::reads, 10000, 100000,
     "PageRank over all symbols of the snapshot, highest first, then by symbol, reader order. Damping 0.85; each pair "
     "of symbols counts as one edge of the relationships given; until the scores change by less than 1e-9 in sum, or "
     "100 rounds. External symbols take part and are not listed.",
     importance},
    {"cg_unreferenced", relationships_arguments, chunk_columns, true, Effect::reads, 1000, 50000,
     "The chunks whose symbol nothing but itself depends on, in reader order.", unreferenced},
    {"cg_impact", impact_arguments, reached_columns, true, Effect::reads, 1000, 50000,
     "What the change from one snapshot to another can break: everything in `to_snapshot` that depends, directly or "
     "not, on a symbol that cg_compare_commits lists. As cg_transitive_dependents, from all of these symbols at once; "
     "they themselves are left out.",
     impact},
    {"cg_graph_dot", drawing_arguments, graph_column, false, Effect::reads, 1, 20000,
     "The neighbourhood of a chunk's symbol as a Graphviz drawing: what it reaches along the arrows (`direction` "
     "`out`), against them (`in`), or both, and all dependencies between these symbols. Where max_depth cuts something "
     "off, the drawing says how much; NULL means no limit.",
     graph_dot},
    {"cg_graph_mermaid", drawing_arguments, graph_column, false, Effect::reads, 1, 20000,
     "The same as a Mermaid flowchart.", graph_mermaid},
    {"cg_compare_commits", compare_arguments, changed_chunk_columns, true, Effect::reads, 100, 10000,
     "The chunks that differ between two snapshots: change is `added`, `deleted`, `modified` (content), `moved` "
     "(another file) or "
     "`relinked` (other dependencies). Chunks pair by (fqn, kind), so lines that moved are no change. Costs what "
     "differs.",
     compare_commits},
    {"cg_compare_files", compare_arguments, compared_file_columns, true, Effect::reads, 100, 5000,
     "The files that differ between two snapshots, `added`, `deleted` or `modified` in anything, by path. Costs what "
     "differs.",
     compare_files},
    {"cg_chunk_history", history_arguments, history_columns, true, Effect::reads, 20, 5000,
     "The snapshots in which a chunk was `added`, `modified` (content), `moved` (another file) or `deleted` since the "
     "snapshot before, by creation; of one branch, or of all snapshots. A chunk id is followed itself; of an FQN, its "
     "first chunk. Where it was deleted, chunk_id, content_hash and file_path are NULL. Costs a look-up in each "
     "snapshot whose content differs from the one before.",
     chunk_history},
    {"cg_log", log_arguments, log_columns, true, Effect::reads, 100, 1000,
     "The revisions of one snapshot (an exact id) or of all: what made each, how many files differ from the one "
     "before, "
     "who, when, and the roots; by creation of the snapshot, revision. Revisions that cg_prune forgot and deleted "
     "snapshots are absent.",
     log_entries},
    {"cg_export", repo_arguments, line_column, true, Effect::reads, 10000, 1000000,
     "The whole repository as lines of JSON, for cg_import in any database: what its snapshots and kept revisions "
     "reach, each thing once. In the same order everywhere. The format is in [export.md](export.md).",
     export_repository},
    {"cg_stats", stats_arguments, stats_columns, true, Effect::reads, 1, 100000,
     "What is stored, in one repository or in all, shared things counted once. `storage_bytes` adds up the stored "
     "values, without the "
     "database's own overhead and indexes. Reads whole tables.",
     stats},
    {"cg_verify", verify_arguments, finding_columns, true, Effect::reads, 1, 1000000,
     "Recomputes every hash and looks up every reference of a repository, or of all, and lists what is wrong; no rows "
     "mean that it is sound. By repo_id, object, problem. Reads everything, each shared thing once; "
     "[integrity.md](integrity.md) says what is checked.",
     verify},
    {"cg_version", {}, version_column, false, Effect::reads, 1, 1, "The version of the extension.", version},
};

}  // namespace

const std::span<const CgFunction> reader_functions = readers;

}  // namespace codegraph
