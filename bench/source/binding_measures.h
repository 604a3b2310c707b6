// Measures row 14 of the goals: what candidates and aliases add to the first call of a connection.
#pragma once
#include "results.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr int binding_rows[] = {14};

// Makes a database with two repositories of equal graphs, whose dependencies are named in the two ways.
void measure_binding(const MakeDatabase& make_database, const Workload& workload, int runs, Results& results);

}  // namespace codegraph::bench
