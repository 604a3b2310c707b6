// The lists of arguments and columns of the functions that read, in the order that SQL callers see. A name of an
// argument or column is written only here: the registry takes the lists from here, and operations find positions in
// them by name. A list that begins like another one extends it, so that code that reads the shorter list reads the
// longer one too.
#pragma once
#include "signatures/common.h"

namespace codegraph {

// --- arguments

inline constexpr auto repository_arguments = argument_list({
    {"repo", Type::text},
});
inline constexpr auto optional_repository_arguments = argument_list({
    {"repo", Type::text, "NULL"},
});
inline constexpr auto snapshot_arguments = repository_arguments.extend({
    {"snapshot", Type::text},  // see "Names of snapshots" in docs/semantics.md
});
inline constexpr auto file_arguments = snapshot_arguments.extend({
    {"file", Type::text},
});
inline constexpr auto line_arguments = file_arguments.extend({
    {"line", Type::bigint},
});
inline constexpr auto changed_files_arguments = snapshot_arguments.extend({
    {"manifest", Type::json},
});
inline constexpr auto chunks_arguments = snapshot_arguments.extend({
    {"include_deleted", Type::boolean, "false"},
});
inline constexpr auto chunk_arguments = snapshot_arguments.extend({
    {"chunk", Type::text},  // a chunk id or an FQN
});
inline constexpr auto kind_arguments = snapshot_arguments.extend({
    {"chunk_kind", Type::text},
});
inline constexpr auto fqn_arguments = argument_list({
    {"symbol", Type::text},
    {"repo", Type::text, "NULL"},
});
inline constexpr auto search_arguments = argument_list({
    {"query", Type::text},
    {"max_results", Type::integer, "50"},
    {"repo", Type::text, "NULL"},
    {"snapshot", Type::text, "NULL"},
});
inline constexpr auto reference_arguments = chunk_arguments.extend({
    {"min_confidence", Type::real, "0"},
});
inline constexpr auto resolve_arguments = snapshot_arguments.extend({
    {"path", Type::text},
});
inline constexpr auto symbol_arguments = snapshot_arguments.extend({
    {"chunk_kind", Type::text, "NULL"},
});
// What limits a traversal, behind what says where it starts.
inline constexpr Argument traversal_limits[] = {
    {"max_depth", Type::integer, "NULL"},
    {"relationships", Type::text, "NULL"},
    {"min_confidence", Type::real, "0"},
};
inline constexpr auto traversal_arguments = chunk_arguments.extend(traversal_limits);
inline constexpr auto path_arguments = snapshot_arguments.extend({
    {"source", Type::text},
    {"target", Type::text},
    {"relationships", Type::text, "NULL"},
});
inline constexpr auto analysis_arguments = snapshot_arguments.extend({
    {"relationships", Type::text, "NULL"},
});
inline constexpr auto drawing_arguments = chunk_arguments.extend({
    {"max_depth", Type::integer, "2"},
    {"direction", Type::text, "'both'"},
});
inline constexpr auto comparison_arguments = repository_arguments.extend({
    {"from_snapshot", Type::text},
    {"to_snapshot", Type::text},
});
inline constexpr auto compared_commits_arguments = comparison_arguments.extend({
    {"min_similarity", Type::real, "0.6"},
});
inline constexpr auto impact_arguments = comparison_arguments.extend(traversal_limits);
inline constexpr auto history_arguments = repository_arguments.extend({
    {"chunk", Type::text},
    {"branch", Type::text, "NULL"},
});
inline constexpr auto log_arguments = repository_arguments.extend({
    {"snapshot", Type::text, "NULL"},
});

// --- columns

inline constexpr auto repository_columns = column_list({
    {"repo_id", Type::text},
    {"name", Type::text},
    {"remote_url", Type::text},
    {"local_path", Type::text},
    {"default_branch", Type::text},
    {"created_at", Type::time},
    {"updated_at", Type::time},
});
inline constexpr auto snapshot_columns = column_list({
    {"snapshot_id", Type::text},
    {"commit_hash", Type::text},
    {"branch_name", Type::text},
    {"base_snapshot_id", Type::text},
    {"root", Type::text},
    {"revision", Type::bigint},
    {"sealed", Type::boolean},
    {"committed_at", Type::time},
    {"attrs", Type::json},
    {"created_at", Type::time},
    {"updated_at", Type::time},
});
inline constexpr auto ref_columns = column_list({
    {"ref", Type::text},
    {"snapshot_id", Type::text},
    {"updated_at", Type::time},
});
inline constexpr auto file_columns = column_list({
    {"file_path", Type::text},
    {"file_hash", Type::text},
    {"language", Type::text},
    {"chunks", Type::bigint},
    {"dependencies", Type::bigint},
    {"attrs", Type::json},
    {"last_indexed_at", Type::time},
});
inline constexpr auto changed_file_columns = column_list({
    {"file_path", Type::text},
    {"status", Type::text},
});
inline constexpr auto chunk_columns = column_list({
    {"chunk_id", Type::text},
    {"file_path", Type::text},
    {"start_line", Type::integer},
    {"end_line", Type::integer},
    {"kind", Type::text},
    {"fqn", Type::text},
    {"name", Type::text},
    {"language", Type::text},
    {"symbol_visibility", Type::text},
    {"signature", Type::text},
    {"content", Type::text},
    {"content_hash", Type::text},
    {"summary", Type::text},
    {"importance", Type::real},
    {"is_deleted", Type::boolean},
    {"attrs", Type::json},
    {"indexed_at", Type::time},
});
// These columns stand in front of those of a chunk where chunks of several snapshots are listed.
inline constexpr auto place_of_chunk_columns = column_list({
    {"repo_id", Type::text},
    {"snapshot_id", Type::text},
});
inline constexpr auto placed_chunk_columns = place_of_chunk_columns.extend(chunk_columns.items);
inline constexpr auto dependency_columns = column_list({
    {"from_chunk_id", Type::text},
    {"from_fqn", Type::text},
    {"to_chunk_id", Type::text},
    {"to_fqn", Type::text},
    {"relationship", Type::text},
    {"confidence", Type::real},
    {"is_external", Type::boolean},
    {"candidates", Type::json},
});
inline constexpr auto reference_columns = column_list({
    {"file_path", Type::text},
    {"line", Type::integer},
    {"column_from", Type::integer},
    {"column_to", Type::integer},
    {"from_chunk_id", Type::text},
    {"from_fqn", Type::text},
    {"relationship", Type::text},
    {"confidence", Type::real},
});
inline constexpr auto alias_columns = column_list({
    {"file_path", Type::text},
    {"fqn", Type::text},
    {"to_fqns", Type::json},
    {"members", Type::boolean},
    {"resolved", Type::text},
});
inline constexpr auto resolved_column = column_list({
    {"fqn", Type::text},
});
inline constexpr auto symbol_columns = column_list({
    {"chunk_id", Type::text},
    {"file_path", Type::text},
    {"start_line", Type::integer},
    {"end_line", Type::integer},
    {"kind", Type::text},
    {"fqn", Type::text},
    {"name", Type::text},
});
inline constexpr auto reached_columns = column_list({
    {"depth", Type::integer},
    {"chunk_id", Type::text},
    {"fqn", Type::text},
    {"kind", Type::text},
    {"file_path", Type::text},
    {"start_line", Type::integer},
    {"end_line", Type::integer},
    {"via", Type::text},
    {"relationship", Type::text},
    {"score", Type::real},
    {"is_external", Type::boolean},
});
inline constexpr auto path_columns = column_list({
    {"step", Type::integer},
    {"chunk_id", Type::text},
    {"fqn", Type::text},
    {"relationship", Type::text},
    {"is_external", Type::boolean},
});
inline constexpr auto cycle_columns = column_list({
    {"cycle", Type::integer},
    {"fqn", Type::text},
    {"chunk_id", Type::text},
    {"file_path", Type::text},
});
inline constexpr auto importance_columns = column_list({
    {"fqn", Type::text},
    {"chunk_id", Type::text},
    {"score", Type::real},
});
inline constexpr auto drawing_column = column_list({
    {"graph", Type::text},
});
inline constexpr auto changed_chunk_columns = column_list({
    {"change", Type::text},
    {"aspects", Type::text},
    {"fqn", Type::text},
    {"old_fqn", Type::text},
    {"kind", Type::text},
    {"old_chunk_id", Type::text},
    {"new_chunk_id", Type::text},
    {"old_file_path", Type::text},
    {"new_file_path", Type::text},
    {"old_content_hash", Type::text},
    {"new_content_hash", Type::text},
    {"similarity", Type::real},
    {"dependencies_added", Type::bigint},
    {"dependencies_removed", Type::bigint},
});
inline constexpr auto changed_dependency_columns = column_list({
    {"change", Type::text},
    {"from_chunk_id", Type::text},
    {"from_fqn", Type::text},
    {"candidates", Type::json},
    {"relationship", Type::text},
    {"old_confidence", Type::real},
    {"new_confidence", Type::real},
});
inline constexpr auto compared_file_columns = column_list({
    {"change", Type::text},
    {"file_path", Type::text},
    {"old_file_hash", Type::text},
    {"new_file_hash", Type::text},
});
inline constexpr auto log_columns = column_list({
    {"snapshot_id", Type::text},
    {"revision", Type::bigint},
    {"operation", Type::text},
    {"file_count", Type::bigint},
    {"actor", Type::text},
    {"logged_at", Type::time},
    {"root_before", Type::text},
    {"root_after", Type::text},
});
inline constexpr auto history_columns = column_list({
    {"snapshot_id", Type::text},
    {"commit_hash", Type::text},
    {"committed_at", Type::time},
    {"change", Type::text},
    {"chunk_id", Type::text},
    {"content_hash", Type::text},
    {"file_path", Type::text},
});
inline constexpr auto status_columns = column_list({
    {"repo_id", Type::text},
    {"format", Type::bigint},
    {"snapshots", Type::bigint},
    {"revisions", Type::bigint},
    {"file_versions", Type::bigint},
    {"contents_not_indexed", Type::bigint},
    {"last_write_at", Type::time},
    {"kept_graphs", Type::bigint},
    {"kept_graph_bytes", Type::bigint},
    {"graph_hits", Type::bigint},
    {"graph_misses", Type::bigint},
    {"graph_images", Type::bigint},
    {"graph_image_bytes", Type::bigint},
    {"graph_image_hits", Type::bigint},
});
inline constexpr auto stats_columns = column_list({
    {"repositories", Type::bigint},
    {"snapshots", Type::bigint},
    {"file_versions", Type::bigint},
    {"chunks", Type::bigint},
    {"dependencies", Type::bigint},
    {"contents", Type::bigint},
    {"storage_bytes", Type::bigint},
});
inline constexpr auto finding_columns = column_list({
    {"repo_id", Type::text},
    {"object", Type::text},
    {"problem", Type::text},
});
inline constexpr auto line_column = column_list({
    {"line", Type::text},
});
inline constexpr auto file_content_column = column_list({
    {"content", Type::text},
});
inline constexpr auto root_column = column_list({
    {"root", Type::text},
});
inline constexpr auto version_column = column_list({
    {"version", Type::text},
});

}  // namespace codegraph
