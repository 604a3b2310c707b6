// Rows 9, 11 and 12 of the goals: bringing code into an empty store, reading a whole snapshot back and searching its
// contents, against one table of chunks and one of dependencies.
#pragma once
#include <set>

#include "results.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr int load_rows[] = {9, 11, 12};

// Each load goes into a new database, where nothing else is: it replaces the one made before. Throws std::runtime_error
// when what is loaded or read differs.
void measure_loads(const MakeDatabase& make_database, const Workload& workload, const std::set<int>& rows, int runs,
                   Results& results);

}  // namespace codegraph::bench
