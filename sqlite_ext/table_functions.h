// Makes an eponymous virtual table of each function of the registry that returns rows.
//
// EXAMPLES
//
//     -- All chunks of a snapshot. The arguments may stand in the WHERE clause as well.
//     SELECT fqn, start_line FROM cg_chunks('app', 'main');
//     SELECT fqn, start_line FROM cg_chunks WHERE repo = 'app' AND snapshot = 'main';
//     -- The chunks of one file: the call is narrowed and reads that file alone.
//     SELECT fqn FROM cg_chunks('app', 'main') WHERE file_path = 'src/login.c';
//     -- Each chunk is looked up by its id.
//     SELECT d.relationship, c.file_path
//     FROM cg_dependencies('app', 'main') AS d JOIN cg_chunks('app', 'main') AS c ON c.chunk_id = d.to_chunk_id;
//     -- An argument is the value of another table: one call for each snapshot.
//     SELECT s.snapshot_id, f.file_path FROM cg_snapshots('app') AS s, cg_files('app', s.snapshot_id) AS f;
//
// SCHEMA. A table has the columns of the result, then the arguments as HIDDEN columns without a type:
//
//     CREATE TABLE x("file_path" TEXT, "file_hash" TEXT, "language" TEXT, "chunks" INTEGER, "dependencies" INTEGER,
//                    "attrs" TEXT, "last_indexed_at" TEXT, "repo" HIDDEN, "snapshot" HIDDEN)
//
// HOW IT WORKS. SQLite turns what stands in the parentheses into constraints `argument = value`. xBestIndex chooses
// what xFilter gets; the head of table_functions.cpp has its rules. xFilter starts the operation and runs it to its
// first row, xNext runs it to the next one, and xColumn serves from that row until the operation is run again.
#pragma once
#include "engine/function.h"
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

// Returns SQLite's code. SQLITE_MISUSE: the function writes, or has too many arguments for a plan.
int register_table_function(const SharedConnection& connection, const CgFunction& function);

}  // namespace codegraph::sqlite
