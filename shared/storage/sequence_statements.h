// Compares the sequences that give keys in PostgreSQL with the tables that have the keys, and moves them. In SQLite
// keys are never given twice, so these statements return nothing there. Access paths: the primary keys.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// Greater keys are damage: no sequence gets there.
#define CODEGRAPH_GREATEST_KEY "4611686018427387903"
#define CODEGRAPH_NO_SEQUENCE(column) \
    "SELECT " column " FROM (SELECT 1 AS value) AS one WHERE value IS NULL AND $1 IS NULL"

// Finds the last key that a sequence has given and the greatest that is in use, in one repository or with NULL in all.
#define CODEGRAPH_SEQUENCE_STATE(key, greatest_in_use)                                    \
    "SELECT CASE WHEN s.is_called THEN s.last_value ELSE s.last_value - 1 END AS given, " \
    "  coalesce((" greatest_in_use                                                        \
    "), 0) AS in_use "                                                                    \
    "FROM {" key "} s"
// Goes over the repositories, and in each to the end of the keys of two tables.
#define CODEGRAPH_GREATEST_OF(key, table, other_table)                          \
    "SELECT max(greatest("                                                      \
    "  (SELECT max(t." key ") FROM {" table                                     \
    "} t "                                                                      \
    "   WHERE t.repo_key = p.repo_key AND t." key " <= " CODEGRAPH_GREATEST_KEY \
    "), "                                                                       \
    "  (SELECT max(o." key ") FROM {" other_table                               \
    "} o "                                                                      \
    "   WHERE o.repo_key = p.repo_key AND o." key " <= " CODEGRAPH_GREATEST_KEY \
    "))) "                                                                      \
    "FROM {repositories} p WHERE $1 IS NULL OR p.repo_key = $1"
#define CODEGRAPH_GREATEST_OF_ONE(key, table)                                  \
    "SELECT max((SELECT max(t." key ") FROM {" table                           \
    "} t "                                                                     \
    "  WHERE t.repo_key = p.repo_key AND t." key " <= " CODEGRAPH_GREATEST_KEY \
    ")) "                                                                      \
    "FROM {repositories} p WHERE $1 IS NULL OR p.repo_key = $1"
#define CODEGRAPH_STATE_IN_SQLITE CODEGRAPH_NO_SEQUENCE("0 AS given, 0 AS in_use")
inline constexpr Statement find_state_of_repository_key("i", R"(
    SELECT CASE WHEN s.is_called THEN s.last_value ELSE s.last_value - 1 END AS given,
      coalesce(greatest(
        (SELECT max(repo_key) FROM {repositories} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {snapshots} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {refs} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {log} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {tree_nodes} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {files} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {chunks} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {symbols} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {definitions} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {contents} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {content_segments} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {content_roots} WHERE repo_key <= most.key),
        (SELECT max(repo_key) FROM {content_grams} WHERE repo_key <= most.key)), 0) AS in_use
    FROM {repository_key} s CROSS JOIN (SELECT coalesce($1, 4611686018427387903) AS key) AS most)",
                                                        CODEGRAPH_STATE_IN_SQLITE);
inline constexpr Statement find_state_of_snapshot_key(
    "i", CODEGRAPH_SEQUENCE_STATE("snapshot_key", CODEGRAPH_GREATEST_OF("snapshot_key", "snapshots", "log")),
    CODEGRAPH_STATE_IN_SQLITE);
inline constexpr Statement find_state_of_file_key(
    "i", CODEGRAPH_SEQUENCE_STATE("file_key", CODEGRAPH_GREATEST_OF("file_key", "files", "chunks")),
    CODEGRAPH_STATE_IN_SQLITE);
// (Chunks name these keys, too, but have no index on them.)
inline constexpr Statement find_state_of_content_key(
    "i", CODEGRAPH_SEQUENCE_STATE("content_key", CODEGRAPH_GREATEST_OF_ONE("content_key", "contents")),
    CODEGRAPH_STATE_IN_SQLITE);
inline constexpr Statement find_state_of_symbol_key(
    "i", CODEGRAPH_SEQUENCE_STATE("symbol_key", CODEGRAPH_GREATEST_OF("symbol_key", "symbols", "definitions")),
    CODEGRAPH_STATE_IN_SQLITE);

// Finds out whether a sequence gave this session a key that was in use: because its tables have greater keys than it
// has given, or more rows with the last $2 keys than the $3 that were made with them. Of other sessions' keys there may
// be some among the last ones; then the second test can fail either way.
#define CODEGRAPH_SEQUENCE_LAGS(key, table, table_key, of_repository)             \
    "SELECT 1 AS lags "                                                           \
    "FROM (SELECT pg_catalog.currval($cg${" key                                   \
    "}$cg$) AS last) AS drawn "                                                   \
    "WHERE (SELECT max(" table_key ") FROM {" table                               \
    "} "                                                                          \
    "       WHERE " of_repository " AND " table_key " <= " CODEGRAPH_GREATEST_KEY \
    ") "                                                                          \
    "    > pg_catalog.pg_sequence_last_value($cg${" key                           \
    "}$cg$) "                                                                     \
    "  OR (SELECT count(*) FROM {" table                                          \
    "} "                                                                          \
    "      WHERE " of_repository " AND " table_key " BETWEEN drawn.last - $2 + 1 AND drawn.last) > $3"
#define CODEGRAPH_NOTHING_LAGS CODEGRAPH_NO_SEQUENCE("1 AS lags") " AND $2 + $3 IS NULL"
inline constexpr Statement find_lag_of_repository_key(
    "iii", CODEGRAPH_SEQUENCE_LAGS("repository_key", "repositories", "repo_key", "$1 IS NULL"), CODEGRAPH_NOTHING_LAGS);
inline constexpr Statement find_lag_of_snapshot_key("iii",
                                                    CODEGRAPH_SEQUENCE_LAGS("snapshot_key", "snapshots", "snapshot_key",
                                                                            "repo_key = $1"),
                                                    CODEGRAPH_NOTHING_LAGS);
inline constexpr Statement find_lag_of_file_key(
    "iii", CODEGRAPH_SEQUENCE_LAGS("file_key", "files", "file_key", "repo_key = $1"), CODEGRAPH_NOTHING_LAGS);
inline constexpr Statement find_lag_of_content_key(
    "iii", CODEGRAPH_SEQUENCE_LAGS("content_key", "contents", "content_key", "repo_key = $1"), CODEGRAPH_NOTHING_LAGS);
inline constexpr Statement find_lag_of_symbol_key(
    "iii", CODEGRAPH_SEQUENCE_LAGS("symbol_key", "symbols", "symbol_key", "repo_key = $1"), CODEGRAPH_NOTHING_LAGS);

// Finds whether the caller may read a sequence.
#define CODEGRAPH_SEQUENCE_IS_READABLE(key)                                            \
    "SELECT 1 AS is_readable FROM (SELECT pg_catalog.has_sequence_privilege($cg${" key \
    "}$cg$, 'SELECT') AS may) AS r "                                                   \
    "WHERE r.may",                                                                     \
        "SELECT 0 AS is_readable FROM (SELECT 1 AS value) AS one WHERE value IS NULL"
inline constexpr Statement find_right_to_repository_key("", CODEGRAPH_SEQUENCE_IS_READABLE("repository_key"));
inline constexpr Statement find_right_to_snapshot_key("", CODEGRAPH_SEQUENCE_IS_READABLE("snapshot_key"));
inline constexpr Statement find_right_to_file_key("", CODEGRAPH_SEQUENCE_IS_READABLE("file_key"));
inline constexpr Statement find_right_to_content_key("", CODEGRAPH_SEQUENCE_IS_READABLE("content_key"));
inline constexpr Statement find_right_to_symbol_key("", CODEGRAPH_SEQUENCE_IS_READABLE("symbol_key"));

// Locks a table against inserts, until the transaction ends: nobody draws a key from its sequence meanwhile.
inline constexpr Statement lock_repositories_table("", "LOCK TABLE {repositories} IN SHARE ROW EXCLUSIVE MODE");
inline constexpr Statement lock_snapshots_table("", "LOCK TABLE {snapshots} IN SHARE ROW EXCLUSIVE MODE");
inline constexpr Statement lock_files_table("", "LOCK TABLE {files} IN SHARE ROW EXCLUSIVE MODE");
inline constexpr Statement lock_contents_table("", "LOCK TABLE {contents} IN SHARE ROW EXCLUSIVE MODE");
inline constexpr Statement lock_symbols_table("", "LOCK TABLE {symbols} IN SHARE ROW EXCLUSIVE MODE");

#define CODEGRAPH_MOVE_SEQUENCE(key) "SELECT pg_catalog.setval($cg${" key "}$cg$, $1) AS moved"
inline constexpr Statement update_repository_key("i", CODEGRAPH_MOVE_SEQUENCE("repository_key"));
inline constexpr Statement update_snapshot_key("i", CODEGRAPH_MOVE_SEQUENCE("snapshot_key"));
inline constexpr Statement update_file_key("i", CODEGRAPH_MOVE_SEQUENCE("file_key"));
inline constexpr Statement update_content_key("i", CODEGRAPH_MOVE_SEQUENCE("content_key"));
inline constexpr Statement update_symbol_key("i", CODEGRAPH_MOVE_SEQUENCE("symbol_key"));

// Changes nothing, and is refused where nothing may be written.
inline constexpr Statement update_nothing("", R"(
    UPDATE {repositories} SET generation = generation WHERE false)",
                                          R"(
    UPDATE {repositories} SET generation = generation WHERE 0)");

#undef CODEGRAPH_GREATEST_KEY
#undef CODEGRAPH_NO_SEQUENCE
#undef CODEGRAPH_SEQUENCE_STATE
#undef CODEGRAPH_GREATEST_OF
#undef CODEGRAPH_GREATEST_OF_ONE
#undef CODEGRAPH_STATE_IN_SQLITE
#undef CODEGRAPH_SEQUENCE_LAGS
#undef CODEGRAPH_NOTHING_LAGS
#undef CODEGRAPH_SEQUENCE_IS_READABLE
#undef CODEGRAPH_MOVE_SEQUENCE

}  // namespace codegraph::statements
