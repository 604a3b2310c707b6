// Measures rows 1, 2, 3, 5 and 6 of the goals: traversals through SQL beside plain SQL in the same database.
#pragma once
#include <set>

#include "results.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr int sql_rows[] = {1, 2, 3, 5, 6};

// Throws std::runtime_error when two ways to answer the same question differ, before any of them is timed.
void measure_sql(Database& database, const Workload& workload, const std::set<int>& rows, int runs, Results& results);

}  // namespace codegraph::bench
