// The SQL of file versions and what they are made of. Access paths: the primary keys and the unique indexes on digest,
// name_hash and hash. The parameter rows are the outer side of every join; CROSS JOIN keeps SQLite from turning that
// round.
#pragma once
#include "engine/port.h"

namespace codegraph::statements {

// --- file versions
inline constexpr CgStatement find_files = {
    "SELECT f.digest, f.file_key, f.path, f.file_hash, f.attrs, f.is_deleted, f.chunk_count, f.dependency_count, "
    "f.indexed_at"
    " FROM {rows(repo_key, digest)} CROSS JOIN {files} f WHERE f.repo_key = r.repo_key AND f.digest = r.digest",
    nullptr,
    "ib",
};
inline constexpr CgStatement find_files_with_outlines = {
    "SELECT f.digest, f.file_key, f.path, f.file_hash, f.attrs, f.is_deleted, f.chunk_count, f.dependency_count, "
    "f.indexed_at, f.outline"
    " FROM {rows(repo_key, digest)} CROSS JOIN {files} f WHERE f.repo_key = r.repo_key AND f.digest = r.digest",
    nullptr,
    "ib",
};
// With the number of the parameter row, by which the answers are put in order.
inline constexpr CgStatement find_outlines = {
    "SELECT r.number, f.outline FROM {rows(repo_key, digest, number)} CROSS JOIN {files} f"
    " WHERE f.repo_key = r.repo_key AND f.digest = r.digest",
    nullptr,
    "ibi",
};
inline constexpr CgStatement insert_files = {
    "INSERT INTO {files} (repo_key, digest, path, file_hash, attrs, is_deleted, chunk_count, dependency_count, "
    "outline, indexed_at)"
    " {values(repo_key, digest, path, file_hash, attrs, is_deleted <> 0, chunk_count, dependency_count, outline, "
    "indexed_at)}"
    " ON CONFLICT DO NOTHING RETURNING digest, file_key",
    nullptr,
    "ibtttiiibi",
};

// --- chunks
#define CODEGRAPH_CHUNK_COLUMNS                                                                                    \
    "c.file_key, c.ordinal, c.explicit_id, c.number, c.start_line, c.end_line, c.kind, c.fqn, c.name, c.language," \
    " c.symbol_visibility, c.content_hash, c.summary, c.importance, c.is_deleted, c.attrs"

inline constexpr CgStatement find_chunks = {
    "SELECT " CODEGRAPH_CHUNK_COLUMNS
    " FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement find_chunks_with_content = {
    "SELECT " CODEGRAPH_CHUNK_COLUMNS
    ", t.content FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.hash = c.content_hash"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key",
    nullptr,
    "ii",
};
inline constexpr CgStatement find_single_chunks_with_content = {
    "SELECT " CODEGRAPH_CHUNK_COLUMNS
    ", t.content FROM {rows(repo_key, file_key, ordinal)} CROSS JOIN {chunks} c"
    " LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.hash = c.content_hash"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND c.ordinal = r.ordinal",
    nullptr,
    "iii",
};
#undef CODEGRAPH_CHUNK_COLUMNS
inline constexpr CgStatement insert_chunks = {
    "INSERT INTO {chunks} (repo_key, file_key, ordinal, explicit_id, number, start_line, end_line, kind, fqn, name, "
    "language,"
    " symbol_visibility, content_hash, summary, importance, is_deleted, attrs)"
    " {values(repo_key, file_key, ordinal, explicit_id, number, start_line, end_line, kind, fqn, name, language,"
    " symbol_visibility, content_hash, summary, importance, is_deleted <> 0, attrs)}",
    nullptr,
    "iiitiiitttttbtrit",
};
// The languages of live chunks: enough for a list of files.
inline constexpr CgStatement count_languages = {
    "SELECT c.file_key, c.language, count(*) FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key AND NOT c.is_deleted GROUP BY c.file_key, c.language",
    nullptr,
    "ii",
};

// The hashes of their contents, chunk by chunk.
inline constexpr CgStatement find_content_hashes = {
    "SELECT c.content_hash FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key",
    nullptr,
    "ii",
};

// --- contents
inline constexpr CgStatement find_contents = {
    "SELECT t.hash, t.content FROM {rows(repo_key, hash)} CROSS JOIN {contents} t"
    " WHERE t.repo_key = r.repo_key AND t.hash = r.hash",
    nullptr,
    "ib",
};
// Which of them there are.
inline constexpr CgStatement contents_there = {
    "SELECT t.hash FROM {rows(repo_key, hash)} CROSS JOIN {contents} t"
    " WHERE t.repo_key = r.repo_key AND t.hash = r.hash",
    nullptr,
    "ib",
};
inline constexpr CgStatement insert_contents = {
    "INSERT INTO {contents} (repo_key, hash, content) {values(repo_key, hash, content)} ON CONFLICT DO NOTHING",
    nullptr,
    "ibt",
};

// --- symbols and definitions
inline constexpr CgStatement find_symbols = {
    "SELECT s.name_hash, s.symbol_key FROM {rows(repo_key, name_hash)} CROSS JOIN {symbols} s"
    " WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash",
    nullptr,
    "ib",
};
// In SQLite, which gives what is RETURNING by way of a table made for each row, looking a key up afterwards costs less.
inline constexpr CgStatement insert_symbols = {
    "INSERT INTO {symbols} (repo_key, name_hash, name) {values(repo_key, name_hash, name)} ON CONFLICT DO NOTHING"
    " RETURNING name_hash, symbol_key",
    "INSERT INTO {symbols} (repo_key, name_hash, name) {values(repo_key, name_hash, name)} ON CONFLICT DO NOTHING",
    "ibt",
};
inline constexpr CgStatement find_names = {
    "SELECT s.symbol_key, s.name FROM {rows(repo_key, symbol_key)} CROSS JOIN {symbols} s"
    " WHERE s.repo_key = r.repo_key AND s.symbol_key = r.symbol_key",
    nullptr,
    "ii",
};
// For many names of one repository: keys that are near each other lie together.
inline constexpr CgStatement find_names_between = {
    "SELECT s.symbol_key, s.name FROM {rows(repo_key, first, last)} CROSS JOIN {symbols} s"
    " WHERE s.repo_key = r.repo_key AND s.symbol_key BETWEEN r.first AND r.last",
    "SELECT s.symbol_key, s.name FROM {rows(repo_key, first, last)} CROSS JOIN {symbols} s"
    " WHERE +s.repo_key = r.repo_key AND s.symbol_key BETWEEN r.first AND r.last",
    "iii",
};
inline constexpr CgStatement insert_definitions = {
    "INSERT INTO {definitions} (repo_key, symbol_key, as_id, path)"
    " {values(repo_key, symbol_key, as_id <> 0, path)} ON CONFLICT DO NOTHING",
    nullptr,
    "iiit",
};
inline constexpr CgStatement find_definitions = {
    "SELECT r.name_hash, d.as_id, d.path FROM {rows(repo_key, name_hash)} CROSS JOIN {symbols} s CROSS JOIN "
    "{definitions} d"
    " WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash AND d.repo_key = s.repo_key AND d.symbol_key = "
    "s.symbol_key",
    nullptr,
    "ib",
};
inline constexpr CgStatement find_definitions_as_id = {
    "SELECT r.name_hash, d.path FROM {rows(repo_key, name_hash)} CROSS JOIN {symbols} s CROSS JOIN {definitions} d"
    " WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash AND d.repo_key = s.repo_key AND d.symbol_key = "
    "s.symbol_key AND d.as_id",
    nullptr,
    "ib",
};

}  // namespace codegraph::statements
