// Measures rows 9, 11 and 12 of the goals beside one table of chunks and one of dependencies: loading code into an
// empty store, reading a whole snapshot back, and searching its contents.
#pragma once
#include <set>

#include "results.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr int load_rows[] = {9, 11, 12};

// Makes a new database for each load. Throws std::runtime_error when what is loaded or read differs.
void measure_loads(const MakeDatabase& make_database, const Workload& workload, const std::set<int>& rows, int runs,
                   Results& results);

}  // namespace codegraph::bench
