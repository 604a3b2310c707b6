#include "pg_ext/values.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "datatype/timestamp.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

/* ---- arguments ---- */

static CgCell integer_cell(int64 value) {
    CgCell cell = {.type = CG_INTEGER};

    cell.integer = value;
    return cell;
}

static CgCell text_cell(const char* data, size_t size) {
    CgCell cell = {.type = CG_TEXT};

    cell.data = data;
    cell.size = size;
    return cell;
}

static CgCell jsonb_cell(Datum value) {
    Jsonb* document = DatumGetJsonbP(value);
    char* text = JsonbToCString(NULL, &document->root, VARSIZE(document));

    return text_cell(text, strlen(text));
}

CgCell argument_cell(Datum value, Oid type) {
    switch (type) {
        case TEXTOID:
        case JSONOID: {
            text* packed = DatumGetTextPP(value);

            return text_cell(VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed));
        }
        case JSONBOID:
            return jsonb_cell(value);
        case INT4OID:
            return integer_cell(DatumGetInt32(value));
        case INT8OID:
            return integer_cell(DatumGetInt64(value));
        case BOOLOID:
            return integer_cell(DatumGetBool(value) ? 1 : 0);
        case FLOAT8OID: {
            CgCell cell = {.type = CG_REAL};

            cell.real = DatumGetFloat8(value);
            return cell;
        }
        default:
            ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
                            errmsg("codegraph: arguments of type %s are not supported", format_type_be(type))));
    }
    return (CgCell){.type = CG_NULL}; /* not reached */
}

/* ---- parameters and results ---- */

static Datum varlena_datum(const CgCell* cell) {
    if (cell->size > MaxAllocSize - VARHDRSZ)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                        errmsg("codegraph: a value of %zu bytes is more than PostgreSQL can hold", cell->size)));
    return PointerGetDatum(cstring_to_text_with_len(cell->data, (int)cell->size));
}

static Datum unexpected_cell(const CgCell* cell, const char* expected) {
    static const char* const names[] = {"NULL", "an integer", "a number", "text", "bytes"};

    ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
                    errmsg("codegraph: the core gave %s where %s is expected", names[cell->type], expected)));
    return (Datum)0; /* not reached */
}

Oid parameter_type(char letter, bool many) {
    switch (letter) {
        case 'i':
            return many ? INT8ARRAYOID : INT8OID;
        case 'r':
            return many ? FLOAT8ARRAYOID : FLOAT8OID;
        case 't':
            return many ? TEXTARRAYOID : TEXTOID;
        case 'b':
            return many ? BYTEAARRAYOID : BYTEAOID;
        default:
            elog(ERROR, "codegraph: unknown parameter letter \"%c\"", letter);
    }
    return InvalidOid; /* not reached */
}

Datum parameter_datum(const CgCell* cell, char letter, bool* is_null) {
    *is_null = cell->type == CG_NULL;
    if (*is_null) return (Datum)0;
    switch (letter) {
        case 'i':
            return cell->type == CG_INTEGER ? Int64GetDatum(cell->integer) : unexpected_cell(cell, "an integer");
        case 'r':
            return cell->type == CG_REAL ? Float8GetDatum(cell->real) : unexpected_cell(cell, "a number");
        case 't':
            return cell->type == CG_TEXT ? varlena_datum(cell) : unexpected_cell(cell, "text");
        default:
            return cell->type == CG_BLOB ? varlena_datum(cell) : unexpected_cell(cell, "bytes");
    }
}

/* The array has copies of the texts, which may be large. */
static void free_values(Datum* values, const bool* nulls, size_t count, bool by_value) {
    for (size_t i = 0; i < count && !by_value; i++)
        if (!nulls[i]) pfree(DatumGetPointer(values[i]));
    pfree(values);
}

Datum parameter_array(const CgRequest* request, size_t column, char letter) {
    Oid element = parameter_type(letter, false);
    ArrayType* array;
    Datum* values = palloc(sizeof(Datum) * Max(request->height, 1));
    bool* nulls = palloc(sizeof(bool) * Max(request->height, 1));
    int dimensions[1] = {(int)request->height}, bounds[1] = {1};
    int16 length;
    bool by_value;
    char alignment;

    if (request->height == 0) return PointerGetDatum(construct_empty_array(element));
    for (size_t row = 0; row < request->height; row++)
        values[row] = parameter_datum(&request->cells[row * request->width + column], letter, &nulls[row]);
    get_typlenbyvalalign(element, &length, &by_value, &alignment);
    array = construct_md_array(values, nulls, 1, dimensions, bounds, element, length, by_value, alignment);
    free_values(values, nulls, request->height, by_value);
    return PointerGetDatum(array);
}

static Datum int4_datum(int64 value) {
    if (value < PG_INT32_MIN || value > PG_INT32_MAX)
        ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
                        errmsg("codegraph: " INT64_FORMAT " is out of range for type integer", value)));
    return Int32GetDatum((int32)value);
}

/* Makes a time of milliseconds since 1970. */
static Datum timestamptz_datum(int64 milliseconds) {
    const int64 epoch = (int64)(POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY * 1000;
    int64 since_2000, microseconds;

    if (pg_sub_s64_overflow(milliseconds, epoch, &since_2000) || pg_mul_s64_overflow(since_2000, 1000, &microseconds) ||
        !IS_VALID_TIMESTAMP(microseconds))
        ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                        errmsg("codegraph: timestamp out of range: " INT64_FORMAT " ms", milliseconds)));
    return TimestampTzGetDatum(microseconds);
}

size_t room_for_text(const CgCell* cell) {
    return cell->type == CG_TEXT ? MAXIMUM_ALIGNOF + VARHDRSZ + cell->size : 0;
}

/* Puts a text where `*room` points. A short text gets the short header that it would get in a tuple anyway. */
static Datum text_datum_in(const CgCell* cell, char** room) {
    char* place = *room;

    if (cell->size + VARHDRSZ_SHORT <= VARATT_SHORT_MAX) {
        SET_VARSIZE_SHORT(place, cell->size + VARHDRSZ_SHORT);
        memcpy(VARDATA_SHORT(place), cell->data, cell->size);
        *room = place + VARHDRSZ_SHORT + cell->size;
    } else {
        if (cell->size > MaxAllocSize - VARHDRSZ) return varlena_datum(cell); /* raises the error */
        place = (char*)MAXALIGN(place);
        SET_VARSIZE(place, cell->size + VARHDRSZ);
        memcpy(VARDATA(place), cell->data, cell->size);
        *room = place + VARHDRSZ + cell->size;
    }
    return PointerGetDatum(place);
}

Datum result_datum(const CgCell* cell, Oid type, char** room, bool* is_null) {
    bool integral = type == INT4OID || type == INT8OID || type == BOOLOID || type == TIMESTAMPTZOID;

    *is_null = cell->type == CG_NULL;
    if (*is_null) return (Datum)0;
    if (integral && cell->type != CG_INTEGER) return unexpected_cell(cell, "an integer");
    switch (type) {
        case TEXTOID:
        case JSONOID:
            if (cell->type != CG_TEXT) return unexpected_cell(cell, "text");
            return room ? text_datum_in(cell, room) : varlena_datum(cell);
        case FLOAT8OID:
            return cell->type == CG_REAL ? Float8GetDatum(cell->real) : unexpected_cell(cell, "a number");
        case INT4OID:
            return int4_datum(cell->integer);
        case INT8OID:
            return Int64GetDatum(cell->integer);
        case BOOLOID:
            return BoolGetDatum(cell->integer != 0);
        case TIMESTAMPTZOID:
            return timestamptz_datum(cell->integer);
        default:
            ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
                            errmsg("codegraph: results of type %s are not supported", format_type_be(type))));
    }
    return (Datum)0; /* not reached */
}

/* ---- answers ---- */

static void check_memory(bool enough_memory) {
    if (!enough_memory) ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
}

static bool keep_varlena(CgRows* rows, Datum value, bool as_text) {
    struct varlena* packed = PG_DETOAST_DATUM_PACKED(value);
    const char* data = VARDATA_ANY(packed);
    size_t size = VARSIZE_ANY_EXHDR(packed);
    bool enough_memory = as_text ? codegraph_rows_text(rows, data, size) : codegraph_rows_blob(rows, data, size);

    if ((Pointer)packed != DatumGetPointer(value)) pfree(packed);
    return enough_memory;
}

void keep_value(CgRows* rows, Datum value, Oid type, bool is_null) {
    if (is_null) {
        check_memory(codegraph_rows_null(rows));
        return;
    }
    switch (type) {
        case INT8OID:
            check_memory(codegraph_rows_integer(rows, DatumGetInt64(value)));
            break;
        case INT4OID:
            check_memory(codegraph_rows_integer(rows, DatumGetInt32(value)));
            break;
        case BOOLOID:
            check_memory(codegraph_rows_integer(rows, DatumGetBool(value) ? 1 : 0));
            break;
        case FLOAT8OID:
            check_memory(codegraph_rows_real(rows, DatumGetFloat8(value)));
            break;
        case TEXTOID:
        case VARCHAROID:
        case JSONOID:
            check_memory(keep_varlena(rows, value, true));
            break;
        case BYTEAOID:
            check_memory(keep_varlena(rows, value, false));
            break;
        default:
            elog(ERROR, "codegraph: a statement answers with a value of type %s", format_type_be(type));
    }
}

void keep_value_as_text(CgRows* rows, Datum value, Oid type, bool is_null) {
    Oid output;
    bool is_varlena;
    char* text;

    if (is_null || type == TEXTOID || type == VARCHAROID || type == JSONOID) {
        keep_value(rows, value, type, is_null);
        return;
    }
    getTypeOutputInfo(type, &output, &is_varlena);
    text = OidOutputFunctionCall(output, value);
    check_memory(codegraph_rows_text(rows, text, strlen(text)));
    pfree(text);
}
