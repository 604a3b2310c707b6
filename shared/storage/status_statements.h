// Reads what cg_status tells of a repository. Access paths: the unique index on repo_id, and the indexes that begin with
// the key of the repository. Counts go over the index entries of one repository.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

inline constexpr Statement list_repository_formats("", R"(
    SELECT repo_key, repo_id, format, updated_at
    FROM {repositories}
    ORDER BY repo_id)");
inline constexpr Statement find_repository_format("t", R"(
    SELECT repo_key, repo_id, format, updated_at
    FROM {repositories}
    WHERE repo_id = $1)");
inline constexpr Statement count_for_status("i", R"(
    SELECT (SELECT count(*) FROM {snapshots} WHERE repo_key = $1) AS snapshots,
      (SELECT max(updated_at) FROM {snapshots} WHERE repo_key = $1) AS last_write_at,
      (SELECT count(*) FROM {log} WHERE repo_key = $1) AS revisions,
      (SELECT count(*) FROM {files} WHERE repo_key = $1) AS file_versions)");

}  // namespace codegraph::statements
