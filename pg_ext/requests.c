#include "pg_ext/requests.h"

#include "executor/tuptable.h"
#include "nodes/params.h"
#include "pg_ext/values.h"
#include "tcop/dest.h"
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

void execute_into(CgRows* rows, SPIPlanPtr plan, ParamListInfo parameters, bool read_only, bool as_text) {
    RowsReceiver receiver = {
        .base = {.receiveSlot = receive_row,
                 .rStartup = receive_startup,
                 .rShutdown = receive_nothing,
                 .rDestroy = receive_nothing,
                 .mydest = DestNone},
        .rows = rows,
        .as_text = as_text,
    };
    SPIExecuteOptions options = {.params = parameters, .read_only = read_only, .dest = &receiver.base};
    int status = SPI_execute_plan_extended(plan, &options);

    if (status < 0) elog(ERROR, "codegraph: cannot run a statement: %s", SPI_result_code_string(status));
    codegraph_rows_changed(rows, (int64)SPI_processed);
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

void serve_statement(PlanSet plans, const CgRequest* request, bool many, bool read_only, MemoryContext scratch) {
    SPIPlanPtr plan = kept_plan(plans, request->statement, many);
    MemoryContext spi = MemoryContextSwitchTo(scratch);
    ParamListInfo parameters = parameters_of(request, many);

    MemoryContextSwitchTo(spi);
    execute_into(request->rows, plan, parameters, read_only, false);
}

/* A read-only statement runs under the snapshot that is active. */
void serve_statement_now(PlanSet plans, const CgRequest* request, MemoryContext scratch) {
    PushActiveSnapshot(GetLatestSnapshot());
    serve_statement(plans, request, false, true, scratch);
    PopActiveSnapshot();
}
