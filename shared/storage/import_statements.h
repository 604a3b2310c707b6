// Inserts rows as an export has them, and checks and counts what an import has made when it ends. Access paths: the
// primary keys and the unique indexes.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// As insert_snapshot, of which storage/snapshot_statements.h tells.
inline constexpr Statement insert_imported_snapshot("ittttbiiitii", R"(
    INSERT INTO {snapshots} (repo_key, snapshot_id, commit_hash, branch_name, base_snapshot_id, root,
      revision, sealed, committed_at, attrs, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8 <> 0, $9, $10, $11, $12)
    ON CONFLICT DO NOTHING
    RETURNING snapshot_key, EXISTS (
      SELECT 1
      FROM {log} l
      WHERE l.repo_key = codegraph_snapshots.repo_key AND l.snapshot_key = codegraph_snapshots.snapshot_key) AS is_used)");
inline constexpr Statement insert_imported_revision("iiititibb", R"(
    INSERT INTO {log} (repo_key, snapshot_key, revision, operation, file_count, actor, logged_at,
      root_before, root_after)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (repo_key, snapshot_key, revision) DO NOTHING)");
// Finds the first snapshot whose current revision is not in the log. Goes over all snapshots of the repository.
inline constexpr Statement find_unlogged_snapshot("i", R"(
    SELECT s.snapshot_id
    FROM {snapshots} s
    WHERE s.repo_key = $1
      AND NOT EXISTS (
        SELECT 1
        FROM {log} l
        WHERE l.repo_key = s.repo_key AND l.snapshot_key = s.snapshot_key AND l.revision = s.revision)
    ORDER BY s.snapshot_id LIMIT 1)");
// Counts the rows of whole tables of the repository.
inline constexpr Statement count_imported("i", R"(
    SELECT (SELECT count(*) FROM {contents} WHERE repo_key = $1) AS contents,
      (SELECT count(*) FROM {files} WHERE repo_key = $1) AS files,
      (SELECT count(*) FROM {tree_nodes} WHERE repo_key = $1) AS tree_nodes,
      (SELECT count(*) FROM {snapshots} WHERE repo_key = $1) AS snapshots,
      (SELECT count(*) FROM {log} WHERE repo_key = $1) AS revisions,
      (SELECT count(*) FROM {refs} WHERE repo_key = $1) AS refs)");

}  // namespace codegraph::statements
