#include "pg_ext/requests.h"

#include "access/xact.h"
#include "executor/executor.h"
#include "executor/tuptable.h"
#include "nodes/params.h"
#include "pg_ext/values.h"
#include "tcop/dest.h"
#include "tcop/pquery.h"
#include "tcop/utility.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

/* ---- the answer, which a DestReceiver of our own takes at half the cost of SPI_tuptable ---- */

typedef struct RowsReceiver {
    DestReceiver base;
    CgRows* rows;
    bool as_text;
} RowsReceiver;

static void receive_startup(DestReceiver* self, int operation, TupleDesc row_type) {
    codegraph_rows_begin(((RowsReceiver*)self)->rows, (size_t)row_type->natts);
}

static bool receive_row(TupleTableSlot* slot, DestReceiver* self) {
    RowsReceiver* receiver = (RowsReceiver*)self;
    TupleDesc row_type = slot->tts_tupleDescriptor;

    slot_getallattrs(slot);
    for (int i = 0; i < row_type->natts; i++) {
        Oid type = TupleDescAttr(row_type, i)->atttypid;

        if (receiver->as_text)
            keep_value_as_text(receiver->rows, slot->tts_values[i], type, slot->tts_isnull[i]);
        else
            keep_value(receiver->rows, slot->tts_values[i], type, slot->tts_isnull[i]);
    }
    return true;
}

static void receive_nothing(DestReceiver* self) {}

static RowsReceiver receiver_of(CgRows* rows, bool as_text) {
    return (RowsReceiver){
        .base = {.receiveSlot = receive_row,
                 .rStartup = receive_startup,
                 .rShutdown = receive_nothing,
                 .rDestroy = receive_nothing,
                 .mydest = DestNone},
        .rows = rows,
        .as_text = as_text,
    };
}

void execute_into(CgRows* rows, SPIPlanPtr plan, ParamListInfo parameters, bool read_only, bool as_text) {
    RowsReceiver receiver = receiver_of(rows, as_text);
    SPIExecuteOptions options = {.params = parameters, .read_only = read_only, .dest = &receiver.base};
    int status = SPI_execute_plan_extended(plan, &options);

    if (status < 0) elog(ERROR, "codegraph: cannot run a statement: %s", SPI_result_code_string(status));
    codegraph_rows_changed(rows, (int64)SPI_processed);
}

/* ---- running a plan ---- */

static void name_statement(void* text) {
    errcontext("SQL statement \"%s\"", (const char*)text);
}

/* A writer's statement sees what the call did before, and what others have committed meanwhile. A reader's statement
   sees what the caller's query sees. */
static void begin_snapshot(bool read_only) {
    EnsurePortalSnapshotExists();
    if (read_only) return;
    PushActiveSnapshot(GetTransactionSnapshot());
    CommandCounterIncrement();
    UpdateActiveSnapshotCommandId();
}

static void end_snapshot(bool read_only) {
    if (read_only) return;
    PopActiveSnapshot();
    CommandCounterIncrement();
}

/* Runs the plan as SPI_execute_plan() would, which first looks again whether the plan is good. It would not be, because
   the caller's search_path is in force. */
static void run_plan(const ReadyPlan* ready, CgRows* rows, ParamListInfo parameters, bool read_only) {
    const CachedPlanSource* source = linitial(SPI_plan_get_plan_sources(ready->plan));
    RowsReceiver receiver = receiver_of(rows, false);
    ErrorContextCallback context = {
        .previous = error_context_stack, .callback = name_statement, .arg = (void*)source->query_string};
    QueryDesc* query;

    if (read_only && !CommandIsReadOnly(ready->statement)) elog(ERROR, "codegraph: a reader must not write");
    error_context_stack = &context;
    begin_snapshot(read_only);
    query = CreateQueryDesc(ready->statement, source->query_string, GetActiveSnapshot(), InvalidSnapshot,
                            &receiver.base, parameters, NULL, 0);
    ExecutorStart(query, 0);
    ExecutorRun(query, ForwardScanDirection, 0, true);
    codegraph_rows_changed(rows, (int64)query->estate->es_processed);
    ExecutorFinish(query);
    ExecutorEnd(query);
    FreeQueryDesc(query);
    end_snapshot(read_only);
    error_context_stack = context.previous;
}

/* ---- the request ---- */

static ParamListInfo parameters_of(const CgRequest* request, bool many) {
    const char* letters = request->statement->parameters;
    size_t count = strlen(letters);
    ParamListInfo parameters = makeParamList((int)count);

    if (request->width != count)
        elog(ERROR, "codegraph: %zu parameters where %zu are expected: %s", request->width, count,
             request->statement->postgres);
    for (size_t i = 0; i < count; i++) {
        ParamExternData* parameter = &parameters->params[i];

        parameter->isnull = false;
        if (many)
            parameter->value = parameter_array(request, i, letters[i]);
        else
            parameter->value = parameter_datum(&request->cells[i], letters[i], &parameter->isnull);
        parameter->pflags = PARAM_FLAG_CONST;
        parameter->ptype = parameter_type(letters[i], many);
    }
    return parameters;
}

void serve_statement(Settings* settings, PlanSet plans, const CgRequest* request, bool many, bool read_only,
                     MemoryContext scratch) {
    MemoryContext spi;
    ParamListInfo parameters;
    ReadyPlan ready;

    use_own_settings(settings);
    ready = ready_plan(plans, request->statement, many);
    spi = MemoryContextSwitchTo(scratch);
    parameters = parameters_of(request, many);
    if (!ready.statement) {
        MemoryContextSwitchTo(spi);
        release_plan(&ready);
        execute_into(request->rows, ready.plan, parameters, read_only, false);
        return;
    }
    if (ready.runs_code_of_users) use_callers_settings(settings);
    run_plan(&ready, request->rows, parameters, read_only);
    release_plan(&ready);
    MemoryContextSwitchTo(spi);
}

/* A read-only statement runs under the snapshot that is active. */
void serve_statement_now(Settings* settings, PlanSet plans, const CgRequest* request, MemoryContext scratch) {
    PushActiveSnapshot(GetLatestSnapshot());
    serve_statement(settings, plans, request, false, true, scratch);
    PopActiveSnapshot();
}
