// Measures rows 4 and 13 of the goals, and of row 14 what the core alone takes: in this process, without a database.
#pragma once
#include <set>

#include "results.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr int core_rows[] = {4, 13, 14};

void measure_core(const Workload& workload, const std::set<int>& rows, int runs, Results& results);

}  // namespace codegraph::bench
