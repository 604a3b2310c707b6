// Reads and writes refs. Access paths: the primary key, and the index on (repo_key, snapshot_key).
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// Finds the snapshot of a ref. Its columns are NULL where it is not there.
inline constexpr Statement find_snapshot_of_ref("it", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {refs} f
    LEFT JOIN {snapshots} s ON s.repo_key = f.repo_key AND s.snapshot_key = f.snapshot_key
    WHERE f.repo_key = $1 AND f.ref = $2)");
// List a page of refs, each with the id of its snapshot, which is NULL where that is not there.
#define CODEGRAPH_REFS                                                                     \
    "SELECT f.ref, f.snapshot_key, f.updated_at, ( "                                       \
    "  SELECT s.snapshot_id "                                                              \
    "  FROM {snapshots} s "                                                                \
    "  WHERE s.repo_key = f.repo_key AND s.snapshot_key = f.snapshot_key) AS snapshot_id " \
    "FROM {refs} f "                                                                       \
    "WHERE f.repo_key = $1 "
inline constexpr Statement find_ref("it", CODEGRAPH_REFS "AND f.ref = $2");
inline constexpr Statement list_first_refs("i", CODEGRAPH_REFS "ORDER BY f.ref LIMIT 1024");
inline constexpr Statement list_next_refs("it", CODEGRAPH_REFS "AND f.ref > $2 ORDER BY f.ref LIMIT 1024");
#undef CODEGRAPH_REFS
inline constexpr Statement list_refs_of_snapshot("ii", R"(
    SELECT ref
    FROM {refs}
    WHERE repo_key = $1 AND snapshot_key = $2
    ORDER BY ref LIMIT 1)");
inline constexpr Statement insert_ref("itii", R"(
    INSERT INTO {refs} (repo_key, ref, snapshot_key, updated_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (repo_key, ref) DO NOTHING)");
inline constexpr Statement insert_or_update_ref("itii", R"(
    INSERT INTO {refs} AS f (repo_key, ref, snapshot_key, updated_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (repo_key, ref) DO UPDATE
    SET snapshot_key = excluded.snapshot_key,
      updated_at = CASE WHEN f.updated_at > excluded.updated_at THEN f.updated_at ELSE excluded.updated_at END)");
inline constexpr Statement delete_ref("it", R"(
    DELETE FROM {refs} WHERE repo_key = $1 AND ref = $2)");
inline constexpr Statement delete_refs_of_snapshot("ii", R"(
    DELETE FROM {refs} WHERE repo_key = $1 AND snapshot_key = $2)");

}  // namespace codegraph::statements
