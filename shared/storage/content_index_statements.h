// The SQL of the content index and of what a search reads. Access paths: the primary keys, and of files and contents
// the unique indexes. The parameter rows are the outer side of every join; CROSS JOIN keeps SQLite from turning that
// round.
#pragma once
#include "engine/port.h"

namespace codegraph::statements {

// --- segments
inline constexpr CgStatement list_content_segments = {
    "SELECT segment_key, file_count FROM {content_segments} WHERE repo_key = $1 ORDER BY segment_key",
    nullptr,
    "i",
};
inline constexpr CgStatement find_content_segments = {
    "SELECT s.segment_key, s.files FROM {rows(repo_key, segment_key)} CROSS JOIN {content_segments} s"
    " WHERE s.repo_key = r.repo_key AND s.segment_key = r.segment_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement insert_content_segment = {
    "INSERT INTO {content_segments} (repo_key, segment_key, file_count, files) VALUES ($1, $2, $3, $4)",
    nullptr,
    "iiib",
};
inline constexpr CgStatement delete_content_segment = {
    "DELETE FROM {content_segments} WHERE repo_key = $1 AND segment_key = $2",
    nullptr,
    "ii",
};

// --- blocks
// The block that has the gram if any has: the last one that begins at or before it.
inline constexpr CgStatement find_content_grams = {
    "SELECT r.segment_key, r.gram, g.first_gram, g.body"
    " FROM {rows(repo_key, segment_key, gram)} CROSS JOIN {content_grams} g"
    " WHERE g.repo_key = r.repo_key AND g.segment_key = r.segment_key AND g.first_gram = (SELECT max(b.first_gram)"
    " FROM {content_grams} b WHERE b.repo_key = r.repo_key AND b.segment_key = r.segment_key AND b.first_gram <= "
    "r.gram)",
    nullptr,
    "iii",
};
inline constexpr CgStatement find_content_grams_between = {
    "SELECT r.segment_key, g.first_gram, g.body"
    " FROM {rows(repo_key, segment_key, first, last)} CROSS JOIN {content_grams} g"
    " WHERE g.repo_key = r.repo_key AND g.segment_key = r.segment_key AND g.first_gram <= r.last"
    " AND g.first_gram >= coalesce((SELECT max(b.first_gram)"
    " FROM {content_grams} b WHERE b.repo_key = r.repo_key AND b.segment_key = r.segment_key AND b.first_gram <= "
    "r.first), 0)",
    nullptr,
    "iiii",
};
inline constexpr CgStatement insert_content_grams = {
    "INSERT INTO {content_grams} (repo_key, segment_key, first_gram, body)"
    " {values(repo_key, segment_key, first_gram, body)}",
    nullptr,
    "iiib",
};
inline constexpr CgStatement delete_content_grams = {
    "DELETE FROM {content_grams} WHERE repo_key = $1 AND segment_key = $2",
    nullptr,
    "ii",
};

// --- file versions to search
#define CODEGRAPH_SEARCHED_FILE "f.file_key, f.digest, f.path, f.chunk_count"
inline constexpr CgStatement find_searched_files = {
    "SELECT " CODEGRAPH_SEARCHED_FILE
    " FROM {rows(repo_key, digest)} CROSS JOIN {files} f WHERE f.repo_key = r.repo_key AND f.digest = r.digest",
    nullptr,
    "ib",
};
inline constexpr CgStatement find_searched_files_by_key = {
    "SELECT " CODEGRAPH_SEARCHED_FILE
    " FROM {rows(repo_key, file_key)} CROSS JOIN {files} f WHERE f.repo_key = r.repo_key AND f.file_key = r.file_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement find_file_keys = {
    "SELECT f.file_key FROM {rows(repo_key, file_key)} CROSS JOIN {files} f"
    " WHERE f.repo_key = r.repo_key AND f.file_key = r.file_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement list_files_after = {
    "SELECT " CODEGRAPH_SEARCHED_FILE
    " FROM {files} f WHERE f.repo_key = $1 AND f.file_key > $2 ORDER BY f.file_key LIMIT $3",
    nullptr,
    "iii",
};
#undef CODEGRAPH_SEARCHED_FILE

// --- file versions to index
inline constexpr CgStatement list_file_keys_between = {
    "SELECT file_key FROM {files} WHERE repo_key = $1 AND file_key > $2 AND file_key <= $3 ORDER BY file_key LIMIT $4",
    nullptr,
    "iiii",
};
inline constexpr CgStatement measure_backlog = {
    "SELECT count(*), CAST(coalesce(sum(chunk_count), 0) AS bigint), coalesce(max(file_key), 0)"
    " FROM (SELECT file_key, chunk_count FROM {files} WHERE repo_key = $1 AND file_key >"
    " (SELECT coalesce(max(segment_key), 0) FROM {content_segments} WHERE repo_key = $1)"
    " ORDER BY file_key LIMIT $2) AS backlog",
    nullptr,
    "ii",
};

// --- chunks to search
inline constexpr CgStatement find_texts = {
    "SELECT c.file_key, c.ordinal, c.importance, c.is_deleted, t.content"
    " FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.hash = c.content_hash"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement find_greatest_importances = {
    "SELECT c.file_key, max(c.importance) FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key GROUP BY c.file_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement find_hashes_of_chunks = {
    "SELECT c.file_key, c.ordinal, c.importance, c.content_hash FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND NOT c.is_deleted",
    nullptr,
    "ii",
};
// Goes over all chunks of the repository: no index leads from a content to its chunks.
inline constexpr CgStatement find_chunks_with_hashes = {
    "SELECT c.file_key, c.ordinal, c.importance, c.content_hash FROM {chunks} c"
    " WHERE c.repo_key = $1 AND NOT c.is_deleted AND c.content_hash IN ($2, $3, $4, $5, $6, $7, $8, $9)",
    nullptr,
    "ibbbbbbbb",
};

// --- all contents of a repository, page by page, as they lie: in SQLite by rowid ($2), in PostgreSQL by hash ($3)
inline constexpr CgStatement measure_contents = {
    "SELECT count(*), CAST(0 AS bigint) FROM (SELECT 1 FROM {contents} WHERE repo_key = $1 LIMIT $2) AS counted",
    "SELECT max(rowid) - min(rowid) + 1, min(rowid) - 1 FROM {contents} WHERE repo_key = $1 AND $2 IS NOT NULL",
    "ii",
};
inline constexpr CgStatement page_of_texts = {
    "SELECT CAST(0 AS bigint), hash, content FROM {contents} WHERE repo_key = $1 AND hash > $3 ORDER BY hash LIMIT $4",
    "SELECT rowid, hash, content FROM {contents} WHERE +repo_key = $1 AND rowid > $2 ORDER BY rowid LIMIT $4",
    "iibi",
};

}  // namespace codegraph::statements
