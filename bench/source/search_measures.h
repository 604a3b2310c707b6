// Measures row 12 of the goals: finding a substring in the contents of a snapshot beside LIKE over one table, with and
// without an index of trigrams on either side.
#pragma once
#include "recorder.h"
#include "session.h"

namespace codegraph::bench {

// Needs a database that holds the workload in codegraph, and with integer ids in stored_chunks (load_baselines.h), and
// that has no index of contents yet. Throws std::runtime_error when answers differ.
void measure_search(Session& session, bool postgres, const Workload& workload, int runs, Recorder& recorder);

}  // namespace codegraph::bench
