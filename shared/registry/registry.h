// The list of all SQL functions. The adapters, the install script and the reference are made from it. "How to add a SQL
// function" in docs/architecture.md lists all steps; the entry stands in readers.cpp or writers.cpp.
//
// An entry says to the adapters:
// - `result`: `one_value` is a scalar function. `rows` is a set-returning function in PostgreSQL, a table function in
//   SQLite.
// - `effect`: A `reads` function works on a read-only database; PostgreSQL has it as STABLE, all others as VOLATILE. A
//   `writes` function is undone as a whole when it fails; SQLite runs it in a savepoint. A `founds` function is one
//   that writes and, before that, makes the tables of a SQLite file that has none. A `configures` function changes
//   nothing but the connection.
//
// An entry says to the planners, for a repository whose snapshots have 1,000 files and 10,000 chunks:
// - `rows`: how many rows a typical call returns, to a power of ten or so. It decides which side of a join is the outer
//   one.
// - `microseconds`: how long a typical call takes once the connection is warm, to a power of ten or so. A few look-ups
//   by key take 100, a walk over the files of a snapshot 10,000, one over its chunks 100,000. PostgreSQL gets the value
//   as COST. SQLite gets it as the estimated cost of a table function.
// - `narrowings`: the columns by whose value a call finds its rows faster, with the rows and microseconds of such a
//   call. SQLite alone passes such values on (sqlite_ext/table_functions.h). A function reads one with
//   Arguments::required_value().
// - `costly`: the columns that a function need not read when nobody looks at them. SQLite alone tells
//   (sqlite_ext/table_functions.h). A function asks Arguments::uses().
#pragma once
#include <string_view>
#include <vector>

#include "engine/function.h"

namespace codegraph {

// Returns all functions, in the order of the reference.
const std::vector<const CgFunction*>& all_functions();
// Returns nullptr when no function has the name.
const CgFunction* find_function(std::string_view name);

}  // namespace codegraph
