/*
 * Converts values between the core's cells and PostgreSQL's datums: arguments, parameters of statements, values of
 * answers and results. What is allocated lives in the current memory context.
 */
#ifndef CODEGRAPH_VALUES_H
#define CODEGRAPH_VALUES_H
#include "pg_ext/postgres_base.h"

/* Returns an argument that is not NULL, of the declared type. The cell points into the datum or a copy of it. */
extern CgCell argument_cell(Datum value, Oid type);

/* Returns the type of a parameter by its letter in CgStatement.parameters. `many` asks for the type of its array. */
extern Oid parameter_type(char letter, bool many);
/* Returns a parameter of a statement. */
extern Datum parameter_datum(const CgCell* cell, char letter, bool* is_null);
/* Returns the parameters of one column of a CG_MANY request as an array. */
extern Datum parameter_array(const CgRequest* request, size_t column, char letter);

/* Returns a value of the caller's result, of the declared type. A text is put where `*room` points, which then points
   behind the text. When `room` is NULL the text is allocated. */
extern Datum result_datum(const CgCell* cell, Oid type, char** room, bool* is_null);
/* Returns how many bytes of room a value may take. */
extern size_t room_for_text(const CgCell* cell);

/* Appends a value to an answer. */
extern void keep_value(CgRows* rows, Datum value, Oid type, bool is_null);
/* Appends a value to an answer as text, whatever its type is. */
extern void keep_value_as_text(CgRows* rows, Datum value, Oid type, bool is_null);

#endif
