/*
 * One call of one function: from arguments as cells to its result. Everything that PostgreSQL can interrupt with an
 * error happens here, between making the operation and destroying it.
 */
#ifndef CODEGRAPH_CALL_H
#define CODEGRAPH_CALL_H
#include "pg_ext/postgres_base.h"

#include "nodes/execnodes.h"

/* What is called, and how. */
typedef struct CalledFunction {
    const CgFunction* function;
    const char* schema; /* of the function, and so of our tables */
    Oid result_type;    /* of a scalar function */
    bool read_only;
} CalledFunction;

/* For the tests: the Nth request of every call fails; 0: none. */
extern int debug_fail_request;

/* The settings codegraph.graph_cache_size and codegraph.auto_index_content, and what their change does. */
extern int graph_cache_kilobytes;
extern void use_graph_cache_size(int kilobytes, void* extra);
extern int auto_index_content;
extern void use_auto_index_content(int contents, void* extra);

/* Runs the operation. Its rows go to `set`; or, when that is NULL, its one value is returned, made in the current
   memory context. */
extern Datum run_call(const CalledFunction* callee, const CgCell* arguments, size_t count, ReturnSetInfo* set,
                      bool* is_null);

#endif
