/*
 * The analyzer callback: a SQL function of the user, named by text, called as `SELECT name($1)` with one text argument.
 * Its name is resolved as the parser would under the search_path in force, which must be the caller's.
 */
#ifndef CODEGRAPH_ANALYZER_H
#define CODEGRAPH_ANALYZER_H
#include "pg_ext/postgres_base.h"

#include "executor/spi.h"

/* The function called last, with its plan, which lives as long as the SPI connection. */
typedef struct Analyzer {
    char* name;
    SPIPlanPtr plan;
} Analyzer;

/* Answers CG_FIND_FUNCTION. A malformed or ambiguous name, an aggregate, a window or set-returning function and a
   procedure are not found. */
extern void find_function(const CgRequest* request, MemoryContext scratch);

/* Answers CG_CALL_FUNCTION. The function runs with the rights of the caller; its errors are its own. */
extern void call_function(Analyzer* analyzer, const CgRequest* request, bool read_only, MemoryContext scratch);

#endif
