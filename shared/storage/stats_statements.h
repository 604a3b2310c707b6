// Counts what is stored, for all repositories by reading whole tables, or for one ($1) along the indexes that begin with
// its key. The two texts of a count differ only in that, and their columns are the same.
#pragma once
#include "engine/statement.h"
#include "storage/table_columns.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

#define CODEGRAPH_OF_ONE "WHERE repo_key = $1"

inline constexpr Statement count_repositories("", R"(
    SELECT count(*) AS count
    FROM {repositories})");

#define CODEGRAPH_SNAPSHOT_COUNT "SELECT count(*) AS count FROM {snapshots} "
inline constexpr Statement count_all_snapshots("", CODEGRAPH_SNAPSHOT_COUNT);
inline constexpr Statement count_snapshots("i", CODEGRAPH_SNAPSHOT_COUNT CODEGRAPH_OF_ONE);

#define CODEGRAPH_CONTENT_COUNT "SELECT count(*) AS count FROM {contents} "
inline constexpr Statement count_all_contents("", CODEGRAPH_CONTENT_COUNT);
inline constexpr Statement count_contents("i", CODEGRAPH_CONTENT_COUNT CODEGRAPH_OF_ONE);

// Counts also the rows that have a count that cannot be.
#define CODEGRAPH_FILE_COUNT \
    "SELECT count(*) AS files, " \
    CODEGRAPH_SUM("chunk_count") " AS chunks, " \
    CODEGRAPH_SUM("dependency_count") " AS dependencies, " \
    "count(CASE WHEN " CODEGRAPH_IS_COUNT("chunk_count") " AND " CODEGRAPH_IS_COUNT("dependency_count") " THEN NULL ELSE 1 END) " \
    "AS impossible FROM {files} "
inline constexpr Statement count_all_files("", CODEGRAPH_FILE_COUNT);
inline constexpr Statement count_files("i", CODEGRAPH_FILE_COUNT CODEGRAPH_OF_ONE);

// Sums the bytes of the stored values: contents, tree nodes, file versions with their outlines, the texts of chunks,
// names, the content index.
#define CODEGRAPH_STORED_BYTES(bytes, which) \
    "SELECT CAST(sum(part) AS bigint) AS bytes FROM (" \
    "SELECT sum(32 + " bytes("content") ") AS part FROM {contents} " which \
    " UNION ALL SELECT sum(32 + " bytes("body") ") FROM {tree_nodes} " which \
    " UNION ALL SELECT sum(32 + " bytes("path") " + coalesce(" bytes("file_hash") ", 0) + " bytes("attrs") \
    " + " bytes("outline") ") FROM {files} " which \
    " UNION ALL SELECT sum(32 + " bytes("kind") " + coalesce(" bytes("fqn") ", 0) + " bytes("name") \
    " + " bytes("language") " + coalesce(" bytes("symbol_visibility") ", 0)" \
    " + coalesce(" bytes("explicit_id") ", 0) + coalesce(" bytes("summary") ", 0)" \
    " + " bytes("attrs") ") FROM {chunks} " which \
    " UNION ALL SELECT sum(32 + " bytes("name") ") FROM {symbols} " which \
    " UNION ALL SELECT sum(" bytes("path") ") FROM {definitions} " which \
    " UNION ALL SELECT sum(" bytes("head") " + " bytes("files") ") FROM {content_segments} " which \
    " UNION ALL SELECT sum(" bytes("body") ") FROM {content_grams} " which ") AS parts"
#define CODEGRAPH_POSTGRES_BYTES(column) "octet_length(" column ")"
#define CODEGRAPH_SQLITE_BYTES(column) "length(CAST(" column " AS BLOB))"
inline constexpr Statement count_all_bytes("", CODEGRAPH_STORED_BYTES(CODEGRAPH_POSTGRES_BYTES, ""),
                                           CODEGRAPH_STORED_BYTES(CODEGRAPH_SQLITE_BYTES, ""));
inline constexpr Statement count_bytes("i", CODEGRAPH_STORED_BYTES(CODEGRAPH_POSTGRES_BYTES, CODEGRAPH_OF_ONE),
                                       CODEGRAPH_STORED_BYTES(CODEGRAPH_SQLITE_BYTES, CODEGRAPH_OF_ONE));
#undef CODEGRAPH_OF_ONE
#undef CODEGRAPH_SNAPSHOT_COUNT
#undef CODEGRAPH_CONTENT_COUNT
#undef CODEGRAPH_FILE_COUNT
#undef CODEGRAPH_STORED_BYTES
#undef CODEGRAPH_POSTGRES_BYTES
#undef CODEGRAPH_SQLITE_BYTES

}  // namespace codegraph::statements
