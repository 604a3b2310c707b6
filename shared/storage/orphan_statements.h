// Finds rows of each table that belong to a repository key alone. Access paths: the primary key of repositories, and in
// each table the index that has repo_key first.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// Names the tables that have rows of a repository, the one of repositories apart.
inline constexpr Statement list_tables_with_rows("i", R"(
    SELECT t.name
    FROM (
      SELECT 'snapshots' AS name WHERE EXISTS (SELECT 1 FROM {snapshots} WHERE repo_key = $1)
      UNION ALL
      SELECT 'refs' AS name WHERE EXISTS (SELECT 1 FROM {refs} WHERE repo_key = $1)
      UNION ALL
      SELECT 'log' AS name WHERE EXISTS (SELECT 1 FROM {log} WHERE repo_key = $1)
      UNION ALL
      SELECT 'tree_nodes' AS name WHERE EXISTS (SELECT 1 FROM {tree_nodes} WHERE repo_key = $1)
      UNION ALL
      SELECT 'files' AS name WHERE EXISTS (SELECT 1 FROM {files} WHERE repo_key = $1)
      UNION ALL
      SELECT 'chunks' AS name WHERE EXISTS (SELECT 1 FROM {chunks} WHERE repo_key = $1)
      UNION ALL
      SELECT 'symbols' AS name WHERE EXISTS (SELECT 1 FROM {symbols} WHERE repo_key = $1)
      UNION ALL
      SELECT 'definitions' AS name WHERE EXISTS (SELECT 1 FROM {definitions} WHERE repo_key = $1)
      UNION ALL
      SELECT 'contents' AS name WHERE EXISTS (SELECT 1 FROM {contents} WHERE repo_key = $1)
      UNION ALL
      SELECT 'content_roots' AS name WHERE EXISTS (SELECT 1 FROM {content_roots} WHERE repo_key = $1)
      UNION ALL
      SELECT 'content_segments' AS name WHERE EXISTS (SELECT 1 FROM {content_segments} WHERE repo_key = $1)
      UNION ALL
      SELECT 'content_grams' AS name WHERE EXISTS (SELECT 1 FROM {content_grams} WHERE repo_key = $1)) AS t)");

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
inline constexpr Statement count_orphans_in_refs("", CODEGRAPH_COUNT_ORPHANS("refs"));
inline constexpr Statement count_orphans_in_log("", CODEGRAPH_COUNT_ORPHANS("log"));
inline constexpr Statement count_orphans_in_tree_nodes("", CODEGRAPH_COUNT_ORPHANS("tree_nodes"));
inline constexpr Statement count_orphans_in_files("", CODEGRAPH_COUNT_ORPHANS("files"));
inline constexpr Statement count_orphans_in_chunks("", CODEGRAPH_COUNT_ORPHANS("chunks"));
inline constexpr Statement count_orphans_in_symbols("", CODEGRAPH_COUNT_ORPHANS("symbols"));
inline constexpr Statement count_orphans_in_definitions("", CODEGRAPH_COUNT_ORPHANS("definitions"));
inline constexpr Statement count_orphans_in_contents("", CODEGRAPH_COUNT_ORPHANS("contents"));
inline constexpr Statement count_orphans_in_content_roots("", CODEGRAPH_COUNT_ORPHANS("content_roots"));
inline constexpr Statement count_orphans_in_content_segments("", CODEGRAPH_COUNT_ORPHANS("content_segments"));
inline constexpr Statement count_orphans_in_content_grams("", CODEGRAPH_COUNT_ORPHANS("content_grams"));
#undef CODEGRAPH_COUNT_ORPHANS

}  // namespace codegraph::statements
