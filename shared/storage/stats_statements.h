// Counts what is stored. Reads whole tables, for one repository or for all.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

inline constexpr Statement count_repositories("i", R"(
    SELECT count(*) AS count
    FROM {repositories}
    WHERE $1 IS NULL OR repo_key = $1)");
inline constexpr Statement count_snapshots("i", R"(
    SELECT count(*) AS count
    FROM {snapshots}
    WHERE $1 IS NULL OR repo_key = $1)");
inline constexpr Statement count_contents("i", R"(
    SELECT count(*) AS count
    FROM {contents}
    WHERE $1 IS NULL OR repo_key = $1)");
inline constexpr Statement count_files("i", R"(
    SELECT count(*) AS files, CAST(coalesce(sum(chunk_count), 0) AS bigint) AS chunks,
      CAST(coalesce(sum(dependency_count), 0) AS bigint) AS dependencies
    FROM {files}
    WHERE $1 IS NULL OR repo_key = $1)");

// Sums the bytes of the stored values: contents, tree nodes, file versions with their outlines, the texts of chunks,
// names, the content index.
#define CODEGRAPH_STORED_BYTES(bytes) \
    "SELECT CAST(sum(part) AS bigint) AS bytes FROM (" \
    "SELECT sum(32 + " bytes("content") ") AS part FROM {contents} WHERE $1 IS NULL OR repo_key = $1 " \
    "UNION ALL SELECT sum(32 + " bytes("body") ") FROM {tree_nodes} WHERE $1 IS NULL OR repo_key = $1 " \
    "UNION ALL SELECT sum(32 + " bytes("path") " + coalesce(" bytes("file_hash") ", 0) + " bytes("attrs") \
    " + " bytes("outline") ") FROM {files} WHERE $1 IS NULL OR repo_key = $1 " \
    "UNION ALL SELECT sum(32 + " bytes("kind") " + coalesce(" bytes("fqn") ", 0) + " bytes("name") \
    " + " bytes("language") " + coalesce(" bytes("symbol_visibility") ", 0)" \
    " + coalesce(" bytes("explicit_id") ", 0) + coalesce(" bytes("summary") ", 0)" \
    " + " bytes("attrs") ") FROM {chunks} WHERE $1 IS NULL OR repo_key = $1 " \
    "UNION ALL SELECT sum(32 + " bytes("name") ") FROM {symbols} WHERE $1 IS NULL OR repo_key = $1 " \
    "UNION ALL SELECT sum(" bytes("path") ") FROM {definitions} WHERE $1 IS NULL OR repo_key = $1 " \
    "UNION ALL SELECT sum(" bytes("head") " + " bytes("files") ") FROM {content_segments} WHERE $1 IS NULL OR repo_key = $1 " \
    "UNION ALL SELECT sum(" bytes("body") ") FROM {content_grams} WHERE $1 IS NULL OR repo_key = $1) AS parts"
#define CODEGRAPH_POSTGRES_BYTES(column) "octet_length(" column ")"
#define CODEGRAPH_SQLITE_BYTES(column) "length(CAST(" column " AS BLOB))"
inline constexpr Statement count_bytes("i", CODEGRAPH_STORED_BYTES(CODEGRAPH_POSTGRES_BYTES),
                                       CODEGRAPH_STORED_BYTES(CODEGRAPH_SQLITE_BYTES));
#undef CODEGRAPH_STORED_BYTES
#undef CODEGRAPH_POSTGRES_BYTES
#undef CODEGRAPH_SQLITE_BYTES

}  // namespace codegraph::statements
