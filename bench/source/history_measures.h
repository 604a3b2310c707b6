// Measures row 10 of the goals: what many snapshots cost, in space and in time.
#pragma once
#include <set>

#include "results.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr int history_rows[] = {10};

// Makes a new database for each part. Throws std::runtime_error when an answer is wrong.
void measure_history(const MakeDatabase& make_database, const Workload& workload, int runs, Results& results);

}  // namespace codegraph::bench
