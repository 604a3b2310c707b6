/*
 * Keeps the prepared plans of the core's statements for the life of the backend. A plan is found by the address of its
 * statement. The texts name our tables in one schema. When that schema gets another name (ALTER SCHEMA RENAME, DROP and
 * CREATE EXTENSION), the plans of the old name are dropped. PostgreSQL's own plan cache notices other changes.
 */
#ifndef CODEGRAPH_PLANS_H
#define CODEGRAPH_PLANS_H
#include "pg_ext/postgres_base.h"

#include "executor/spi.h"
#include "nodes/plannodes.h"
#include "utils/plancache.h"

/* Names the plans that were made for one name of the schema. */
typedef struct PlanSet {
    const char* table_prefix; /* such as "schema".codegraph_ */
    uint32 generation;
    bool sees_all; /* whether row-level security may hide nothing */
} PlanSet;

/* A plan that is locked against changes of its tables until it is released. */
typedef struct ReadyPlan {
    SPIPlanPtr plan;
    CachedPlan* cached;
    PlannedStmt* statement;  /* NULL: a user's rule made several statements of ours */
    bool runs_code_of_users; /* such as triggers and policies */
} ReadyPlan;

/* Begin and end the use of plans by a call. Plans are freed only while no call runs: a running call may be inside an
   old plan, through a trigger or a policy that calls us. A call whose plans_begin() raised an error must not call
   plans_end(). */
extern PlanSet plans_begin(const char* table_prefix, bool sees_all);
extern void plans_end(void);

/* Returns the plan of a statement, and makes it when there is none or it has to be made anew. The caller is connected
   to SPI, under our own settings: PostgreSQL analyses a text again where search_path is not what it was. The plan may
   then run under others. After an error PostgreSQL releases it. */
extern ReadyPlan ready_plan(PlanSet set, const CgStatement* statement, bool many);
extern void release_plan(const ReadyPlan* ready);

#endif
