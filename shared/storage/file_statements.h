// Reads and writes file versions and what they are made of. Access paths: the primary keys and the unique indexes on
// digest, name_hash and hash. The parameter rows are the outer side of every join; CROSS JOIN keeps SQLite from turning
// that round.
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// --- file versions
inline constexpr Statement find_files("ib", R"(
    SELECT )" CODEGRAPH_FILE_COLUMNS R"(
    FROM {rows(repo_key, digest)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.digest = r.digest)");
inline constexpr Statement find_files_with_outlines("ib", R"(
    SELECT )" CODEGRAPH_FILE_COLUMNS R"(, f.outline
    FROM {rows(repo_key, digest)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.digest = r.digest)");
// The columns before `sites` are those of find_files_with_outlines.
inline constexpr Statement find_files_with_sites("ib", R"(
    SELECT )" CODEGRAPH_FILE_COLUMNS R"(, f.outline, f.sites
    FROM {rows(repo_key, digest)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.digest = r.digest)");
// Finds outlines with the number of their parameter row, by which the answers are put in order.
inline constexpr Statement find_outlines("ibi", R"(
    SELECT r.number, f.outline, f.is_deleted
    FROM {rows(repo_key, digest, number)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.digest = r.digest)");
// Names no key that it may meet: besides the digest there is file_key, whose sequence may lag. Who inserts looks for
// the digests that were not returned. Tells of each new key whether there are chunks with it. In SQLite, where no key
// is given twice, damage alone brings that about.
inline constexpr Statement insert_files("ibtttiiibib", R"(
    INSERT INTO {files}
    {values(repo_key, digest, path, file_hash, attrs, is_deleted <> 0, chunk_count, dependency_count,
      outline, indexed_at, sites)}
    ON CONFLICT DO NOTHING
    RETURNING digest, file_key, EXISTS (
      SELECT 1
      FROM {chunks} c
      WHERE c.repo_key = codegraph_files.repo_key AND c.file_key = codegraph_files.file_key) AS is_used)");

// --- chunks
inline constexpr Statement find_chunks("ii", R"(
    SELECT )" CODEGRAPH_CHUNK_COLUMNS R"(
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key)");
inline constexpr Statement find_chunks_with_hash("ii", R"(
    SELECT )" CODEGRAPH_CHUNK_COLUMNS R"(, t.hash
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.content_key = c.content_key
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key)");
inline constexpr Statement find_chunks_with_content("ii", R"(
    SELECT )" CODEGRAPH_CHUNK_COLUMNS R"(, t.hash, t.content
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.content_key = c.content_key
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key)");
inline constexpr Statement find_single_chunks("iii", R"(
    SELECT )" CODEGRAPH_CHUNK_COLUMNS R"(
    FROM {rows(repo_key, file_key, ordinal)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND c.ordinal = r.ordinal)");
inline constexpr Statement find_single_chunks_with_hash("iii", R"(
    SELECT )" CODEGRAPH_CHUNK_COLUMNS R"(, t.hash
    FROM {rows(repo_key, file_key, ordinal)} CROSS JOIN {chunks} c
    LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.content_key = c.content_key
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND c.ordinal = r.ordinal)");
inline constexpr Statement find_single_chunks_with_content("iii", R"(
    SELECT )" CODEGRAPH_CHUNK_COLUMNS R"(, t.hash, t.content
    FROM {rows(repo_key, file_key, ordinal)} CROSS JOIN {chunks} c
    LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.content_key = c.content_key
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND c.ordinal = r.ordinal)");
inline constexpr Statement insert_chunks("iiitiiitttttitrittb", R"(
    INSERT INTO {chunks}
    {values(repo_key, file_key, ordinal, explicit_id, number, start_line, end_line, kind, fqn, name,
      language, symbol_visibility, content_key, summary, importance, is_deleted <> 0, attrs,
      signature, own_hash)})");
// Counts the live chunks of each language: enough for a list of files.
inline constexpr Statement count_languages("ii", R"(
    SELECT c.file_key, c.language, count(*) AS chunks
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND NOT c.is_deleted
    GROUP BY c.file_key, c.language)");

// Finds the hashes of contents, chunk by chunk.
inline constexpr Statement find_content_hashes("ii", R"(
    SELECT t.hash
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.content_key = c.content_key
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key)");

// --- contents
inline constexpr Statement find_contents("ib", R"(
    SELECT t.hash, t.content
    FROM {rows(repo_key, hash)} CROSS JOIN {contents} t
    WHERE t.repo_key = r.repo_key AND t.hash = r.hash)");
// Finds which contents are stored.
inline constexpr Statement find_content_keys("ib", R"(
    SELECT t.hash, t.content_key
    FROM {rows(repo_key, hash)} CROSS JOIN {contents} t
    WHERE t.repo_key = r.repo_key AND t.hash = r.hash)");
// Draws $1 keys, in ascending order, and tells whether nobody else can write meanwhile. In SQLite a key is drawn for
// good when a row with it is stored, as AUTOINCREMENT does it.
inline constexpr Statement draw_content_keys("i", R"(
    SELECT pg_catalog.nextval($cg${content_key}$cg$) AS content_key, CAST(0 AS bigint) AS is_alone
    FROM pg_catalog.generate_series(1, $1))",
                                             R"(
    WITH RECURSIVE drawn (content_key) AS (
      SELECT 1 + max(coalesce((SELECT seq FROM main.sqlite_sequence WHERE name = 'codegraph_contents'), 0),
        coalesce((SELECT max(content_key) FROM {contents}), 0))
      UNION ALL
      SELECT content_key + 1 FROM drawn LIMIT $1)
    SELECT content_key, 1 AS is_alone
    FROM drawn)");
// Names no key that it may meet: besides the hash there is content_key, whose sequence may lag.
inline constexpr Statement insert_contents("iibt", R"(
    INSERT INTO {contents}
    {values(repo_key, content_key, hash, content)}
    ON CONFLICT DO NOTHING)");

// --- symbols and definitions
inline constexpr Statement find_symbols("ib", R"(
    SELECT s.name_hash, s.symbol_key
    FROM {rows(repo_key, name_hash)} CROSS JOIN {symbols} s
    WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash)");
// Names no key that it may meet: besides the name there is symbol_key, whose sequence may lag. Who inserts looks for
// the names that were not returned. Returns the keys on PostgreSQL only. On SQLite, which makes a table to give what is
// RETURNING, looking a key up afterwards costs less.
inline constexpr Statement insert_symbols("ibt", R"(
    INSERT INTO {symbols}
    {values(repo_key, name_hash, name)}
    ON CONFLICT DO NOTHING
    RETURNING name_hash, symbol_key)",
                                          R"(
    INSERT INTO {symbols}
    {values(repo_key, name_hash, name)}
    ON CONFLICT DO NOTHING)");
inline constexpr Statement find_names("ii", R"(
    SELECT s.symbol_key, s.name
    FROM {rows(repo_key, symbol_key)} CROSS JOIN {symbols} s
    WHERE s.repo_key = r.repo_key AND s.symbol_key = r.symbol_key)");
// Finds names in ranges of keys, along the primary key: keys that are near each other lie together. `+` keeps SQLite on
// the rowid, which is the key.
inline constexpr Statement find_names_between("iii", R"(
    SELECT s.symbol_key, s.name
    FROM {rows(repo_key, first, last)} CROSS JOIN {symbols} s
    WHERE s.repo_key = r.repo_key AND s.symbol_key BETWEEN r.first AND r.last)",
                                              R"(
    SELECT s.symbol_key, s.name
    FROM {rows(repo_key, first, last)} CROSS JOIN {symbols} s
    WHERE +s.repo_key = r.repo_key AND s.symbol_key BETWEEN r.first AND r.last)");
inline constexpr Statement insert_definitions("iiit", R"(
    INSERT INTO {definitions}
    {values(repo_key, symbol_key, as_id <> 0, path)}
    ON CONFLICT (repo_key, symbol_key, as_id, path) DO NOTHING)");
// Finds which definitions are stored.
inline constexpr Statement find_stored_definitions("iiit", R"(
    SELECT d.symbol_key, d.as_id, d.path
    FROM {rows(repo_key, symbol_key, as_id, path)} CROSS JOIN {definitions} d
    WHERE d.repo_key = r.repo_key AND d.symbol_key = r.symbol_key AND d.as_id = (r.as_id <> 0)
      AND d.path = r.path)");
inline constexpr Statement find_definitions("ib", R"(
    SELECT r.name_hash, d.as_id, d.path
    FROM {rows(repo_key, name_hash)} CROSS JOIN {symbols} s CROSS JOIN {definitions} d
    WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash AND d.repo_key = s.repo_key
      AND d.symbol_key = s.symbol_key)");
inline constexpr Statement find_definitions_as_id("ib", R"(
    SELECT r.name_hash, d.path
    FROM {rows(repo_key, name_hash)} CROSS JOIN {symbols} s CROSS JOIN {definitions} d
    WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash AND d.repo_key = s.repo_key
      AND d.symbol_key = s.symbol_key AND d.as_id)");

inline constexpr Statement find_any_definition_as_id("ib", R"(
    SELECT d.path FROM {symbols} s CROSS JOIN {definitions} d
    WHERE s.repo_key = $1 AND s.name_hash = $2 AND d.repo_key = s.repo_key AND d.symbol_key = s.symbol_key AND d.as_id
    LIMIT 1)");

}  // namespace codegraph::statements
