#include "pg_ext/call.h"

#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "pg_ext/analyzer.h"
#include "pg_ext/locks.h"
#include "pg_ext/plans.h"
#include "pg_ext/requests.h"
#include "pg_ext/settings.h"
#include "pg_ext/values.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

int debug_fail_request = 0;
int graph_cache_kilobytes = CODEGRAPH_GRAPH_CACHE_KB;
int auto_index_content = CODEGRAPH_AUTO_INDEX_CONTENT;
char* actor = NULL;
bool row_security_by_repository = false;

/* What the core keeps for this backend. The first call makes it. */
static CgSession* session = NULL;

void use_graph_cache_size(int kilobytes, void* extra) {
    if (session) codegraph_session_set_graph_cache(session, kilobytes);
}

void use_auto_index_content(int contents, void* extra) {
    if (session) codegraph_session_set_auto_index_content(session, contents);
}

void use_row_security_by_repository(bool vouched, void* extra) {
    if (session) codegraph_session_set_row_security_by_repository(session, vouched);
}

static void begin_session(void) {
    if (session) return;
    session = codegraph_session_new(CG_POSTGRES);
    if (!session) ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
    codegraph_session_set_graph_cache(session, graph_cache_kilobytes);
    codegraph_session_set_auto_index_content(session, auto_index_content);
    codegraph_session_set_row_security_by_repository(session, row_security_by_repository);
}

typedef struct Call {
    const CalledFunction* callee;
    CgOperation* operation;
    PlanSet plans;
    Analyzer analyzer;
    MemoryContext caller;  /* holds a scalar result, and what lives as long as the call */
    MemoryContext scratch; /* is emptied after every request and row */
    ReturnSetInfo* set;    /* is NULL for a scalar function */
    Settings settings;
    int requests; /* counts the requests served */
    char* room;   /* holds the texts of one row */
    size_t room_size;
    bool has_result;
    bool is_null;
    Datum result;
} Call;

/* ---- steps ---- */

static void fail_on_demand(Call* call) {
    call->requests++;
    if (call->requests == debug_fail_request)
        ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
                        errmsg("codegraph: request %d failed on demand", debug_fail_request)));
}

/* A scalar function's row has this column alone. */
enum { result_column };

static CgCell cell_of(const CgRequest* row, size_t column) {
    CgCell cell;

    if (!codegraph_row_cell(row, column, &cell))
        ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
    return cell;
}

/* Returns the place where the texts of a row are put together. All rows use the same one, so that nothing is allocated
   for each. */
static char* row_room(Call* call, size_t needed) {
    if (needed > call->room_size) {
        if (call->room) pfree(call->room);
        call->room_size = 0;
        call->room = MemoryContextAllocHuge(call->caller, needed * 2);
        call->room_size = needed * 2;
    }
    return call->room;
}

static void take_row(Call* call, const CgRequest* row) {
    TupleDesc row_type = call->set->setDesc;
    MemoryContext spi = MemoryContextSwitchTo(call->scratch);
    CgCell cells[MaxTupleAttributeNumber];
    Datum values[MaxTupleAttributeNumber];
    bool nulls[MaxTupleAttributeNumber];
    size_t needed = 0;
    char* room;

    if (row->cells && row->width != (size_t)row_type->natts)
        elog(ERROR, "codegraph: a row of %zu columns where %d are declared", row->width, row_type->natts);
    for (int i = 0; i < row_type->natts; i++) {
        cells[i] = cell_of(row, i);
        needed += room_for_text(&cells[i]);
    }
    room = row_room(call, needed);
    for (int i = 0; i < row_type->natts; i++)
        values[i] = result_datum(&cells[i], TupleDescAttr(row_type, i)->atttypid, &room, &nulls[i]);
    tuplestore_putvalues(call->set->setResult, row_type, values, nulls);
    MemoryContextSwitchTo(spi);
}

static void take_value(Call* call, const CgRequest* row) {
    MemoryContext spi = MemoryContextSwitchTo(call->caller);
    CgCell cell = cell_of(row, result_column);

    if (call->has_result || row->width > 1) elog(ERROR, "codegraph: more than one value of a scalar function");
    call->result = result_datum(&cell, call->callee->result_type, NULL, &call->is_null);
    call->has_result = true;
    MemoryContextSwitchTo(spi);
}

static void report_failure(const CgFailure* failure) {
    const char* s = failure->sqlstate;

    ereport(ERROR, (errcode(MAKE_SQLSTATE(s[0], s[1], s[2], s[3], s[4])), errmsg("%s", failure->message),
                    failure->hint ? errhint("%s", failure->hint) : 0));
}

static void serve_request(Call* call, CgStep step, const CgRequest* request) {
    bool read_only = call->callee->read_only;

    fail_on_demand(call);
    switch (step) {
        case CG_QUERY:
        case CG_MANY:
            serve_statement(&call->settings, call->plans, request, step == CG_MANY, read_only, call->scratch);
            break;
        case CG_QUERY_NOW:
            serve_statement_now(&call->settings, call->plans, request, call->scratch);
            break;
        case CG_LOCK:
            serve_lock(call->callee->schema, request);
            break;
        case CG_FIND_LOCK:
            serve_find_lock(call->callee->schema, request);
            break;
        case CG_FIND_FUNCTION:
            use_callers_settings(&call->settings);
            find_function(request, call->scratch);
            break;
        case CG_CALL_FUNCTION:
            use_callers_settings(&call->settings);
            call_function(&call->analyzer, request, read_only, call->scratch);
            break;
        default: /* CG_CHECKPOINT: drive() looks for interrupts at every step */
            if (request->width > 0)
                ereport(NOTICE, (errmsg("%.*s", (int)request->cells[0].size, request->cells[0].data)));
            break;
    }
}

static void drive(Call* call) {
    for (;;) {
        CgStep step = codegraph_operation_step(call->operation);
        const CgRequest* request = codegraph_operation_request(call->operation);

        CHECK_FOR_INTERRUPTS();
        if (step == CG_DONE) return;
        if (step == CG_FAILED) report_failure(codegraph_operation_failure(call->operation));
        if (step != CG_ROW)
            serve_request(call, step, request);
        else if (call->set)
            take_row(call, request);
        else
            take_value(call, request);
        MemoryContextReset(call->scratch);
    }
}

/* ---- the call ---- */

/* Makes the operation, drives it and destroys it. The operation lives on the C++ heap, so it is destroyed before an
   error goes on. */
static void run_operation(Call* call, const CgCell* arguments, size_t count) {
    call->operation = codegraph_operation_new(call->callee->function, session, (int64)GetUserId(), arguments, count);
    if (!call->operation) {
        plans_end();
        ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
    }
    PG_TRY();
    { drive(call); }
    PG_FINALLY();
    {
        codegraph_operation_destroy(call->operation);
        plans_end();
    }
    PG_END_TRY();
}

static void check_encoding(void) {
    if (GetDatabaseEncoding() != PG_UTF8)
        ereport(ERROR,
                (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                 errmsg("codegraph: the encoding of the database must be UTF8, not %s", GetDatabaseEncodingName()),
                 errhint("Use a database made with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0.")));
}

Datum run_call(const CalledFunction* callee, const CgCell* arguments, size_t count, ReturnSetInfo* set, bool* is_null) {
    bool sees_all = codegraph_sees_all(callee->function);
    Call call = {.callee = callee,
                 .caller = CurrentMemoryContext,
                 .settings = {.sees_all = sees_all},
                 .set = set,
                 .is_null = true};

    check_encoding();
    begin_session();
    if (SPI_connect() != SPI_OK_CONNECT) elog(ERROR, "codegraph: cannot connect to SPI");
    call.scratch = AllocSetContextCreate(CurrentMemoryContext, "codegraph request", ALLOCSET_DEFAULT_SIZES);
    call.plans = plans_begin(psprintf("%s.codegraph_", quote_identifier(callee->schema)), sees_all);
    run_operation(&call, arguments, count);
    use_callers_settings(&call.settings);
    SPI_finish();
    *is_null = call.is_null;
    return call.result;
}
