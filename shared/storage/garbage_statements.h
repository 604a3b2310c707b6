// The SQL of collecting garbage: every table of a repository in pages by its key, and deleting rows by key. Access
// paths: the primary keys and the unique indexes on hash and digest. `+` keeps SQLite on the rowid, which is the key.
#pragma once
#include "engine/port.h"

namespace codegraph::statements {

inline constexpr CgStatement live_roots = {
    "SELECT root FROM {snapshots} WHERE repo_key = $1 UNION SELECT root_after FROM {log} WHERE repo_key = $1",
    nullptr,
    "i",
};

inline constexpr CgStatement page_of_nodes = {
    "SELECT hash FROM {tree_nodes} WHERE repo_key = $1 AND hash > $2 ORDER BY hash LIMIT 8192", nullptr, "ib"};
inline constexpr CgStatement delete_nodes = {
    "DELETE FROM {tree_nodes} WHERE (repo_key, hash) IN (SELECT r.repo_key, r.hash FROM {rows(repo_key, hash)})",
    "DELETE FROM {tree_nodes} WHERE repo_key = $1 AND hash = $2", "ib"};

inline constexpr CgStatement page_of_files = {
    "SELECT digest, file_key FROM {files} WHERE repo_key = $1 AND digest > $2 ORDER BY digest LIMIT 8192", nullptr,
    "ib"};
inline constexpr CgStatement delete_files = {
    "DELETE FROM {files} WHERE (repo_key, file_key) IN (SELECT r.repo_key, r.file_key FROM {rows(repo_key, file_key)})",
    "DELETE FROM {files} WHERE repo_key = $1 AND file_key = $2", "ii"};
inline constexpr CgStatement delete_chunks = {
    "DELETE FROM {chunks} WHERE (repo_key, file_key) IN (SELECT r.repo_key, r.file_key FROM {rows(repo_key, "
    "file_key)})",
    "DELETE FROM {chunks} WHERE repo_key = $1 AND file_key = $2", "ii"};

inline constexpr CgStatement page_of_chunk_contents = {
    "SELECT file_key, ordinal, content_hash FROM {chunks} WHERE repo_key = $1 AND (file_key, ordinal) > ($2, $3)"
    " ORDER BY file_key, ordinal LIMIT 8192",
    nullptr, "iii"};
inline constexpr CgStatement page_of_contents = {
    "SELECT hash FROM {contents} WHERE repo_key = $1 AND hash > $2 ORDER BY hash LIMIT 8192", nullptr, "ib"};
inline constexpr CgStatement delete_contents = {
    "DELETE FROM {contents} WHERE (repo_key, hash) IN (SELECT r.repo_key, r.hash FROM {rows(repo_key, hash)})",
    "DELETE FROM {contents} WHERE repo_key = $1 AND hash = $2", "ib"};

inline constexpr CgStatement page_of_outlines = {
    "SELECT file_key, path, outline, digest FROM {files} WHERE repo_key = $1 AND file_key > $2 ORDER BY file_key LIMIT "
    "512",
    "SELECT file_key, path, outline, digest FROM {files} WHERE +repo_key = $1 AND file_key > $2 ORDER BY file_key "
    "LIMIT 512",
    "ii"};

// A chunk id's definition with the id itself.
inline constexpr CgStatement page_of_definitions = {
    "SELECT d.symbol_key, d.as_id, d.path, CASE WHEN d.as_id THEN s.name END"
    " FROM (SELECT repo_key, symbol_key, as_id, path FROM {definitions}"
    " WHERE repo_key = $1 AND (symbol_key, as_id, path) > ($2, $3 <> 0, $4) ORDER BY symbol_key, as_id, path LIMIT "
    "8192) d"
    " LEFT JOIN {symbols} s ON s.repo_key = d.repo_key AND s.symbol_key = d.symbol_key"
    " ORDER BY d.symbol_key, d.as_id, d.path",
    nullptr, "iiit"};
inline constexpr CgStatement delete_definitions = {
    "DELETE FROM {definitions} WHERE (repo_key, symbol_key, as_id, path) IN"
    " (SELECT r.repo_key, r.symbol_key, r.as_id <> 0, r.path FROM {rows(repo_key, symbol_key, as_id, path)})",
    "DELETE FROM {definitions} WHERE repo_key = $1 AND symbol_key = $2 AND as_id = $3 AND path = $4", "iiit"};

inline constexpr CgStatement page_of_symbols = {
    "SELECT symbol_key FROM {symbols} WHERE repo_key = $1 AND symbol_key > $2 ORDER BY symbol_key LIMIT 8192",
    "SELECT symbol_key FROM {symbols} WHERE +repo_key = $1 AND symbol_key > $2 ORDER BY symbol_key LIMIT 8192", "ii"};
inline constexpr CgStatement delete_symbols = {
    "DELETE FROM {symbols} WHERE (repo_key, symbol_key) IN (SELECT r.repo_key, r.symbol_key FROM {rows(repo_key, "
    "symbol_key)})",
    "DELETE FROM {symbols} WHERE repo_key = $1 AND symbol_key = $2", "ii"};

}  // namespace codegraph::statements
