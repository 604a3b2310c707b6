// Asks PostgreSQL what it lets the caller see of our tables. For the core these are questions like others: their
// answers come from PostgreSQL's catalogue. SQLite has neither rights nor policies. A name of a table in dollar quotes
// is the text that becomes its number.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

// Lists our tables on which row-level security applies to the caller.
inline constexpr Statement list_tables_with_row_security("", R"(
    SELECT CAST(c.relname AS text) AS name
    FROM pg_class c
    WHERE c.oid IN (CAST($cg${repositories}$cg$ AS regclass),
      CAST($cg${snapshots}$cg$ AS regclass),
      CAST($cg${refs}$cg$ AS regclass),
      CAST($cg${log}$cg$ AS regclass),
      CAST($cg${tree_nodes}$cg$ AS regclass),
      CAST($cg${files}$cg$ AS regclass),
      CAST($cg${chunks}$cg$ AS regclass),
      CAST($cg${symbols}$cg$ AS regclass),
      CAST($cg${definitions}$cg$ AS regclass),
      CAST($cg${contents}$cg$ AS regclass),
      CAST($cg${content_segments}$cg$ AS regclass),
      CAST($cg${content_roots}$cg$ AS regclass),
      CAST($cg${content_grams}$cg$ AS regclass))
      AND row_security_active(c.oid)
    ORDER BY c.relname)",
                                                         R"(
    SELECT '' AS name
    FROM (SELECT 1)
    WHERE false)");

// Finds a trigger or an index of the user's on one of our tables.
inline constexpr Statement find_what_may_skip_rows("", R"(
    SELECT '' AS name
    FROM (SELECT 1) AS none
    WHERE false)",
                                                   R"(
    SELECT name
    FROM (
      SELECT name, type, tbl_name, sql FROM main.sqlite_schema
      UNION ALL
      SELECT name, type, tbl_name, sql FROM temp.sqlite_schema)
    WHERE tbl_name LIKE 'codegraph\_%' ESCAPE '\'
      AND (type = 'trigger' OR type = 'index' AND sql IS NOT NULL AND name NOT LIKE 'codegraph\_%' ESCAPE '\')
    LIMIT 1)");

// Finds what the caller may do with the tables that graphs are loaded from.
inline constexpr Statement find_rights_to_graphs("", R"(
    SELECT bool_and(has_table_privilege(oid, 'SELECT')) AS may_read,
      bool_or(row_security_active(oid)) AS has_row_security
    FROM unnest(ARRAY[CAST(CAST($cg${tree_nodes}$cg$ AS regclass) AS oid),
      CAST(CAST($cg${files}$cg$ AS regclass) AS oid),
      CAST(CAST($cg${symbols}$cg$ AS regclass) AS oid)]) AS t (oid))",
                                                 R"(
    SELECT true AS may_read, false AS has_row_security)");

}  // namespace codegraph::statements
