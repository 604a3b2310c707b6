// The one table of SQL functions. Adding a function takes its lists of arguments and columns in signatures/, one entry
// in readers.cpp or writers.cpp and one coroutine in a room of operations/; the adapters, the install script and the
// reference follow.
//
// What an entry says to the planners:
// - `rows`: how many rows a typical call on a repository of 100,000 chunks gives, to a power of ten. It decides which
//   side of a join is the outer one. One for what finds by a key.
// - `microseconds`: how long a typical warm call takes on that repository, to a power of ten or so. A look-up by a key
//   takes 100, a walk over the files of a snapshot 10,000, one over its chunks 100,000. PostgreSQL gets it as COST,
//   SQLite as the estimated cost.
// - `narrowings`: the columns by whose value the function finds its rows faster, and what a call takes then.
// And to the adapters:
// - `effect`: `reads` works on a read-only database. `writes` is atomic and may be called again. `founds` is a writer
//   that also makes the tables of a SQLite file that has none. `configures` changes the connection alone.
// - `result`: `one_value` is a scalar function; `rows` a set-returning one, a table function in SQLite.
#pragma once
#include <string_view>
#include <vector>

#include "engine/function.h"

namespace codegraph {

// All functions, in the order of the reference.
const std::vector<const CgFunction*>& all_functions();
const CgFunction* find_function(std::string_view name);  // nullptr: there is none

}  // namespace codegraph
