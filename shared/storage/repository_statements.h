// Finds, locks, changes and deletes repositories. Access paths: the unique index on repo_id, and the primary key.
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

inline constexpr Statement find_repository("t", R"(
    SELECT repo_key, format
    FROM {repositories}
    WHERE repo_id = $1)");
// Locks the row against who needs the repository for himself, and takes a share of the writers' lock until the
// transaction ends. The writers' lock tells a writer that it is the only one. Locking the row for that, and undoing it,
// would leave a mark there that makes other writers queue behind whoever waits for the row.
#define CODEGRAPH_WRITERS_LOCK "CAST(tableoid AS integer), CAST(repo_key % 2147483647 AS integer)"
inline constexpr Statement lock_repository_shared("t", R"(
    SELECT repo_key, format,
      CAST(pg_advisory_xact_lock_shared()" CODEGRAPH_WRITERS_LOCK R"() AS text) AS locked
    FROM {repositories}
    WHERE repo_id = $1
    FOR KEY SHARE)",
                                                  R"(
    SELECT repo_key, format
    FROM {repositories}
    WHERE repo_id = $1)");
inline constexpr Statement lock_repository("t", R"(
    SELECT repo_key, format
    FROM {repositories}
    WHERE repo_id = $1
    FOR UPDATE)",
                                           R"(
    SELECT repo_key, format
    FROM {repositories}
    WHERE repo_id = $1)");
// Finds the row when no other transaction has a share of the writers' lock. Takes that lock for itself and gives it
// back at once, in one expression, so that no error comes in between. The caller's own share is no hindrance.
inline constexpr Statement find_repository_without_other_writers("i", R"(
    SELECT 1
    FROM {repositories}
    WHERE repo_key = $1
      AND CASE WHEN pg_try_advisory_lock()" CODEGRAPH_WRITERS_LOCK R"()
        THEN pg_advisory_unlock()" CODEGRAPH_WRITERS_LOCK R"() ELSE false END)",
                                                                 R"(
    SELECT 1
    FROM {repositories}
    WHERE repo_key = $1)");
#undef CODEGRAPH_WRITERS_LOCK
// Makes the next generation. A writer whose transaction sees the row before then fails with 40001 when it locks the
// row.
inline constexpr Statement update_generation("i", R"(
    UPDATE {repositories}
    SET generation = generation + 1
    WHERE repo_key = $1)");
// Lists the repositories whose import has ended: a format of 0 means that it has not. Goes over the whole table.
inline constexpr Statement list_repositories("", R"(
    SELECT )" CODEGRAPH_REPOSITORY_COLUMNS R"(
    FROM {repositories}
    WHERE format > 0
    ORDER BY repo_id)");
inline constexpr Statement find_default_branch("i", R"(
    SELECT default_branch
    FROM {repositories}
    WHERE repo_key = $1)");
inline constexpr Statement insert_repository("tttttii", R"(
    INSERT INTO {repositories} (repo_id, name, remote_url, local_path, default_branch, format, created_at,
      updated_at)
    VALUES ($1, coalesce($2, $1), $3, $4, coalesce($5, 'main'), $6, $7, $7)
    ON CONFLICT DO NOTHING)");
// Inserts the row as an export has it, with the `format` of an import that has not ended.
inline constexpr Statement insert_imported_repository("tttttiii", R"(
    INSERT INTO {repositories} (repo_id, name, remote_url, local_path, default_branch, created_at,
      updated_at, format)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING)");
inline constexpr Statement find_repository_row("t", R"(
    SELECT )" CODEGRAPH_REPOSITORY_COLUMNS R"(
    FROM {repositories}
    WHERE repo_id = $1)");
inline constexpr Statement update_repository_format("ii", R"(
    UPDATE {repositories}
    SET format = $2
    WHERE repo_key = $1)");
// Changes the row only when a given value differs from the saved one.
inline constexpr Statement update_repository("ttttti", R"(
    UPDATE {repositories}
    SET name = coalesce($2, name), remote_url = coalesce($3, remote_url),
      local_path = coalesce($4, local_path), default_branch = coalesce($5, default_branch),
      updated_at = CASE WHEN updated_at > $6 THEN updated_at ELSE $6 END
    WHERE repo_id = $1
      AND (coalesce($2, name) <> name
        OR $3 <> coalesce(remote_url, '') OR ($3 = '' AND remote_url IS NULL)
        OR $4 <> coalesce(local_path, '') OR ($4 = '' AND local_path IS NULL)
        OR coalesce($5, default_branch) <> default_branch))");

// --- deleting a repository: every table has the repository's key first in an index
inline constexpr Statement delete_repository_contents("i", R"(
    DELETE FROM {contents} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_definitions("i", R"(
    DELETE FROM {definitions} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_symbols("i", R"(
    DELETE FROM {symbols} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_chunks("i", R"(
    DELETE FROM {chunks} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_files("i", R"(
    DELETE FROM {files} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_nodes("i", R"(
    DELETE FROM {tree_nodes} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_log("i", R"(
    DELETE FROM {log} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_snapshots("i", R"(
    DELETE FROM {snapshots} WHERE repo_key = $1)");
inline constexpr Statement delete_repository_row("i", R"(
    DELETE FROM {repositories} WHERE repo_key = $1)");

// Finds the isolation level, because what a transaction that started earlier could still see must not be collected:
// docs/storage.md has more on locking.
inline constexpr Statement find_isolation_level("", R"(
    SELECT pg_catalog.current_setting('transaction_isolation') AS level)",
                                                R"(
    SELECT 'read committed' AS level)");

}  // namespace codegraph::statements
