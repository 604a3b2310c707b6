#include "pg_ext/plans.h"

#include "nodes/parsenodes.h"
#include "pg_ext/planner.h"
#include "pg_ext/values.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

typedef struct PlanKey {
    const CgStatement* statement;
    uint32 generation;
    uint16 many;
    uint16 sees_all; /* such plans are analysed with another row_security */
} PlanKey;

typedef struct KeptPlan {
    PlanKey key;
    SPIPlanPtr plan;
} KeptPlan;

static HTAB* plans = NULL;
static uint32 generation = 0;
static char* generation_prefix = NULL;
static bool has_stale_plans = false;
static int running_calls = 0;

static void drop_stale_plans(void) {
    HASH_SEQ_STATUS all;
    KeptPlan* entry;

    if (plans) {
        hash_seq_init(&all, plans);
        while ((entry = hash_seq_search(&all)) != NULL) {
            if (entry->key.generation == generation) continue;
            SPI_freeplan(entry->plan);
            hash_search(plans, &entry->key, HASH_REMOVE, NULL);
        }
    }
    has_stale_plans = false;
}

PlanSet plans_begin(const char* table_prefix, bool sees_all) {
    if (!generation_prefix || strcmp(generation_prefix, table_prefix) != 0) {
        char* copy = MemoryContextStrdup(TopMemoryContext, table_prefix);

        if (generation_prefix) pfree(generation_prefix);
        generation_prefix = copy;
        generation++;
        has_stale_plans = true;
    }
    if (has_stale_plans && running_calls == 0) drop_stale_plans();
    running_calls++;
    return (PlanSet){.table_prefix = table_prefix, .generation = generation, .sees_all = sees_all};
}

void plans_end(void) {
    running_calls--;
}

static char* statement_text(const CgStatement* statement, const char* table_prefix) {
    size_t length = codegraph_expand(statement, CG_POSTGRES, table_prefix, NULL, 0);
    char* text = palloc(length + 1);

    codegraph_expand(statement, CG_POSTGRES, table_prefix, text, length + 1);
    return text;
}

/* Prepares a generic plan from the start. The texts are look-ups by key and batches, which want their index whatever
   the values are. A plan for given values would hold a copy of a whole batch. */
static SPIPlanPtr prepare(const CgStatement* statement, const char* table_prefix, bool many) {
    char* text = statement_text(statement, table_prefix);
    int count = (int)strlen(statement->parameters);
    Oid* types = palloc(sizeof(Oid) * Max(count, 1));
    SPIPlanPtr plan;

    for (int i = 0; i < count; i++) types[i] = parameter_type(statement->parameters[i], many);
    plan = SPI_prepare_cursor(text, count, types, CURSOR_OPT_GENERIC_PLAN);
    if (!plan) elog(ERROR, "codegraph: cannot prepare a statement: %s", SPI_result_code_string(SPI_result));
    pfree(types);
    pfree(text);
    return plan;
}

static HTAB* create_plans(void) {
    HASHCTL control = {.keysize = sizeof(PlanKey), .entrysize = sizeof(KeptPlan), .hcxt = TopMemoryContext};

    return hash_create("codegraph plans", 64, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static SPIPlanPtr kept_plan(PlanSet set, const CgStatement* statement, bool many) {
    PlanKey key = {.statement = statement, .generation = set.generation, .many = many, .sees_all = set.sees_all};
    KeptPlan* entry;
    bool found;

    if (!plans) plans = create_plans();
    entry = hash_search(plans, &key, HASH_FIND, NULL);
    if (!entry) {
        SPIPlanPtr plan = prepare(statement, set.table_prefix, many);

        entry = hash_search(plans, &key, HASH_ENTER, &found);
        if (!found) {
            SPI_keepplan(plan); /* cannot fail for a fresh plan, and no error can come before the next line */
            entry->plan = plan;
        }
    }
    return entry->plan;
}

/* ---- the plan that is ready to run ---- */

/* Gives PostgreSQL's refusal to show a part of a table a hint. */
static void refuse(MemoryContext context) {
    const char* refusal = "query would be affected by row-level security policy for table \"%s\"";
    ErrorData* error;

    MemoryContextSwitchTo(context);
    error = CopyErrorData();
    if (!error->message_id || strcmp(error->message_id, refusal) != 0) PG_RE_THROW();
    FlushErrorState();
    error->hint =
        "This function must see every row. Run it as the owner of the tables, where they do not FORCE ROW LEVEL "
        "SECURITY, or as a role with BYPASSRLS.";
    ReThrowError(error);
}

/* Where no policy applies, a SELECT runs nothing but what its text names. */
static bool runs_code_of_users(SPIPlanPtr plan, const PlannedStmt* statement) {
    const CachedPlanSource* source = linitial(SPI_plan_get_plan_sources(plan));

    return source->dependsOnRLS || statement->commandType != CMD_SELECT || statement->hasModifyingCTE;
}

static ReadyPlan make_ready(SPIPlanPtr plan) {
    ReadyPlan ready = {.plan = plan, .cached = SPI_plan_get_cached_plan(plan)};

    if (list_length(ready.cached->stmt_list) == 1)
        ready.statement = linitial_node(PlannedStmt, ready.cached->stmt_list);
    if (ready.statement && ready.statement->commandType == CMD_UTILITY) ready.statement = NULL;
    if (ready.statement) ready.runs_code_of_users = runs_code_of_users(plan, ready.statement);
    return ready;
}

ReadyPlan ready_plan(PlanSet set, const CgStatement* statement, bool many) {
    MemoryContext context = CurrentMemoryContext;
    bool before = plans_are_ours(true);
    ReadyPlan ready;

    PG_TRY();
    { ready = make_ready(kept_plan(set, statement, many)); }
    PG_CATCH();
    {
        plans_are_ours(before);
        if (set.sees_all) refuse(context);
        PG_RE_THROW();
    }
    PG_END_TRY();
    plans_are_ours(before);
    return ready;
}

void release_plan(const ReadyPlan* ready) {
    ReleaseCachedPlan(ready->cached, CurrentResourceOwner);
}
