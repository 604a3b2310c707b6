// The SQL of snapshots and their log. Access paths: the primary keys, the unique index on (repo_key, snapshot_id), and
// the index on (repo_key, branch_name). "Newest" and "by creation" go by coalesce(committed_at, created_at), then
// snapshot_key, which grows.
#pragma once
#include "engine/port.h"

namespace codegraph::statements {

#define CODEGRAPH_SELECT_SNAPSHOT                                                                           \
    "SELECT snapshot_key, snapshot_id, commit_hash, branch_name, base_snapshot_id, root, revision, sealed," \
    " committed_at, attrs, created_at, updated_at FROM {snapshots} "

inline constexpr CgStatement find_snapshot = {
    CODEGRAPH_SELECT_SNAPSHOT "WHERE repo_key = $1 AND snapshot_id = $2",
    nullptr,
    "it",
};
inline constexpr CgStatement lock_snapshot = {
    CODEGRAPH_SELECT_SNAPSHOT "WHERE repo_key = $1 AND snapshot_id = $2 FOR UPDATE",
    CODEGRAPH_SELECT_SNAPSHOT "WHERE repo_key = $1 AND snapshot_id = $2",
    "it",
};
inline constexpr CgStatement newest_of_branch = {
    CODEGRAPH_SELECT_SNAPSHOT
    "WHERE repo_key = $1 AND branch_name = $2 ORDER BY coalesce(committed_at, created_at) DESC, snapshot_key DESC "
    "LIMIT 1",
    nullptr,
    "it",
};
inline constexpr CgStatement newest_of_branch_by = {
    CODEGRAPH_SELECT_SNAPSHOT
    "WHERE repo_key = $1 AND branch_name = $2 AND coalesce(committed_at, created_at) <= $3"
    " ORDER BY coalesce(committed_at, created_at) DESC, snapshot_key DESC LIMIT 1",
    nullptr,
    "iti",
};
inline constexpr CgStatement newest_snapshot = {
    CODEGRAPH_SELECT_SNAPSHOT
    "WHERE repo_key = $1 ORDER BY coalesce(committed_at, created_at) DESC, snapshot_key DESC LIMIT 1",
    nullptr,
    "i",
};
inline constexpr CgStatement list_snapshots = {
    CODEGRAPH_SELECT_SNAPSHOT "WHERE repo_key = $1 ORDER BY coalesce(committed_at, created_at), snapshot_key",
    nullptr,
    "i",
};
// A page of them in the order in which they were made.
inline constexpr CgStatement snapshots_after = {
    CODEGRAPH_SELECT_SNAPSHOT "WHERE repo_key = $1 AND snapshot_key > $2 ORDER BY snapshot_key LIMIT 256",
    nullptr,
    "ii",
};
#undef CODEGRAPH_SELECT_SNAPSHOT

inline constexpr CgStatement insert_snapshot = {
    "INSERT INTO {snapshots} (repo_key, snapshot_id, commit_hash, branch_name, base_snapshot_id, root, revision, "
    "committed_at,"
    " attrs, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $9) ON CONFLICT DO NOTHING "
    "RETURNING snapshot_key",
    nullptr,
    "ittttbiti",
};
inline constexpr CgStatement update_snapshot = {
    "UPDATE {snapshots} SET commit_hash = $3, branch_name = $4, base_snapshot_id = $5, committed_at = $6, attrs = $7, "
    "updated_at = $8"
    " WHERE repo_key = $1 AND snapshot_key = $2",
    nullptr,
    "iitttiti",
};
inline constexpr CgStatement advance_snapshot = {
    "UPDATE {snapshots} SET root = $3, revision = $4, base_snapshot_id = $5, updated_at = $6 WHERE repo_key = $1 AND "
    "snapshot_key = $2",
    nullptr,
    "iibiti",
};
inline constexpr CgStatement seal_snapshot = {
    "UPDATE {snapshots} SET sealed = true, updated_at = $3 WHERE repo_key = $1 AND snapshot_key = $2",
    nullptr,
    "iii",
};

// --- the log
inline constexpr CgStatement insert_log = {
    "INSERT INTO {log} (repo_key, snapshot_key, revision, operation, file_count, actor, logged_at, root_before, "
    "root_after)"
    " VALUES ($1, $2, $3, $4, $5, session_user, $6, $7, $8)",
    "INSERT INTO {log} (repo_key, snapshot_key, revision, operation, file_count, actor, logged_at, root_before, "
    "root_after)"
    " VALUES ($1, $2, $3, $4, $5, cg_config('actor'), $6, $7, $8)",
    "iiitiibb",
};
inline constexpr CgStatement find_log = {
    "SELECT l.snapshot_key, l.revision, l.operation, l.file_count, l.actor, l.logged_at, l.root_before, l.root_after"
    " FROM {rows(repo_key, snapshot_key)} CROSS JOIN {log} l"
    " WHERE l.repo_key = r.repo_key AND l.snapshot_key = r.snapshot_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement find_log_entry = {
    "SELECT snapshot_key, revision, operation, file_count, actor, logged_at, root_before, root_after"
    " FROM {log} WHERE repo_key = $1 AND snapshot_key = $2 AND revision = $3",
    nullptr,
    "iii",
};
inline constexpr CgStatement last_log_entry = {
    "SELECT snapshot_key, revision, operation, file_count, actor, logged_at, root_before, root_after"
    " FROM {log} WHERE repo_key = $1 AND snapshot_key = $2 ORDER BY revision DESC LIMIT 1",
    nullptr,
    "ii",
};
inline constexpr CgStatement find_revision = {
    "SELECT revision, root_after FROM {log} WHERE repo_key = $1 AND snapshot_key = $2 AND revision = $3",
    nullptr,
    "iii",
};
// Times do not descend from one revision to the next.
inline constexpr CgStatement find_revision_at = {
    "SELECT revision, root_after FROM {log} WHERE repo_key = $1 AND snapshot_key = $2 AND logged_at <= $3"
    " ORDER BY revision DESC LIMIT 1",
    nullptr,
    "iii",
};
// Revisions that both limits, where they are given, allow to go. With at least one of them the current revision stays:
// it is among the newest, and nothing has replaced it.
inline constexpr CgStatement prune_log = {
    "DELETE FROM {log} AS l WHERE l.repo_key = $1"
    " AND ($2 IS NULL OR l.revision <= (SELECT s.revision FROM {snapshots} s"
    " WHERE s.repo_key = l.repo_key AND s.snapshot_key = l.snapshot_key) - $2)"
    " AND ($3 IS NULL OR EXISTS (SELECT 1 FROM {log} n WHERE n.repo_key = l.repo_key"
    " AND n.snapshot_key = l.snapshot_key AND n.revision = l.revision + 1 AND n.logged_at < $3))",
    nullptr,
    "iii",
};
inline constexpr CgStatement delete_snapshot_log = {"DELETE FROM {log} WHERE repo_key = $1 AND snapshot_key = $2",
                                                    nullptr, "ii"};
inline constexpr CgStatement delete_snapshot_row = {"DELETE FROM {snapshots} WHERE repo_key = $1 AND snapshot_key = $2",
                                                    nullptr, "ii"};

}  // namespace codegraph::statements
