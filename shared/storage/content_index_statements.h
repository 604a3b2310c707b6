// Reads and writes the content index, and reads what a search needs. Access paths: the primary keys; for files and
// contents also the unique indexes. The parameter rows are the outer side of every join; CROSS JOIN keeps SQLite from
// turning that round.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// --- segments
inline constexpr Statement list_content_segments("i", R"(
    SELECT segment_key, file_count
    FROM {content_segments}
    WHERE repo_key = $1
    ORDER BY segment_key)");
inline constexpr Statement find_content_segments("ii", R"(
    SELECT s.segment_key, s.files
    FROM {rows(repo_key, segment_key)} CROSS JOIN {content_segments} s
    WHERE s.repo_key = r.repo_key AND s.segment_key = r.segment_key)");
inline constexpr Statement insert_content_segment("iiib", R"(
    INSERT INTO {content_segments} (repo_key, segment_key, file_count, files)
    VALUES ($1, $2, $3, $4))");
inline constexpr Statement delete_content_segment("ii", R"(
    DELETE FROM {content_segments} WHERE repo_key = $1 AND segment_key = $2)");

// --- blocks
// Finds for each gram the block that has it if any has: the last one that begins at or before it.
inline constexpr Statement find_content_grams("iii", R"(
    SELECT r.segment_key, r.gram, g.first_gram, g.body
    FROM {rows(repo_key, segment_key, gram)} CROSS JOIN {content_grams} g
    WHERE g.repo_key = r.repo_key AND g.segment_key = r.segment_key
      AND g.first_gram = (
        SELECT max(b.first_gram)
        FROM {content_grams} b
        WHERE b.repo_key = r.repo_key AND b.segment_key = r.segment_key AND b.first_gram <= r.gram))");
// Finds for each range the blocks that may have one of its grams: those that begin in it, and the last one that begins
// at or before it.
inline constexpr Statement find_content_grams_between("iiii", R"(
    SELECT r.segment_key, g.first_gram, g.body
    FROM {rows(repo_key, segment_key, first, last)} CROSS JOIN {content_grams} g
    WHERE g.repo_key = r.repo_key AND g.segment_key = r.segment_key AND g.first_gram <= r.last
      AND g.first_gram >= coalesce((
        SELECT max(b.first_gram)
        FROM {content_grams} b
        WHERE b.repo_key = r.repo_key AND b.segment_key = r.segment_key AND b.first_gram <= r.first), 0))");
inline constexpr Statement insert_content_grams("iiib", R"(
    INSERT INTO {content_grams}
    {values(repo_key, segment_key, first_gram, body)})");
inline constexpr Statement delete_content_grams("ii", R"(
    DELETE FROM {content_grams} WHERE repo_key = $1 AND segment_key = $2)");

// --- file versions to search
#define CODEGRAPH_SEARCHED_FILE_COLUMNS "f.file_key, f.digest, f.path, f.chunk_count"
inline constexpr Statement find_searched_files("ib", R"(
    SELECT )" CODEGRAPH_SEARCHED_FILE_COLUMNS R"(
    FROM {rows(repo_key, digest)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.digest = r.digest)");
inline constexpr Statement find_searched_files_by_key("ii", R"(
    SELECT )" CODEGRAPH_SEARCHED_FILE_COLUMNS R"(
    FROM {rows(repo_key, file_key)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.file_key = r.file_key)");
// Finds which of the keys are those of file versions.
inline constexpr Statement find_file_keys("ii", R"(
    SELECT f.file_key
    FROM {rows(repo_key, file_key)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.file_key = r.file_key)");
inline constexpr Statement list_files_after("iii", R"(
    SELECT )" CODEGRAPH_SEARCHED_FILE_COLUMNS R"(
    FROM {files} f
    WHERE f.repo_key = $1 AND f.file_key > $2
    ORDER BY f.file_key LIMIT $3)");
#undef CODEGRAPH_SEARCHED_FILE_COLUMNS

// --- file versions to index
inline constexpr Statement list_file_keys_between("iiii", R"(
    SELECT file_key
    FROM {files}
    WHERE repo_key = $1 AND file_key > $2 AND file_key <= $3
    ORDER BY file_key LIMIT $4)");
// Counts the file versions after the last segment, along the primary key, but at most $2 of them.
inline constexpr Statement count_backlog("ii", R"(
    SELECT count(*) AS files, CAST(coalesce(sum(chunk_count), 0) AS bigint) AS chunks,
      coalesce(max(file_key), 0) AS last_key
    FROM (
      SELECT file_key, chunk_count
      FROM {files}
      WHERE repo_key = $1
        AND file_key > (SELECT coalesce(max(segment_key), 0) FROM {content_segments} WHERE repo_key = $1)
      ORDER BY file_key LIMIT $2) AS backlog)");

// --- chunks to search
inline constexpr Statement find_texts("ii", R"(
    SELECT c.file_key, c.ordinal, c.importance, c.is_deleted, t.content
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.hash = c.content_hash
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key)");
inline constexpr Statement find_greatest_importances("ii", R"(
    SELECT c.file_key, max(c.importance) AS importance
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key
    GROUP BY c.file_key)");
inline constexpr Statement find_hashes_of_chunks("ii", R"(
    SELECT c.file_key, c.ordinal, c.importance, c.content_hash
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND NOT c.is_deleted)");
// Finds the live chunks with one of eight contents. Goes over all chunks of the repository: no index leads from a
// content to its chunks.
inline constexpr Statement find_chunks_with_hashes("ibbbbbbbb", R"(
    SELECT c.file_key, c.ordinal, c.importance, c.content_hash
    FROM {chunks} c
    WHERE c.repo_key = $1 AND NOT c.is_deleted AND c.content_hash IN ($2, $3, $4, $5, $6, $7, $8, $9))");

// --- all contents of a repository, page by page, in the order in which they lie
// PostgreSQL goes by hash ($3), along the unique index; SQLite goes by rowid ($2), along the table.

// Counts them: PostgreSQL at most $2, SQLite by the range of rowids.
inline constexpr Statement count_contents_to_read("ii", R"(
    SELECT count(*) AS contents, CAST(0 AS bigint) AS row_before
    FROM (SELECT 1 FROM {contents} WHERE repo_key = $1 LIMIT $2) AS counted)",
                                                  R"(
    SELECT max(rowid) - min(rowid) + 1 AS contents, min(rowid) - 1 AS row_before
    FROM {contents}
    WHERE repo_key = $1 AND $2 IS NOT NULL)");
inline constexpr Statement list_texts_after("iibi", R"(
    SELECT CAST(0 AS bigint) AS row_id, hash, content
    FROM {contents}
    WHERE repo_key = $1 AND hash > $3
    ORDER BY hash LIMIT $4)",
                                            R"(
    SELECT rowid AS row_id, hash, content
    FROM {contents}
    WHERE +repo_key = $1 AND rowid > $2
    ORDER BY rowid LIMIT $4)");

}  // namespace codegraph::statements
