/*
 * Prepared plans of the core's statements, kept for the life of the backend and found by the statement's address. Their
 * texts name our tables in one schema; when that schema's name changes (ALTER SCHEMA RENAME, DROP and CREATE EXTENSION)
 * the plans of the old name are dropped. Other changes are PostgreSQL's plan cache's to notice.
 */
#ifndef CODEGRAPH_PLANS_H
#define CODEGRAPH_PLANS_H
#include "pg_ext/postgres_base.h"

#include "executor/spi.h"

/* The plans for one name of the schema. */
typedef struct PlanSet {
    const char* table_prefix; /* "schema".codegraph_ */
    uint32 generation;
} PlanSet;

/* A running call brackets its use of plans with these two: plans are freed only while no call runs, because one that
   runs may be inside an old plan (through a trigger or a policy that calls us). When plans_begin() raises an error
   there is nothing to end. */
extern PlanSet plans_begin(const char* table_prefix);
extern void plans_end(void);

/* Must be called while connected to SPI, under the search_path that the plan is to be analysed with. */
extern SPIPlanPtr kept_plan(PlanSet set, const CgStatement* statement, bool many);

#endif
