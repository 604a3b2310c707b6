// What the two comparisons begin with: the snapshots of arguments 0 to 2 and the files that differ between them.
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
    std::vector<TreeEntry> before, after;  // the changed files
};

Task<SnapshotDifference> snapshot_difference(const Arguments& arguments);

// The symbols of all chunks that cg_compare_commits lists; some may come twice.
Task<std::vector<std::string>> changed_symbols(const SnapshotDifference& difference);

}  // namespace codegraph
