// Finds rows of each table that belong to a repository key alone. Access paths: the primary key of repositories, and in
// each table the index that has repo_key first.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// Names the tables that have rows of a repository, the one of repositories apart.
#define CODEGRAPH_TABLE_WITH_ROWS(table) \
    "SELECT '" table "' AS name WHERE EXISTS (SELECT 1 FROM {" table "} WHERE repo_key = $1)"
inline constexpr Statement list_tables_with_rows("i",
    "SELECT t.name FROM (" CODEGRAPH_TABLE_WITH_ROWS("snapshots")
    " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("log") " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("tree_nodes")
    " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("files") " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("chunks")
    " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("symbols") " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("definitions")
    " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("contents")
    " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("content_segments")
    " UNION ALL " CODEGRAPH_TABLE_WITH_ROWS("content_grams") ") AS t");
#undef CODEGRAPH_TABLE_WITH_ROWS

// Counts the rows of each repository key that no repository has. Goes from key to key along the index.
#define CODEGRAPH_COUNT_ORPHANS(table)                                                 \
    "WITH RECURSIVE found (repo_key) AS ("                                             \
    "  SELECT min(repo_key) FROM {" table                                              \
    "} "                                                                               \
    "  UNION ALL "                                                                     \
    "  SELECT (SELECT min(t.repo_key) FROM {" table                                    \
    "} t WHERE t.repo_key > f.repo_key) "                                              \
    "  FROM found f WHERE f.repo_key IS NOT NULL) "                                    \
    "SELECT f.repo_key, (SELECT count(*) FROM {" table                                 \
    "} t WHERE t.repo_key = f.repo_key) AS count "                                     \
    "FROM found f "                                                                    \
    "WHERE f.repo_key IS NOT NULL "                                                    \
    "  AND NOT EXISTS (SELECT 1 FROM {repositories} p WHERE p.repo_key = f.repo_key) " \
    "ORDER BY f.repo_key"
inline constexpr Statement count_orphans_in_snapshots("", CODEGRAPH_COUNT_ORPHANS("snapshots"));
inline constexpr Statement count_orphans_in_log("", CODEGRAPH_COUNT_ORPHANS("log"));
inline constexpr Statement count_orphans_in_tree_nodes("", CODEGRAPH_COUNT_ORPHANS("tree_nodes"));
inline constexpr Statement count_orphans_in_files("", CODEGRAPH_COUNT_ORPHANS("files"));
inline constexpr Statement count_orphans_in_chunks("", CODEGRAPH_COUNT_ORPHANS("chunks"));
inline constexpr Statement count_orphans_in_symbols("", CODEGRAPH_COUNT_ORPHANS("symbols"));
inline constexpr Statement count_orphans_in_definitions("", CODEGRAPH_COUNT_ORPHANS("definitions"));
inline constexpr Statement count_orphans_in_contents("", CODEGRAPH_COUNT_ORPHANS("contents"));
inline constexpr Statement count_orphans_in_content_segments("", CODEGRAPH_COUNT_ORPHANS("content_segments"));
inline constexpr Statement count_orphans_in_content_grams("", CODEGRAPH_COUNT_ORPHANS("content_grams"));
#undef CODEGRAPH_COUNT_ORPHANS

}  // namespace codegraph::statements
