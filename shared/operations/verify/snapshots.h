// cg_verify checks snapshots and their logs.
#pragma once
#include <string>
#include <vector>

#include "operations/verify/findings.h"
#include "storage/repository.h"
#include "tree/walk.h"

namespace codegraph {

struct ReadableSnapshot {
    std::string snapshot_id;
    Digest root;
};

// Checks every snapshot and its log. `nodes` holds the hashes of all stored tree nodes. Returns the snapshots whose row
// is sound and whose root is stored.
Task<std::vector<ReadableSnapshot>> verify_history(const Repository& repository, Findings& findings,
                                                   const DigestSet& nodes);

}  // namespace codegraph
