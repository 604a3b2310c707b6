/*
 * Serves the statements that an operation asks for. Plans are kept. Parameters are values, or arrays for a CG_MANY. The
 * rows of an answer go from the executor straight into the core.
 */
#ifndef CODEGRAPH_REQUESTS_H
#define CODEGRAPH_REQUESTS_H
#include "pg_ext/plans.h"
#include "pg_ext/postgres_base.h"
#include "pg_ext/settings.h"

/* Runs a CG_QUERY, or a CG_MANY when `many` is true. The parameters are allocated in `scratch`. Changes which settings
   are in force: where code of the user's may run with the statement, the caller's. */
extern void serve_statement(Settings* settings, PlanSet plans, const CgRequest* request, bool many, bool read_only,
                            MemoryContext scratch);

/* Runs a CG_QUERY_NOW. */
extern void serve_statement_now(Settings* settings, PlanSet plans, const CgRequest* request, MemoryContext scratch);

/* Runs a plan with these parameters and hands the rows of its answer to the core. `as_text` makes every value text. */
extern void execute_into(CgRows* rows, SPIPlanPtr plan, ParamListInfo parameters, bool read_only, bool as_text);

#endif
