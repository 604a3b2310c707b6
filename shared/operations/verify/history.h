// What cg_verify checks of snapshots and their log.
#pragma once
#include "operations/verify/files.h"
#include "operations/verify/findings.h"
#include "operations/verify/tree.h"

namespace codegraph {

// Gives the snapshots whose roots can be read.
Task<std::vector<SnapshotRoot>> verify_history(const Repository& repository, Findings& findings,
                                               const DigestSet& nodes);

}  // namespace codegraph
