/*
 * Holds the entry points of the module. Every SQL function of the extension is declared with one of two C functions,
 * codegraph_scalar or codegraph_rows. The name in pg_proc tells which function of the registry is called.
 */
#include "pg_ext/postgres_base.h"

#include "access/htup_details.h"
#include "catalog/pg_proc.h"
#include "fmgr.h"
#include "funcapi.h"
#include "pg_ext/call.h"
#include "pg_ext/planner.h"
#include "pg_ext/values.h"
#include "pg_ext/version.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

PG_MODULE_MAGIC;
PGDLLEXPORT void _PG_init(void);

void _PG_init(void) {
    DefineCustomIntVariable("codegraph.debug_fail_request", "Makes the Nth database request of every call fail.",
                            "A developer's setting, for testing that a failed call leaves nothing behind. 0: none.",
                            &debug_fail_request, 0, 0, INT_MAX, PGC_SUSET, GUC_NOT_IN_SAMPLE, NULL, NULL, NULL);
    DefineCustomIntVariable("codegraph.graph_cache_size", "How much memory a connection keeps for dependency graphs.",
                            "Past it, graphs are still built and answer, but leave when the call ends.",
                            &graph_cache_kilobytes, CODEGRAPH_GRAPH_CACHE_KB, 0, CODEGRAPH_GRAPH_CACHE_MAX_KB,
                            PGC_USERSET, GUC_UNIT_KB, NULL, use_graph_cache_size, NULL);
    DefineCustomIntVariable("codegraph.auto_index_content",
                            "How many contents that are not in the content index a writer may put there.",
                            "With more of them they are left to cg_index_content. 0: writers index nothing.",
                            &auto_index_content, CODEGRAPH_AUTO_INDEX_CONTENT, 0, CODEGRAPH_AUTO_INDEX_CONTENT_MAX,
                            PGC_USERSET, 0, NULL, use_auto_index_content, NULL);
    DefineCustomStringVariable("codegraph.actor", "Whom the log names as the one who made a revision.",
                               "Empty: the session user.", &actor, "", PGC_USERSET, 0, NULL, NULL, NULL);
    DefineCustomBoolVariable(
        "codegraph.row_security_by_repository", "Vouches that policies show or hide everything of a repository.",
        "A connection then keeps graphs also where row-level security applies to the caller.",
        &row_security_by_repository, false, PGC_SUSET, 0, NULL, use_row_security_by_repository, NULL);
    MarkGUCPrefixReserved("codegraph");
    install_planner_hooks();
}

/* Holds what pg_proc says of the called function. It is kept in fn_extra for the calls of one query. */
typedef struct Declaration {
    const CgFunction* function;
    Oid schema;
    Oid result_type;
    bool read_only;
    int arguments;
    Oid types[FLEXIBLE_ARRAY_MEMBER];
} Declaration;

static const CgFunction* registered_function(const char* name) {
    const CgFunction* function = codegraph_find_function(name);

    if (!function)
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_FUNCTION),
                        errmsg("codegraph: this version of the library has no function \"%s\"", name),
                        errhint("Run ALTER EXTENSION codegraph UPDATE, or reconnect after installing a new version.")));
    return function;
}

static Declaration* make_declaration(Form_pg_proc row, MemoryContext context) {
    Declaration* declaration =
        MemoryContextAllocZero(context, offsetof(Declaration, types) + sizeof(Oid) * row->pronargs);

    declaration->function = registered_function(NameStr(row->proname));
    declaration->schema = row->pronamespace;
    declaration->result_type = row->prorettype;
    declaration->read_only = row->provolatile != PROVOLATILE_VOLATILE;
    declaration->arguments = row->pronargs;
    memcpy(declaration->types, row->proargtypes.values, sizeof(Oid) * row->pronargs);
    return declaration;
}

static const Declaration* find_declaration(FmgrInfo* info) {
    HeapTuple tuple;

    check_version();
    if (info->fn_extra) return info->fn_extra;
    tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(info->fn_oid));
    if (!HeapTupleIsValid(tuple)) elog(ERROR, "cache lookup failed for function %u", info->fn_oid);
    info->fn_extra = make_declaration((Form_pg_proc)GETSTRUCT(tuple), info->fn_mcxt);
    ReleaseSysCache(tuple);
    return info->fn_extra;
}

static Datum call(FunctionCallInfo fcinfo, ReturnSetInfo* set, bool* is_null) {
    const Declaration* declaration = find_declaration(fcinfo->flinfo);
    CgCell arguments[FUNC_MAX_ARGS] = {0};
    CalledFunction callee = {
        .function = declaration->function,
        .schema = get_namespace_name(declaration->schema), /* is looked up each time, since it may be renamed */
        .result_type = declaration->result_type,
        .read_only = declaration->read_only,
    };

    if (!callee.schema) elog(ERROR, "cache lookup failed for schema %u", declaration->schema);
    for (int i = 0; i < declaration->arguments && i < fcinfo->nargs; i++)
        if (!PG_ARGISNULL(i)) arguments[i] = argument_cell(PG_GETARG_DATUM(i), declaration->types[i]);
    return run_call(&callee, arguments, declaration->arguments, set, is_null);
}

PGDLLEXPORT Datum codegraph_scalar(PG_FUNCTION_ARGS);
PG_FUNCTION_INFO_V1(codegraph_scalar);
Datum codegraph_scalar(PG_FUNCTION_ARGS) {
    Datum result = call(fcinfo, NULL, &fcinfo->isnull);

    return fcinfo->isnull ? (Datum)0 : result;
}

/* Puts the rows into a tuplestore (materialize mode), which goes to disk past work_mem. */
PGDLLEXPORT Datum codegraph_rows(PG_FUNCTION_ARGS);
PG_FUNCTION_INFO_V1(codegraph_rows);
Datum codegraph_rows(PG_FUNCTION_ARGS) {
    bool is_null;
    Oid result_type = find_declaration(fcinfo->flinfo)->result_type;

    /* A table of one column is declared as a set of its type, for which there is no row type to look up. */
    InitMaterializedSRF(fcinfo, type_is_rowtype(result_type) ? 0 : MAT_SRF_USE_EXPECTED_DESC);
    (void)call(fcinfo, (ReturnSetInfo*)fcinfo->resultinfo, &is_null);
    return (Datum)0;
}
