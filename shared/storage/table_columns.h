// Lists the columns of our tables as statements read them, each table's once for all its statements. There the tables
// have the letters s, l, f and c.
#pragma once

// clang-format off: SQL is laid out by hand

#define CODEGRAPH_SNAPSHOT_COLUMNS                                                                                    \
    "s.snapshot_key, s.snapshot_id, s.commit_hash, s.branch_name, s.base_snapshot_id, s.root, s.revision, s.sealed, " \
    "s.committed_at, s.attrs, s.created_at, s.updated_at"

#define CODEGRAPH_LOG_COLUMNS \
    "l.snapshot_key, l.revision, l.operation, l.file_count, l.actor, l.logged_at, l.root_before, l.root_after"

#define CODEGRAPH_FILE_COLUMNS                                                                              \
    "f.digest, f.file_key, f.path, f.file_hash, f.attrs, f.is_deleted, f.chunk_count, f.dependency_count, " \
    "f.indexed_at"

#define CODEGRAPH_CHUNK_COLUMNS                                                                                     \
    "c.file_key, c.ordinal, c.explicit_id, c.number, c.start_line, c.end_line, c.kind, c.fqn, c.name, c.language, " \
    "c.symbol_visibility, c.content_key, c.summary, c.importance, c.is_deleted, c.attrs, "                          \
    "c.signature, c.own_hash"

#define CODEGRAPH_REPOSITORY_COLUMNS \
    "repo_id, name, remote_url, local_path, default_branch, created_at, updated_at, repo_key, format"

// Leaves a count out that cannot be, so that no sum overflows.
#define CODEGRAPH_IS_COUNT(count) count " BETWEEN 0 AND 1099511627776"
#define CODEGRAPH_SUM(count) \
    "CAST(coalesce(sum(CASE WHEN " CODEGRAPH_IS_COUNT(count) " THEN " count " END), 0) AS bigint)"
