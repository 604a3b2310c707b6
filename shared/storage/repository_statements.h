// Finds, changes and deletes repositories. Access paths: the unique index on repo_id, and the primary key.
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

inline constexpr Statement find_repository("t", R"(
    SELECT repo_key, format, generation
    FROM {repositories}
    WHERE repo_id = $1)");
inline constexpr Statement find_repository_by_key("i", R"(
    SELECT repo_key, format, generation
    FROM {repositories}
    WHERE repo_key = $1)");
// Makes the next generation, behind the greatest number the first one. A writer whose transaction sees the one before
// then fails with 40001.
inline constexpr Statement update_generation("i", R"(
    UPDATE {repositories}
    SET generation = CASE WHEN generation < 9223372036854775807 THEN generation + 1 ELSE 0 END
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
// The inserts name no key that they may meet: besides the id there is repo_key, whose sequence may lag.
inline constexpr Statement insert_repository("tttttii", R"(
    INSERT INTO {repositories} (repo_id, name, remote_url, local_path, default_branch, format, created_at,
      updated_at)
    VALUES ($1, coalesce($2, $1), $3, $4, coalesce($5, 'main'), $6, $7, $7)
    ON CONFLICT DO NOTHING
    RETURNING repo_key)");
// Inserts the row as an export has it, with the `format` of an import that has not ended.
inline constexpr Statement insert_imported_repository("tttttiii", R"(
    INSERT INTO {repositories} (repo_id, name, remote_url, local_path, default_branch, created_at,
      updated_at, format)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
    RETURNING repo_key)");
inline constexpr Statement find_repository_row("t", R"(
    SELECT )" CODEGRAPH_REPOSITORY_COLUMNS R"(
    FROM {repositories}
    WHERE repo_id = $1)");
inline constexpr Statement update_repository_format("ii", R"(
    UPDATE {repositories}
    SET format = $2
    WHERE repo_key = $1)");
// Changes the row only when a given value differs from the saved one.
#define CODEGRAPH_REPOSITORY_DIFFERS                                             \
    " WHERE repo_id = $1 "                                                       \
    "  AND (coalesce($2, name) <> name "                                         \
    "    OR $3 <> coalesce(remote_url, '') OR ($3 = '' AND remote_url IS NULL) " \
    "    OR $4 <> coalesce(local_path, '') OR ($4 = '' AND local_path IS NULL) " \
    "    OR coalesce($5, default_branch) <> default_branch)"
inline constexpr Statement update_repository("ttttti", R"(
    UPDATE {repositories}
    SET name = coalesce($2, name), remote_url = coalesce($3, remote_url),
      local_path = coalesce($4, local_path), default_branch = coalesce($5, default_branch),
      updated_at = CASE WHEN updated_at > $6 THEN updated_at ELSE $6 END)" CODEGRAPH_REPOSITORY_DIFFERS);
inline constexpr Statement find_repository_that_differs("ttttt", R"(
    SELECT 1
    FROM {repositories})" CODEGRAPH_REPOSITORY_DIFFERS);
#undef CODEGRAPH_REPOSITORY_DIFFERS

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
inline constexpr Statement delete_repository_refs("i", R"(
    DELETE FROM {refs} WHERE repo_key = $1)");
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
