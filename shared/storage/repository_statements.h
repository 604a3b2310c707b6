// The SQL of repositories. Access path: the unique index on repo_id, or the primary key.
#pragma once
#include "engine/port.h"

namespace codegraph::statements {

inline constexpr CgStatement find_repository = {
    "SELECT repo_key, format FROM {repositories} WHERE repo_id = $1",
    nullptr,
    "t",
};
// The row is locked against what needs the repository for itself. The writers' lock, which only writers share, until
// their transactions end, tells one of them that it is the only one: locking the row for that, and undoing it, would
// leave a mark there that makes other writers queue behind whoever waits for the row.
#define CODEGRAPH_WRITERS_LOCK "CAST(tableoid AS integer), CAST(repo_key % 2147483647 AS integer)"
inline constexpr CgStatement share_repository = {
    "SELECT repo_key, format, CAST(pg_advisory_xact_lock_shared(" CODEGRAPH_WRITERS_LOCK
    ") AS text) FROM {repositories} WHERE repo_id = $1 FOR KEY SHARE",
    "SELECT repo_key, format FROM {repositories} WHERE repo_id = $1",
    "t",
};
inline constexpr CgStatement lock_repository = {
    "SELECT repo_key, format FROM {repositories} WHERE repo_id = $1 FOR UPDATE",
    "SELECT repo_key, format FROM {repositories} WHERE repo_id = $1",
    "t",
};
// Takes the writers' lock for itself and gives it back at once, in one expression, so that no error comes in between.
// Our own share of it is no hindrance.
inline constexpr CgStatement find_repository_without_other_writers = {
    "SELECT 1 FROM {repositories} WHERE repo_key = $1"
    " AND CASE WHEN pg_try_advisory_lock(" CODEGRAPH_WRITERS_LOCK ") THEN pg_advisory_unlock(" CODEGRAPH_WRITERS_LOCK
    ") ELSE false END",
    "SELECT 1 FROM {repositories} WHERE repo_key = $1",
    "i",
};
#undef CODEGRAPH_WRITERS_LOCK
// Behind the lock, the key-share lock of a writer whose transaction sees an older row fails with 40001.
inline constexpr CgStatement next_generation = {
    "UPDATE {repositories} SET generation = generation + 1 WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement list_repositories = {
    "SELECT repo_id, name, remote_url, local_path, default_branch, created_at, updated_at, repo_key, format"
    " FROM {repositories} WHERE format > 0 ORDER BY repo_id",  // 0: its import has not ended
    nullptr,
    "",
};
inline constexpr CgStatement find_default_branch = {
    "SELECT default_branch FROM {repositories} WHERE repo_key = $1",
    nullptr,
    "i",
};
inline constexpr CgStatement insert_repository = {
    "INSERT INTO {repositories} (repo_id, name, remote_url, local_path, default_branch, format, created_at, updated_at)"
    " VALUES ($1, coalesce($2, $1), $3, $4, coalesce($5, 'main'), $6, $7, $7) ON CONFLICT DO NOTHING",
    nullptr,
    "tttttii",
};
// The row as an export has it; `format` is that of an import that has not ended.
inline constexpr CgStatement import_repository = {
    "INSERT INTO {repositories} (repo_id, name, remote_url, local_path, default_branch, created_at, updated_at, format)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    nullptr,
    "tttttiii",
};
inline constexpr CgStatement read_repository = {
    "SELECT name, remote_url, local_path, default_branch, created_at, updated_at, format FROM {repositories}"
    " WHERE repo_id = $1",
    nullptr,
    "t",
};
inline constexpr CgStatement set_repository_format = {"UPDATE {repositories} SET format = $2 WHERE repo_key = $1",
                                                      nullptr, "ii"};
// Changes the row only when a given value differs from the saved one.
inline constexpr CgStatement update_repository = {
    "UPDATE {repositories} SET name = coalesce($2, name), remote_url = coalesce($3, remote_url),"
    " local_path = coalesce($4, local_path), default_branch = coalesce($5, default_branch),"
    " updated_at = CASE WHEN updated_at > $6 THEN updated_at ELSE $6 END"
    " WHERE repo_id = $1 AND (coalesce($2, name) <> name"
    " OR $3 <> coalesce(remote_url, '') OR ($3 = '' AND remote_url IS NULL)"
    " OR $4 <> coalesce(local_path, '') OR ($4 = '' AND local_path IS NULL)"
    " OR coalesce($5, default_branch) <> default_branch)",
    nullptr,
    "ttttti",
};

// Deleting a repository. Every table has the repository's key first in an index.
inline constexpr CgStatement delete_repository_contents = {"DELETE FROM {contents} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement delete_repository_content_grams = {"DELETE FROM {content_grams} WHERE repo_key = $1",
                                                                nullptr, "i"};
inline constexpr CgStatement delete_repository_content_segments = {"DELETE FROM {content_segments} WHERE repo_key = $1",
                                                                   nullptr, "i"};
inline constexpr CgStatement delete_repository_definitions = {"DELETE FROM {definitions} WHERE repo_key = $1", nullptr,
                                                              "i"};
inline constexpr CgStatement delete_repository_symbols = {"DELETE FROM {symbols} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement delete_repository_chunks = {"DELETE FROM {chunks} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement delete_repository_files = {"DELETE FROM {files} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement delete_repository_nodes = {"DELETE FROM {tree_nodes} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement delete_repository_log = {"DELETE FROM {log} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement delete_repository_snapshots = {"DELETE FROM {snapshots} WHERE repo_key = $1", nullptr,
                                                            "i"};
inline constexpr CgStatement delete_repository_row = {"DELETE FROM {repositories} WHERE repo_key = $1", nullptr, "i"};

// What a transaction that started earlier could still see must not be collected: see docs/storage.md on locking.
inline constexpr CgStatement isolation_level = {
    "SELECT pg_catalog.current_setting('transaction_isolation')",
    "SELECT 'read committed'",
    "",
};

}  // namespace codegraph::statements
