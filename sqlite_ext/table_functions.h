// The registry's functions that return rows, as eponymous virtual tables: SELECT ... FROM cg_chunks('app', 'main').
//
// HOW IT WORKS. The arguments are HIDDEN columns behind the result's columns; SQLite turns what stands in the
// parentheses into constraints `argument = value`. xBestIndex takes them over and notes in idxNum, bit by bit, which
// arguments xFilter will be given. It takes over `column = value` as well for columns that the registry says narrow the
// call, so that in a join a chunk, file or FQN is looked up instead of read with the whole snapshot. xFilter starts the
// operation, xNext runs it to its next row, and xColumn serves from that row.
#pragma once
#include "engine/function.h"
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

int register_table_function(const SharedConnection& connection, const CgFunction& function);

}  // namespace codegraph::sqlite
