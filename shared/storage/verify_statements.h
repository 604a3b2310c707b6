// Reads each table for cg_verify, page by page along a unique index: a first page, then what follows the last key of
// the page before, whatever type that key has (SQLite lets a column hold any).
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

inline constexpr Statement list_repositories_to_verify("", R"(
    SELECT repo_key, repo_id, name, remote_url, local_path, default_branch, format, created_at, updated_at
    FROM {repositories}
    ORDER BY repo_id)");
inline constexpr Statement find_repository_to_verify("t", R"(
    SELECT repo_key, repo_id, name, remote_url, local_path, default_branch, format, created_at, updated_at
    FROM {repositories}
    WHERE repo_id = $1)");

// Finds the repository of a snapshot that is known by its key alone. Asks each repository.
inline constexpr Statement find_repository_of_snapshot("i", R"(
    SELECT p.repo_id
    FROM {repositories} p CROSS JOIN {snapshots} s
    WHERE s.repo_key = p.repo_key AND s.snapshot_key = $1
    ORDER BY p.repo_id LIMIT 1)");

inline constexpr Statement list_first_contents("i", R"(
    SELECT hash, content_key, content
    FROM {contents}
    WHERE repo_key = $1
    ORDER BY hash LIMIT 128)");
inline constexpr Statement list_next_contents("ib", R"(
    SELECT hash, content_key, content
    FROM {contents}
    WHERE repo_key = $1 AND hash > $2
    ORDER BY hash LIMIT 128)");

inline constexpr Statement list_first_symbols("i", R"(
    SELECT name_hash, name
    FROM {symbols}
    WHERE repo_key = $1
    ORDER BY name_hash LIMIT 4096)");
inline constexpr Statement list_next_symbols("ib", R"(
    SELECT name_hash, name
    FROM {symbols}
    WHERE repo_key = $1 AND name_hash > $2
    ORDER BY name_hash LIMIT 4096)");

inline constexpr Statement list_first_tree_nodes("i", R"(
    SELECT hash, body
    FROM {tree_nodes}
    WHERE repo_key = $1
    ORDER BY hash LIMIT 512)");
inline constexpr Statement list_next_tree_nodes("ib", R"(
    SELECT hash, body
    FROM {tree_nodes}
    WHERE repo_key = $1 AND hash > $2
    ORDER BY hash LIMIT 512)");

inline constexpr Statement list_first_files("i", R"(
    SELECT )" CODEGRAPH_FILE_COLUMNS R"(, f.outline, f.sites
    FROM {files} f
    WHERE f.repo_key = $1
    ORDER BY f.digest LIMIT 128)");
inline constexpr Statement list_next_files("ib", R"(
    SELECT )" CODEGRAPH_FILE_COLUMNS R"(, f.outline, f.sites
    FROM {files} f
    WHERE f.repo_key = $1 AND f.digest > $2
    ORDER BY f.digest LIMIT 128)");

// Finds which definitions are missing, by their numbers. The count keeps planners from making a join of it.
inline constexpr Statement find_missing_definitions("ibiti", R"(
    SELECT r.number
    FROM {rows(repo_key, name_hash, as_id, path, number)}
    WHERE (
      SELECT count(*)
      FROM {symbols} s CROSS JOIN {definitions} d
      WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash AND d.repo_key = s.repo_key
        AND d.symbol_key = s.symbol_key AND d.as_id = (r.as_id <> 0) AND d.path = r.path) = 0)");

// --- the content index
#define CODEGRAPH_SEGMENT_COLUMNS "segment_key, file_count, last_file_key, head, files"
inline constexpr Statement list_first_content_segments("i", R"(
    SELECT )" CODEGRAPH_SEGMENT_COLUMNS R"(
    FROM {content_segments}
    WHERE repo_key = $1
    ORDER BY segment_key LIMIT 16)");
inline constexpr Statement list_next_content_segments("ii", R"(
    SELECT )" CODEGRAPH_SEGMENT_COLUMNS R"(
    FROM {content_segments}
    WHERE repo_key = $1 AND segment_key > $2
    ORDER BY segment_key LIMIT 16)");
#undef CODEGRAPH_SEGMENT_COLUMNS
inline constexpr Statement list_blocks_after("iii", R"(
    SELECT first_gram, body
    FROM {content_grams}
    WHERE repo_key = $1 AND segment_key = $2 AND first_gram > $3
    ORDER BY first_gram LIMIT 256)");

// --- what belongs to nothing: whole tables of the repository are read
inline constexpr Statement count_block_rows("i", R"(
    SELECT count(*) AS count
    FROM {content_grams}
    WHERE repo_key = $1)");
inline constexpr Statement list_chunk_keys_after("iii", R"(
    SELECT file_key, ordinal
    FROM {chunks}
    WHERE repo_key = $1 AND (file_key, ordinal) > ($2, $3)
    ORDER BY file_key, ordinal LIMIT 8192)");
inline constexpr Statement count_chunk_rows("i", R"(
    SELECT count(*) AS count
    FROM {chunks}
    WHERE repo_key = $1)");
inline constexpr Statement count_log_rows("i", R"(
    SELECT count(*) AS count
    FROM {log}
    WHERE repo_key = $1)");
inline constexpr Statement count_lost_definitions("i", R"(
    SELECT count(*) AS count
    FROM {definitions} d
    WHERE d.repo_key = $1 AND (
      SELECT count(*)
      FROM {symbols} s
      WHERE s.repo_key = d.repo_key AND s.symbol_key = d.symbol_key) = 0)");

// --- the log of one snapshot
inline constexpr Statement list_first_log_rows("ii", R"(
    SELECT )" CODEGRAPH_LOG_COLUMNS R"(
    FROM {log} l
    WHERE l.repo_key = $1 AND l.snapshot_key = $2
    ORDER BY l.revision LIMIT 1024)");
inline constexpr Statement list_next_log_rows("iii", R"(
    SELECT )" CODEGRAPH_LOG_COLUMNS R"(
    FROM {log} l
    WHERE l.repo_key = $1 AND l.snapshot_key = $2 AND l.revision > $3
    ORDER BY l.revision LIMIT 1024)");

}  // namespace codegraph::statements
