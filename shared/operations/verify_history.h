// What cg_verify checks of snapshots and their log.
#pragma once
#include "operations/findings.h"
#include "operations/verify_files.h"
#include "operations/verify_tree.h"

namespace codegraph {

// Gives the snapshots whose roots can be read.
Task<std::vector<SnapshotRoot>> verify_history(const Repository& repository, Findings& findings,
                                               const DigestSet& nodes);

}  // namespace codegraph
