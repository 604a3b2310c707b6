// A comparison of two snapshots begins with the files that differ between them.
#pragma once
#include <vector>

#include "engine/arguments.h"
#include "storage/repository.h"
#include "storage/snapshot.h"
#include "tree/diff.h"

namespace codegraph {

struct SnapshotDifference {
    Repository repository;
    Snapshot from, to;
    std::vector<TreeChange> changes;       // by path
    std::vector<TreeEntry> before, after;  // the changed files in each snapshot
};

// Finds the snapshots that comparison_arguments name, and their difference.
Task<SnapshotDifference> snapshot_difference(const Arguments& arguments);

}  // namespace codegraph
