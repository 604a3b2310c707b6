// Measures rows 7 and 8 of the goals beside plain tables where a snapshot is a copy of all rows: making a snapshot that
// differs in one file, and finding what differs between two snapshots.
#pragma once
#include <set>

#include "results.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr int snapshot_rows[] = {7, 8};

// Needs a database that holds the workload. Throws std::runtime_error when answers differ.
void measure_snapshots(Database& database, const Workload& workload, const std::set<int>& rows, int runs,
                       Results& results);

}  // namespace codegraph::bench
