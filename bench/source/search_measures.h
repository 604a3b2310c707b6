// Row 12 of the goals: finding a substring in the contents of a snapshot, beside LIKE over one table, with and without
// an index of trigrams on either side.
#pragma once
#include "recorder.h"
#include "session.h"

namespace codegraph::bench {

// In a database with the workload in codegraph and in stored_chunks (load_baselines.h), with integer ids and no index
// of contents yet. Throws std::runtime_error when answers differ.
void measure_search(Session& session, bool postgres, const Workload& workload, int runs, Recorder& recorder);

}  // namespace codegraph::bench
