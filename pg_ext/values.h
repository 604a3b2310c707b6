/*
 * Values on their way between the core's cells and PostgreSQL's datums: arguments in, parameters of statements, rows of
 * answers, results out. Whatever is allocated lives in the current memory context.
 */
#ifndef CODEGRAPH_VALUES_H
#define CODEGRAPH_VALUES_H
#include "pg_ext/postgres_base.h"

/* An argument that is not NULL, by its declared type. The cell points into the datum or a copy of it. */
extern CgCell argument_cell(Datum value, Oid type);

/* A parameter of a statement, by its letter in CgStatement.parameters; `many`: the type of an array of them. */
extern Oid parameter_type(char letter, bool many);
extern Datum parameter_datum(const CgCell* cell, char letter, bool* is_null);
/* The parameters of one column of a CG_MANY request, as an array. */
extern Datum parameter_array(const CgRequest* request, size_t column, char letter);

/* A value of the caller's result, by its declared type. A text is put where `*room` points, which then points behind
   it; without room it is allocated. */
extern Datum result_datum(const CgCell* cell, Oid type, char** room, bool* is_null);
/* How much room a value may take there. */
extern size_t room_for_text(const CgCell* cell);

/* Appends a value of an answer. */
extern void keep_value(CgRows* rows, Datum value, Oid type, bool is_null);
/* The same, written as text whatever its type is. */
extern void keep_value_as_text(CgRows* rows, Datum value, Oid type, bool is_null);

#endif
