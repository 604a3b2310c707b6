#include "pg_ext/planner.h"

#include "catalog/dependency.h"
#include "catalog/pg_class.h"
#include "commands/extension.h"
#include "jit/jit.h"
#include "optimizer/cost.h"
#include "optimizer/plancat.h"
#include "optimizer/planner.h"
#include "utils/lsyscache.h"

/* How tables may be read and joined: the planner's own variables of these names. */
typedef struct Methods {
    bool seqscan, hashjoin, mergejoin, material, nestloop;
} Methods;

static planner_hook_type next_planner = NULL;
static get_relation_info_hook_type next_relation_info = NULL;

static bool next_is_ours = false; /* whether the next call of the planner gets a statement of ours */
static bool is_planning = false;  /* whether the planner is at work on a statement of ours */
static Methods callers;           /* is valid while is_planning */

bool plans_are_ours(bool ours) {
    bool before = next_is_ours;

    next_is_ours = ours;
    return before;
}

static Methods current_methods(void) {
    return (Methods){enable_seqscan, enable_hashjoin, enable_mergejoin, enable_material, enable_nestloop};
}

static void use_methods(Methods methods) {
    enable_seqscan = methods.seqscan;
    enable_hashjoin = methods.hashjoin;
    enable_mergejoin = methods.mergejoin;
    enable_material = methods.material;
    enable_nestloop = methods.nestloop;
}

static PlannedStmt* call_planner(Query* query, const char* text, int options, ParamListInfo parameters) {
    return next_planner ? next_planner(query, text, options, parameters)
                        : standard_planner(query, text, options, parameters);
}

/* Plans a statement of ours; or one of a function of the user's that the planner calls meanwhile, to which the user's
   settings apply. */
static PlannedStmt* plan(Query* query, const char* text, int options, ParamListInfo parameters) {
    bool ours = next_is_ours, outer_is_planning = is_planning;
    Methods outer = current_methods(), outer_callers = callers;
    PlannedStmt* planned;

    if (!ours && !is_planning) return call_planner(query, text, options, parameters);
    if (is_planning) use_methods(callers);
    callers = current_methods();
    next_is_ours = false;
    is_planning = ours;
    PG_TRY();
    { planned = call_planner(query, text, options, parameters); }
    PG_FINALLY();
    {
        use_methods(outer);
        callers = outer_callers;
        is_planning = outer_is_planning;
        next_is_ours = ours;
    }
    PG_END_TRY();
    /* The costs of such plans say little, and compiling takes longer than most of them run. */
    if (ours) planned->jitFlags = PGJIT_NONE;
    return planned;
}

static bool is_our_table(Oid relation) {
    return getExtensionOfObject(RelationRelationId, relation) == get_extension_oid("codegraph", true);
}

/* Policies ask for the repositories that they show: `repo_key IN (SELECT repo_key FROM codegraph_repositories)`. Our
   own texts never ask for them within another query. */
static bool asks_for_repositories(const PlannerInfo* root, Oid relation) {
    return root->parent_root && strcmp(get_rel_name(relation), "codegraph_repositories") == 0;
}

/* Lets a table look as large as it may become while the plan is kept: a small one would be read as a whole, be it along
   an index. */
static void expect_growth(RelOptInfo* table) {
    const double rows = 1000000;
    const BlockNumber pages = 20000;
    ListCell* cell;

    table->tuples = Max(table->tuples, rows);
    table->pages = Max(table->pages, pages);
    foreach (cell, table->indexlist) {
        IndexOptInfo* index = lfirst_node(IndexOptInfo, cell);

        index->tuples = Max(index->tuples, rows);
        index->pages = Max(index->pages, pages / 4);
    }
}

/* Is called for each table that a query, or a query within it, reads: after the queries within its conditions have been
   planned (among them those of policies), and before its own plan is sought. Without materialization, because a policy
   is evaluated, and paid for, at each look-up by an index: reading the table once would seem cheaper. */
static void see_relation(PlannerInfo* root, Oid relation, bool is_parent, RelOptInfo* info) {
    if (next_relation_info) next_relation_info(root, relation, is_parent, info);
    if (!is_planning) return;
    if (!is_our_table(relation) || asks_for_repositories(root, relation)) {
        use_methods(callers);
        return;
    }
    use_methods((Methods){.nestloop = true});
    expect_growth(info);
}

void install_planner_hooks(void) {
    next_planner = planner_hook;
    planner_hook = plan;
    next_relation_info = get_relation_info_hook;
    get_relation_info_hook = see_relation;
}
