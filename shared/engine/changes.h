// Makes sure that the database changed what a statement asked it to. A trigger of the user can leave a row out without
// an error (RETURN NULL in PostgreSQL, RAISE(IGNORE) in SQLite). What was written would then be there in part.
#pragma once
#include <cstddef>

#include "base/error.h"
#include "engine/request.h"

namespace codegraph {

// Throws skipped_rows() when fewer rows were changed than `expected`. The statement is an INSERT, UPDATE or DELETE that
// begins with these words.
void check_changed(const Statement& statement, const Rows& rows, size_t expected = 1);

// Returns the error for rows that this statement left out.
Error rows_skipped_by(const Statement& statement);

// Inserts rows of which some may be there already, and returns how many it inserted. Throws skipped_rows() when a row
// is not there afterwards. `insert` does nothing where a row is there, and has no two rows with one key. `find` takes
// the first columns of `insert`, the key, and returns one row for each key that is there.
Task<size_t> insert_missing(const Batch& insert, const Statement& find);

}  // namespace codegraph
