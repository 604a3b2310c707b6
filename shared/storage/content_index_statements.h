// Reads and writes the content index, and reads what a search needs. Access paths: the primary keys; for files and
// contents also the unique indexes. The parameter rows are the outer side of every join; CROSS JOIN keeps SQLite from
// turning that round.
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// --- segments
// Lists the segments, with the head of the newest one.
inline constexpr Statement list_content_segments("i", R"(
    SELECT segment_key, file_count,
      CASE WHEN segment_key = (SELECT max(segment_key) FROM {content_segments} WHERE repo_key = $1) THEN head END AS head
    FROM {content_segments}
    WHERE repo_key = $1
    ORDER BY segment_key)");
inline constexpr Statement find_content_segments("ii", R"(
    SELECT s.segment_key, s.files
    FROM {rows(repo_key, segment_key)} CROSS JOIN {content_segments} s
    WHERE s.repo_key = r.repo_key AND s.segment_key = r.segment_key)");
inline constexpr Statement insert_content_segment("iiiibb", R"(
    INSERT INTO {content_segments} (repo_key, segment_key, file_count, last_file_key, head, files)
    VALUES ($1, $2, $3, $4, $5, $6))");
inline constexpr Statement update_content_segment("iib", R"(
    UPDATE {content_segments}
    SET files = $3
    WHERE repo_key = $1 AND segment_key = $2)");
inline constexpr Statement delete_content_segment("ii", R"(
    DELETE FROM {content_segments} WHERE repo_key = $1 AND segment_key = $2)");
inline constexpr Statement delete_content_segments_of_repository("i", R"(
    DELETE FROM {content_segments} WHERE repo_key = $1)");

// --- indexed roots
// Finds a snapshot and what it was made from, with its indexed root if it has any.
inline constexpr Statement find_content_root("it", R"(
    SELECT s.snapshot_key, s.base_snapshot_id, c.root, c.segment_key, c.seal
    FROM {snapshots} s
    LEFT JOIN {content_roots} c ON c.repo_key = s.repo_key AND c.snapshot_key = s.snapshot_key
    WHERE s.repo_key = $1 AND s.snapshot_id = $2)");
inline constexpr Statement find_newest_content_root("i", R"(
    SELECT c.snapshot_key, CAST(NULL AS text) AS base_snapshot_id, c.root, c.segment_key, c.seal
    FROM {content_roots} c
    WHERE c.repo_key = $1
    ORDER BY c.snapshot_key DESC LIMIT 1)");
inline constexpr Statement find_last_segment_of_roots("i", R"(
    SELECT max(segment_key) AS segment_key
    FROM {content_roots}
    WHERE repo_key = $1)");
inline constexpr Statement list_content_roots("i", R"(
    SELECT snapshot_key, root, segment_key, seal
    FROM {content_roots}
    WHERE repo_key = $1
    ORDER BY snapshot_key)");
// Lists the snapshots whose root is not noted as indexed.
inline constexpr Statement list_roots_to_index("i", R"(
    SELECT s.snapshot_key, s.root
    FROM {snapshots} s
    LEFT JOIN {content_roots} c ON c.repo_key = s.repo_key AND c.snapshot_key = s.snapshot_key
    WHERE s.repo_key = $1 AND (c.root IS NULL OR c.root <> s.root)
    ORDER BY s.snapshot_key)");
inline constexpr Statement insert_content_roots("iibib", R"(
    INSERT INTO {content_roots}
    {values(repo_key, snapshot_key, root, segment_key, seal)}
    ON CONFLICT (repo_key, snapshot_key) DO UPDATE
    SET root = excluded.root, segment_key = excluded.segment_key, seal = excluded.seal)");
inline constexpr Statement delete_content_roots("ii", R"(
    DELETE FROM {content_roots}
    WHERE (repo_key, snapshot_key) IN (
      SELECT r.repo_key, r.snapshot_key
      FROM {rows(repo_key, snapshot_key)}))",
                                                R"(
    DELETE FROM {content_roots} WHERE repo_key = $1 AND snapshot_key = $2)");
inline constexpr Statement delete_content_roots_of_repository("i", R"(
    DELETE FROM {content_roots} WHERE repo_key = $1)");

// --- blocks
// Finds for each gram the block that covers it: the last one that begins at or before it.
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
        WHERE b.repo_key = r.repo_key AND b.segment_key = r.segment_key AND b.first_gram <= r.first), 0)
    ORDER BY g.segment_key, g.first_gram)");
inline constexpr Statement insert_content_grams("iiib", R"(
    INSERT INTO {content_grams}
    {values(repo_key, segment_key, first_gram, body)})");
inline constexpr Statement find_block("ii", R"(
    SELECT first_gram
    FROM {content_grams}
    WHERE repo_key = $1 AND segment_key = $2
    LIMIT 1)");
inline constexpr Statement delete_content_grams("ii", R"(
    DELETE FROM {content_grams} WHERE repo_key = $1 AND segment_key = $2)");
inline constexpr Statement delete_content_grams_of_repository("i", R"(
    DELETE FROM {content_grams} WHERE repo_key = $1)");

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
// Finds which of the keys are those of file versions, and how many chunks these have.
inline constexpr Statement count_chunks_of_files("ii", R"(
    SELECT f.file_key, f.chunk_count
    FROM {rows(repo_key, file_key)} CROSS JOIN {files} f
    WHERE f.repo_key = r.repo_key AND f.file_key = r.file_key)");
#undef CODEGRAPH_SEARCHED_FILE_COLUMNS

// --- file versions to index
inline constexpr Statement list_file_keys_between("iii", R"(
    SELECT file_key
    FROM {files}
    WHERE repo_key = $1 AND file_key > $2 AND file_key <= $3
    ORDER BY file_key LIMIT 8192)");
inline constexpr Statement count_files_up_to("ii", R"(
    SELECT count(*) AS files
    FROM {files}
    WHERE repo_key = $1 AND file_key <= $2)");
// Counts the file versions behind all that were indexed, along the primary key, but at most $2 of them.
inline constexpr Statement count_backlog("ii", R"(
    SELECT count(*) AS files, )" CODEGRAPH_SUM("chunk_count") R"( AS chunks,
      coalesce(max(file_key), 0) AS last_key
    FROM (
      SELECT file_key, chunk_count
      FROM {files}
      WHERE repo_key = $1
        AND file_key > (SELECT coalesce(max(last_file_key), 0) FROM {content_segments} WHERE repo_key = $1)
      ORDER BY file_key LIMIT $2) AS backlog)");

// --- chunks to search
inline constexpr Statement find_texts("ii", R"(
    SELECT c.file_key, c.ordinal, c.importance, c.is_deleted, t.content
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.content_key = c.content_key
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key)");
inline constexpr Statement find_greatest_importances("ii", R"(
    SELECT c.file_key, max(c.importance) AS importance
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key
    GROUP BY c.file_key)");
inline constexpr Statement find_contents_of_chunks("ii", R"(
    SELECT c.file_key, c.ordinal, c.importance, c.content_key
    FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c
    WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND NOT c.is_deleted)");
// Finds the live chunks with one of eight contents. Goes over all chunks of the repository: no index leads from a
// content to its chunks.
inline constexpr Statement find_chunks_with_contents("iiiiiiiii", R"(
    SELECT c.file_key, c.ordinal, c.importance
    FROM {chunks} c
    WHERE c.repo_key = $1 AND NOT c.is_deleted AND c.content_key IN ($2, $3, $4, $5, $6, $7, $8, $9))");

// --- all contents of a repository, page by page, by key: in the order in which they lie
// `+` keeps SQLite on the rowid, which is the key.

// Counts them: PostgreSQL at most $2, SQLite by the range of keys.
inline constexpr Statement count_contents_to_read("ii", R"(
    SELECT count(*) AS contents, CAST(0 AS bigint) AS key_before
    FROM (SELECT 1 FROM {contents} WHERE repo_key = $1 LIMIT $2) AS counted)",
                                                  R"(
    SELECT max(content_key) - min(content_key) + 1 AS contents, min(content_key) - 1 AS key_before
    FROM {contents}
    WHERE repo_key = $1 AND $2 IS NOT NULL)");
inline constexpr Statement list_texts_after("iii", R"(
    SELECT content_key, content
    FROM {contents}
    WHERE repo_key = $1 AND content_key > $2
    ORDER BY content_key LIMIT $3)",
                                            R"(
    SELECT content_key, content
    FROM {contents}
    WHERE +repo_key = $1 AND content_key > $2
    ORDER BY content_key LIMIT $3)");

}  // namespace codegraph::statements
