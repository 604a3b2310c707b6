/*
 * Finds and calls the analyzer, a SQL function of the user. It is named by a text and called as `SELECT name($1)` with
 * one text argument. The name is resolved as the parser does it, under the search_path in force, which must be the
 * caller's.
 */
#ifndef CODEGRAPH_ANALYZER_H
#define CODEGRAPH_ANALYZER_H
#include "pg_ext/postgres_base.h"

#include "executor/spi.h"

/* The analyzer that was called last. Its plan lives as long as the SPI connection. */
typedef struct Analyzer {
    char* name;
    SPIPlanPtr plan;
} Analyzer;

/* Answers CG_FIND_FUNCTION. It does not find a malformed or ambiguous name, an aggregate, a window function, a
   set-returning function or a procedure. */
extern void find_function(const CgRequest* request, MemoryContext scratch);

/* Answers CG_CALL_FUNCTION. The function runs with the rights of the caller. Its errors are passed on as they are. */
extern void call_function(Analyzer* analyzer, const CgRequest* request, bool read_only, MemoryContext scratch);

#endif
