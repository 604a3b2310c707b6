/*
 * Runs one call of one function, from its arguments as cells to its result. An operation is made, driven and destroyed
 * here, whatever error of PostgreSQL comes between.
 */
#ifndef CODEGRAPH_CALL_H
#define CODEGRAPH_CALL_H
#include "pg_ext/postgres_base.h"

#include "nodes/execnodes.h"

/* Says which function is called, and how. */
typedef struct CalledFunction {
    const CgFunction* function;
    const char* schema; /* holds the function, and so our tables */
    Oid result_type;    /* is used for a scalar function */
    bool read_only;
} CalledFunction;

/* Makes the Nth request of every call fail, for the tests. 0 means none. */
extern int debug_fail_request;

/* The settings codegraph.graph_cache_size, auto_index_content and row_security_by_repository. Their assign hooks hand a
   change on to the session. */
extern int graph_cache_kilobytes;
extern void use_graph_cache_size(int kilobytes, void* extra);
extern int auto_index_content;
extern void use_auto_index_content(int contents, void* extra);
/* The setting codegraph.actor, which statements read. It is NULL or empty when not set. */
extern char* actor;
extern bool row_security_by_repository;
extern void use_row_security_by_repository(bool vouched, void* extra);

/* Runs the operation. Its rows go to `set`. When `set` is NULL the function is scalar, and its value is returned, made
   in the current memory context. */
extern Datum run_call(const CalledFunction* callee, const CgCell* arguments, size_t count, ReturnSetInfo* set,
                      bool* is_null);

#endif
