// The SQL of cg_verify. Tables are gone over page by page along their unique indexes: a first page, then what follows
// the last key of the page before, whatever type that key has (SQLite lets a column hold any).
#pragma once
#include "engine/port.h"

namespace codegraph::statements {

// With NULL all repositories.
inline constexpr CgStatement verify_repositories = {
    "SELECT repo_key, repo_id, format FROM {repositories} WHERE $1 IS NULL OR repo_id = $1 ORDER BY repo_id", nullptr,
    "t"};

#define CODEGRAPH_PAGES(name, columns, table, key, size)                                                         \
    inline constexpr CgStatement first_##name = {                                                                \
        "SELECT " columns " FROM " table " WHERE repo_key = $1 ORDER BY " key " LIMIT " size, nullptr, "i"};     \
    inline constexpr CgStatement next_##name = {"SELECT " columns " FROM " table " WHERE repo_key = $1 AND " key \
                                                " > $2 ORDER BY " key " LIMIT " size,                            \
                                                nullptr, "ib"}

CODEGRAPH_PAGES(contents, "hash, content", "{contents}", "hash", "128");
CODEGRAPH_PAGES(symbols, "name_hash, name", "{symbols}", "name_hash", "4096");
CODEGRAPH_PAGES(tree_nodes, "hash, body", "{tree_nodes}", "hash", "512");
CODEGRAPH_PAGES(files,
                "digest, file_key, path, file_hash, attrs, is_deleted, chunk_count, dependency_count, indexed_at, "
                "outline",
                "{files}", "digest", "128");
#undef CODEGRAPH_PAGES

// As find_chunks, and whether the content is there.
inline constexpr CgStatement verify_chunks = {
    "SELECT c.file_key, c.ordinal, c.explicit_id, c.number, c.start_line, c.end_line, c.kind, c.fqn, c.name, "
    "c.language, c.symbol_visibility, c.content_hash, c.summary, c.importance, c.is_deleted, c.attrs, t.hash"
    " FROM {rows(repo_key, file_key)} CROSS JOIN {chunks} c"
    " LEFT JOIN {contents} t ON t.repo_key = c.repo_key AND t.hash = c.content_hash"
    " WHERE c.repo_key = r.repo_key AND c.file_key = r.file_key",
    nullptr,
    "ii",
};

// The numbers of those definitions that are not there. A count, so that no planner makes a join of it.
inline constexpr CgStatement missing_definitions = {
    "SELECT r.number FROM {rows(repo_key, name_hash, as_id, path, number)} WHERE (SELECT count(*) FROM {symbols} s"
    " CROSS JOIN {definitions} d WHERE s.repo_key = r.repo_key AND s.name_hash = r.name_hash"
    " AND d.repo_key = s.repo_key AND d.symbol_key = s.symbol_key AND d.as_id = (r.as_id <> 0) AND d.path = r.path) = "
    "0",
    nullptr,
    "ibiti",
};

// What belongs to nothing.
inline constexpr CgStatement count_chunk_rows = {"SELECT count(*) FROM {chunks} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement count_log_rows = {"SELECT count(*) FROM {log} WHERE repo_key = $1", nullptr, "i"};
inline constexpr CgStatement count_lost_definitions = {
    "SELECT count(*) FROM {definitions} d WHERE d.repo_key = $1 AND (SELECT count(*) FROM {symbols} s"
    " WHERE s.repo_key = d.repo_key AND s.symbol_key = d.symbol_key) = 0",
    nullptr, "i"};

// The log of one snapshot.
#define CODEGRAPH_LOG_COLUMNS "revision, operation, file_count, actor, logged_at, root_before, root_after"
inline constexpr CgStatement first_log_rows = {
    "SELECT " CODEGRAPH_LOG_COLUMNS
    " FROM {log} WHERE repo_key = $1 AND snapshot_key = $2 ORDER BY revision LIMIT 1024",
    nullptr, "ii"};
inline constexpr CgStatement next_log_rows = {
    "SELECT " CODEGRAPH_LOG_COLUMNS
    " FROM {log} WHERE repo_key = $1 AND snapshot_key = $2 AND revision > $3 ORDER BY revision LIMIT 1024",
    nullptr, "iii"};
#undef CODEGRAPH_LOG_COLUMNS

}  // namespace codegraph::statements
