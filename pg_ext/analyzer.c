#include "pg_ext/analyzer.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/dbcommands.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/params.h"
#include "nodes/value.h"
#include "parser/parse_func.h"
#include "pg_ext/requests.h"
#include "pg_ext/values.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/varlena.h"

/* The cells of CG_FIND_FUNCTION and CG_CALL_FUNCTION. */
enum { analyzer_name_cell, analyzer_argument_cell };

/* Returns the parts of a name, which may be qualified, as C strings, or NIL when it is malformed. */
static List* name_parts(const char* name) {
    List* parts = NIL;

    if (!SplitIdentifierString(pstrdup(name), '.', &parts)) return NIL;
    return parts;
}

/* Returns false where the parser would raise an error: more than three parts, another database, an unknown schema. */
static bool names_a_schema_that_exists(const List* parts) {
    if (list_length(parts) > 3) return false;
    if (list_length(parts) == 3 && strcmp(linitial(parts), get_database_name(MyDatabaseId)) != 0) return false;
    if (list_length(parts) >= 2)
        return OidIsValid(LookupExplicitNamespace(list_nth(parts, list_length(parts) - 2), true));
    return true;
}

static bool is_callable(const char* name) {
    Oid argument = TEXTOID, function, result, variadic;
    Oid* declared;
    bool returns_set;
    int variadics;
    List *defaults, *parts = name_parts(name), *names = NIL;
    ListCell* part;

    if (parts == NIL || !names_a_schema_that_exists(parts)) return false;
    foreach (part, parts) names = lappend(names, makeString(lfirst(part)));
    return func_get_detail(names, NIL, NIL, 1, &argument, true, true, false, &function, &result, &returns_set,
                           &variadics, &variadic, &declared, &defaults) == FUNCDETAIL_NORMAL &&
           !returns_set;
}

void find_function(const CgRequest* request, MemoryContext scratch) {
    MemoryContext spi = MemoryContextSwitchTo(scratch);
    const CgCell* name = &request->cells[analyzer_name_cell];
    bool found = is_callable(pnstrdup(name->data, name->size));

    MemoryContextSwitchTo(spi);
    codegraph_rows_begin(request->rows, 1);
    if (found) keep_value(request->rows, BoolGetDatum(true), BOOLOID, false);
}

/* Prepares `SELECT "schema"."name"($1)`. The parser resolves the name, casts the argument and checks the rights. */
static SPIPlanPtr prepare_call(const char* name) {
    Oid types[1] = {TEXTOID};
    StringInfoData text;
    ListCell* part;
    List* parts = name_parts(name);
    SPIPlanPtr plan;

    initStringInfo(&text);
    appendStringInfoString(&text, "SELECT ");
    foreach (part, parts)
        appendStringInfo(&text, "%s%s", foreach_current_index(part) > 0 ? "." : "", quote_identifier(lfirst(part)));
    appendStringInfoString(&text, "($1)");
    plan = SPI_prepare(text.data, 1, types);
    if (!plan) elog(ERROR, "codegraph: cannot prepare a call: %s", SPI_result_code_string(SPI_result));
    return plan;
}

static void use_function(Analyzer* analyzer, const CgCell* name) {
    if (analyzer->name && strlen(analyzer->name) == name->size && memcmp(analyzer->name, name->data, name->size) == 0)
        return;
    analyzer->name = pnstrdup(name->data, name->size);
    analyzer->plan = prepare_call(analyzer->name);
}

void call_function(Analyzer* analyzer, const CgRequest* request, bool read_only, MemoryContext scratch) {
    ParamListInfo parameters;
    ParamExternData* parameter; /* points at the only one */
    MemoryContext spi;

    use_function(analyzer, &request->cells[analyzer_name_cell]);
    spi = MemoryContextSwitchTo(scratch);
    parameters = makeParamList(1);
    parameter = parameters->params;
    parameter->value = parameter_datum(&request->cells[analyzer_argument_cell], 't', &parameter->isnull);
    parameter->pflags = PARAM_FLAG_CONST;
    parameter->ptype = TEXTOID;
    MemoryContextSwitchTo(spi);
    execute_into(request->rows, analyzer->plan, parameters, read_only, true);
}
