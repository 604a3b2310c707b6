// Reads and writes snapshots and their log. Access paths: the primary keys, the unique index on (repo_key,
// snapshot_id), and the indexes on (repo_key, branch_name) and (repo_key, commit_hash). "Newest" and "by creation" go
// by coalesce(committed_at, created_at), then snapshot_key, which grows.
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

inline constexpr Statement find_snapshot("it", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND snapshot_id = $2)");
inline constexpr Statement count_log_entries("ii", R"(
    SELECT count(*) AS count
    FROM {log}
    WHERE repo_key = $1 AND snapshot_key = $2)");
inline constexpr Statement lock_snapshot("it", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND snapshot_id = $2
    FOR UPDATE)",
                                         R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND snapshot_id = $2)");
inline constexpr Statement find_newest_of_branch("it", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND branch_name = $2
    ORDER BY coalesce(committed_at, created_at) DESC, snapshot_key DESC LIMIT 1)");
inline constexpr Statement find_newest_of_branch_by("iti", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND branch_name = $2 AND coalesce(committed_at, created_at) <= $3
    ORDER BY coalesce(committed_at, created_at) DESC, snapshot_key DESC LIMIT 1)");
inline constexpr Statement find_newest_snapshot("i", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1
    ORDER BY coalesce(committed_at, created_at) DESC, snapshot_key DESC LIMIT 1)");
// Find the snapshots with a commit, and those with a commit from $2 on and before $3: two, to tell one from several.
inline constexpr Statement find_snapshots_of_commit("it", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND commit_hash = $2
    LIMIT 2)");
inline constexpr Statement find_snapshots_of_commits_between("itt", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND commit_hash >= $2 AND commit_hash < $3
    LIMIT 2)");
// Finds whether the repository has a number of snapshots, by going over as many.
inline constexpr Statement find_snapshot_of_number("ii", R"(
    SELECT 1
    FROM {snapshots}
    WHERE repo_key = $1
    LIMIT 1 OFFSET $2 - 1)");
// Goes $3 steps along the recorded bases, one look-up a step.
inline constexpr Statement find_base_of_snapshot("iii", R"(
    WITH RECURSIVE walk (step, snapshot_key, base_snapshot_id) AS (
      SELECT CAST(0 AS bigint), b.snapshot_key, b.base_snapshot_id
      FROM {snapshots} b
      WHERE b.repo_key = $1 AND b.snapshot_key = $2
      UNION ALL
      SELECT w.step + 1, b.snapshot_key, b.base_snapshot_id
      FROM walk w CROSS JOIN {snapshots} b
      WHERE b.repo_key = $1 AND b.snapshot_id = w.base_snapshot_id AND w.step < $3)
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM walk w CROSS JOIN {snapshots} s
    WHERE w.step = $3 AND s.repo_key = $1 AND s.snapshot_key = w.snapshot_key)");
inline constexpr Statement list_snapshots("i", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1
    ORDER BY coalesce(committed_at, created_at), snapshot_key)");
// Lists a page of snapshots in the order in which they were made, along the primary key.
inline constexpr Statement list_snapshots_from("ii", R"(
    SELECT )" CODEGRAPH_SNAPSHOT_COLUMNS R"(
    FROM {snapshots} s
    WHERE repo_key = $1 AND snapshot_key >= $2
    ORDER BY snapshot_key LIMIT 256)");

// Names no key that it may meet: besides the id there is snapshot_key, whose sequence may lag. Tells whether there are
// log rows with the new key. In SQLite, where no key is given twice, damage alone brings that about.
inline constexpr Statement insert_snapshot("ittttbiti", R"(
    INSERT INTO {snapshots} (repo_key, snapshot_id, commit_hash, branch_name, base_snapshot_id, root,
      revision, committed_at, attrs, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $9)
    ON CONFLICT DO NOTHING
    RETURNING snapshot_key, EXISTS (
      SELECT 1
      FROM {log} l
      WHERE l.repo_key = codegraph_snapshots.repo_key AND l.snapshot_key = codegraph_snapshots.snapshot_key) AS is_used)");
inline constexpr Statement update_snapshot("iitttiti", R"(
    UPDATE {snapshots}
    SET commit_hash = $3, branch_name = $4, base_snapshot_id = $5, committed_at = $6, attrs = $7,
      updated_at = $8
    WHERE repo_key = $1 AND snapshot_key = $2)");
inline constexpr Statement update_snapshot_root("iibiti", R"(
    UPDATE {snapshots}
    SET root = $3, revision = $4, base_snapshot_id = $5, updated_at = $6
    WHERE repo_key = $1 AND snapshot_key = $2)");
inline constexpr Statement update_snapshot_as_sealed("iii", R"(
    UPDATE {snapshots}
    SET sealed = true, updated_at = $3
    WHERE repo_key = $1 AND snapshot_key = $2)");

// --- the log
// The actor is the setting or, in PostgreSQL, without one the session user. Set to an empty text is as not set.
#define CODEGRAPH_POSTGRES_ACTOR \
    "coalesce(nullif(pg_catalog.current_setting('codegraph.actor', true), ''), session_user)"
inline constexpr Statement find_actor("", "SELECT " CODEGRAPH_POSTGRES_ACTOR " AS actor",
                                      "SELECT cg_config('actor') AS actor");
inline constexpr Statement insert_log("iiitiibb", R"(
    INSERT INTO {log} (repo_key, snapshot_key, revision, operation, file_count, actor, logged_at,
      root_before, root_after)
    VALUES ($1, $2, $3, $4, $5, )" CODEGRAPH_POSTGRES_ACTOR R"(, $6, $7, $8)
    ON CONFLICT (repo_key, snapshot_key, revision) DO NOTHING)",
                                      R"(
    INSERT INTO {log} (repo_key, snapshot_key, revision, operation, file_count, actor, logged_at,
      root_before, root_after)
    VALUES ($1, $2, $3, $4, $5, cg_config('actor'), $6, $7, $8)
    ON CONFLICT (repo_key, snapshot_key, revision) DO NOTHING)");
#undef CODEGRAPH_POSTGRES_ACTOR
inline constexpr Statement find_log("ii", R"(
    SELECT )" CODEGRAPH_LOG_COLUMNS R"(
    FROM {rows(repo_key, snapshot_key)} CROSS JOIN {log} l
    WHERE l.repo_key = r.repo_key AND l.snapshot_key = r.snapshot_key)");
inline constexpr Statement find_log_entry("iii", R"(
    SELECT )" CODEGRAPH_LOG_COLUMNS R"(
    FROM {log} l
    WHERE repo_key = $1 AND snapshot_key = $2 AND revision = $3)");
inline constexpr Statement find_last_log_entry("ii", R"(
    SELECT )" CODEGRAPH_LOG_COLUMNS R"(
    FROM {log} l
    WHERE repo_key = $1 AND snapshot_key = $2
    ORDER BY revision DESC LIMIT 1)");
inline constexpr Statement find_revision("iii", R"(
    SELECT revision, root_after
    FROM {log}
    WHERE repo_key = $1 AND snapshot_key = $2 AND revision = $3)");
inline constexpr Statement find_first_revision("ii", R"(
    SELECT revision
    FROM {log}
    WHERE repo_key = $1 AND snapshot_key = $2
    ORDER BY revision LIMIT 1)");
// Finds the last revision that was logged by then: times do not descend from one revision to the next.
inline constexpr Statement find_revision_at("iii", R"(
    SELECT revision, root_after
    FROM {log}
    WHERE repo_key = $1 AND snapshot_key = $2 AND logged_at <= $3
    ORDER BY revision DESC LIMIT 1)");
// The revisions that each given limit allows to go. With at least one limit the current revision stays: it is among the
// newest, and nothing has replaced it. The statements go over the log of the repository. No number in a
// damaged row makes the arithmetic overflow.
#define CODEGRAPH_LOG_ENTRIES_TO_FORGET                                                           \
    " WHERE l.repo_key = $1 "                                                                     \
    "  AND ($2 IS NULL OR l.revision <= ( "                                                       \
    "    SELECT CASE WHEN s.revision >= $2 THEN s.revision - $2 ELSE -1 END "                     \
    "    FROM {snapshots} s "                                                                     \
    "    WHERE s.repo_key = l.repo_key AND s.snapshot_key = l.snapshot_key)) "                    \
    "  AND ($3 IS NULL OR EXISTS ( "                                                              \
    "    SELECT 1 "                                                                               \
    "    FROM {log} n "                                                                           \
    "    WHERE n.repo_key = l.repo_key AND n.snapshot_key = l.snapshot_key AND n.logged_at < $3 " \
    "      AND n.revision = CASE WHEN l.revision < 9223372036854775807 THEN l.revision + 1 END))"
inline constexpr Statement count_log_entries_to_forget("iii", R"(
    SELECT count(*) AS count
    FROM {log} l)" CODEGRAPH_LOG_ENTRIES_TO_FORGET);
inline constexpr Statement delete_log_entries("iii", R"(
    DELETE FROM {log} AS l)" CODEGRAPH_LOG_ENTRIES_TO_FORGET);
#undef CODEGRAPH_LOG_ENTRIES_TO_FORGET
inline constexpr Statement delete_snapshot_log("ii", "DELETE FROM {log} WHERE repo_key = $1 AND snapshot_key = $2");
inline constexpr Statement delete_content_root_of_snapshot("ii", R"(
    DELETE FROM {content_roots} WHERE repo_key = $1 AND snapshot_key = $2)");
inline constexpr Statement delete_snapshot_row("ii", R"(
    DELETE FROM {snapshots} WHERE repo_key = $1 AND snapshot_key = $2)");

}  // namespace codegraph::statements
