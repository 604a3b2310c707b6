// The lists of arguments and columns of the functions that write; see readers.h.
#pragma once
#include "signatures/common.h"

namespace codegraph {

// --- arguments

inline constexpr auto saved_repository_arguments = argument_list({
    {"repo_id", Type::text},
    {"name", Type::text, "NULL"},
    {"remote_url", Type::text, "NULL"},
    {"local_path", Type::text, "NULL"},
    {"default_branch", Type::text, "NULL"},
});
inline constexpr auto written_repository_arguments = argument_list({
    {"repo_id", Type::text},
});
inline constexpr auto optional_written_repository_arguments = argument_list({
    {"repo_id", Type::text, "NULL"},
});
inline constexpr auto written_snapshot_arguments = written_repository_arguments.extend({
    {"snapshot_id", Type::text},  // an id, never a branch
});
inline constexpr auto created_snapshot_arguments = written_snapshot_arguments.extend({
    {"commit_hash", Type::text, "NULL"},
    {"branch_name", Type::text, "NULL"},
    {"base_snapshot_id", Type::text, "NULL"},
    {"committed_at", Type::time, "NULL"},
    {"attrs", Type::json, "NULL"},
});
inline constexpr auto ref_arguments = written_repository_arguments.extend({
    {"ref", Type::text},
    {"snapshot_id", Type::text, "NULL"},
});
inline constexpr auto rollback_arguments = written_snapshot_arguments.extend({
    {"revision", Type::bigint},
});
inline constexpr auto prune_arguments = written_repository_arguments.extend({
    {"keep_revisions", Type::bigint, "NULL"},
    {"older_than", Type::time, "NULL"},
});
inline constexpr auto saved_chunk_arguments = written_snapshot_arguments.extend({
    {"chunk", Type::json},
});
inline constexpr auto saved_chunks_arguments = written_snapshot_arguments.extend({
    {"chunks", Type::json},
});
inline constexpr auto saved_dependency_arguments = written_snapshot_arguments.extend({
    {"dependency", Type::json},
});
inline constexpr auto saved_dependencies_arguments = written_snapshot_arguments.extend({
    {"dependencies", Type::json},
});
inline constexpr auto written_file_arguments = written_snapshot_arguments.extend({
    {"file_path", Type::text},
});
inline constexpr auto file_metadata_arguments = written_file_arguments.extend({
    {"file_hash", Type::text},
});
inline constexpr auto replacement_arguments = written_repository_arguments.extend({
    {"base_snapshot_id", Type::text},
    {"new_snapshot_id", Type::text},
});
inline constexpr auto replaced_file_arguments = replacement_arguments.extend({
    {"file_path", Type::text},
    {"chunks", Type::json},
    {"dependencies", Type::json, "'[]'"},
    {"file_hash", Type::text, "NULL"},
    {"attrs", Type::json, "NULL"},
    {"aliases", Type::json, "'[]'"},
});
inline constexpr auto replaced_files_arguments = replacement_arguments.extend({
    {"files", Type::json},
});
inline constexpr auto incremental_arguments = replacement_arguments.extend({
    {"changed_files", Type::json},
    {"analyzer", Type::text},
});
inline constexpr auto indexed_content_arguments = optional_written_repository_arguments.extend({
    {"rebuild", Type::boolean, "false"},
});
inline constexpr auto import_arguments = argument_list({
    {"line", Type::text},
});
inline constexpr auto setting_arguments = argument_list({
    {"name", Type::text},
    {"value", Type::text, "NULL"},
});

// --- columns

inline constexpr auto repository_id_column = column_list({
    {"repo_id", Type::text},
});
inline constexpr auto snapshot_id_column = column_list({
    {"snapshot_id", Type::text},
});
inline constexpr auto chunk_id_column = column_list({
    {"chunk_id", Type::text},
});
inline constexpr auto revision_column = column_list({
    {"revision", Type::bigint},
});
inline constexpr auto counts_column = column_list({
    {"counts", Type::json},
});
inline constexpr auto value_column = column_list({
    {"value", Type::text},
});

}  // namespace codegraph
