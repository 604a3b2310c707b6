// Lists every table of a repository in pages by its key, and deletes rows by key, to collect garbage. Access paths: the
// primary keys and the unique indexes on hash, digest and file key.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// Lists the roots of all snapshots and of all revisions in the log.
inline constexpr Statement list_live_roots("i", R"(
    SELECT root
    FROM {snapshots}
    WHERE repo_key = $1
    UNION
    SELECT root_after
    FROM {log}
    WHERE repo_key = $1)");

inline constexpr Statement list_tree_nodes_after("ib", R"(
    SELECT hash
    FROM {tree_nodes}
    WHERE repo_key = $1 AND hash > $2
    ORDER BY hash LIMIT 8192)");
inline constexpr Statement delete_nodes("ib", R"(
    DELETE FROM {tree_nodes}
    WHERE (repo_key, hash) IN (
      SELECT r.repo_key, r.hash
      FROM {rows(repo_key, hash)}))",
                                        R"(
    DELETE FROM {tree_nodes} WHERE repo_key = $1 AND hash = $2)");

inline constexpr Statement list_file_versions_after("ib", R"(
    SELECT digest, file_key
    FROM {files}
    WHERE repo_key = $1 AND digest > $2
    ORDER BY digest LIMIT 8192)");
inline constexpr Statement delete_files("ii", R"(
    DELETE FROM {files}
    WHERE (repo_key, file_key) IN (
      SELECT r.repo_key, r.file_key
      FROM {rows(repo_key, file_key)}))",
                                        R"(
    DELETE FROM {files} WHERE repo_key = $1 AND file_key = $2)");
inline constexpr Statement delete_chunks("ii", R"(
    DELETE FROM {chunks}
    WHERE (repo_key, file_key) IN (
      SELECT r.repo_key, r.file_key
      FROM {rows(repo_key, file_key)}))",
                                         R"(
    DELETE FROM {chunks} WHERE repo_key = $1 AND file_key = $2)");

// Finds the chunks of file versions.
inline constexpr Statement find_stored_chunks("ii", R"(
    SELECT c.ordinal
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key)");

inline constexpr Statement list_chunk_contents_after("iii", R"(
    SELECT file_key, ordinal, content_key
    FROM {chunks}
    WHERE repo_key = $1 AND (file_key, ordinal) > ($2, $3)
    ORDER BY file_key, ordinal LIMIT 8192)");
// PostgreSQL goes by key ($2), along the primary key. SQLite goes by hash ($3): there the keys of all repositories lie
// in one order, and the index on hashes has the keys, too.
inline constexpr Statement list_contents_after("iib", R"(
    SELECT content_key AS page_key, CAST('' AS bytea) AS hash, content_key
    FROM {contents}
    WHERE repo_key = $1 AND content_key > $2
    ORDER BY content_key LIMIT 8192)",
                                               R"(
    SELECT 0 AS page_key, hash, content_key
    FROM {contents}
    WHERE repo_key = $1 AND hash > $3
    ORDER BY hash LIMIT 8192)");
inline constexpr Statement delete_contents("ii", R"(
    DELETE FROM {contents}
    WHERE (repo_key, content_key) IN (
      SELECT r.repo_key, r.content_key
      FROM {rows(repo_key, content_key)}))",
                                           R"(
    DELETE FROM {contents} WHERE repo_key = $1 AND content_key = $2)");

inline constexpr Statement list_outlines_after("ii", R"(
    SELECT file_key, path, outline, digest
    FROM {files}
    WHERE repo_key = $1 AND file_key > $2
    ORDER BY file_key LIMIT 512)");

// Lists definitions; that of an explicit chunk id comes with the id itself.
inline constexpr Statement list_definitions_after("iiit", R"(
    SELECT d.symbol_key, d.as_id, d.path, CASE WHEN d.as_id THEN s.name END AS id
    FROM (
      SELECT repo_key, symbol_key, as_id, path
      FROM {definitions}
      WHERE repo_key = $1 AND (symbol_key, as_id, path) > ($2, $3 <> 0, $4)
      ORDER BY symbol_key, as_id, path LIMIT 8192) d
    LEFT JOIN {symbols} s ON s.repo_key = d.repo_key AND s.symbol_key = d.symbol_key
    ORDER BY d.symbol_key, d.as_id, d.path)");
inline constexpr Statement delete_definitions("iiit", R"(
    DELETE FROM {definitions}
    WHERE (repo_key, symbol_key, as_id, path) IN (
      SELECT r.repo_key, r.symbol_key, r.as_id <> 0, r.path
      FROM {rows(repo_key, symbol_key, as_id, path)}))",
                                              R"(
    DELETE FROM {definitions}
    WHERE repo_key = $1 AND symbol_key = $2 AND as_id = $3 AND path = $4)");

// By hash: in SQLite the keys of all repositories lie in one order, the hashes of each in one of their own.
inline constexpr Statement list_symbols_after("ib", R"(
    SELECT symbol_key, name_hash
    FROM {symbols}
    WHERE repo_key = $1 AND name_hash > $2
    ORDER BY name_hash LIMIT 8192)");
inline constexpr Statement delete_symbols("ii", R"(
    DELETE FROM {symbols}
    WHERE (repo_key, symbol_key) IN (
      SELECT r.repo_key, r.symbol_key
      FROM {rows(repo_key, symbol_key)}))",
                                          R"(
    DELETE FROM {symbols} WHERE repo_key = $1 AND symbol_key = $2)");

}  // namespace codegraph::statements
