// The chunks that differ between two snapshots.
#pragma once
#include <string>
#include <vector>

#include "operations/read/snapshot_difference.h"

namespace codegraph {

Task<> compare_commits(const Arguments& arguments);

// Gives the symbols of all chunks that cg_compare_commits lists; some may come twice.
Task<std::vector<std::string>> find_changed_symbols(const SnapshotDifference& difference);

}  // namespace codegraph
