// cg_compare_commits returns the chunks that differ between two snapshots.
#pragma once
#include <string>
#include <vector>

#include "operations/read/snapshot_difference.h"

namespace codegraph {

Task<> compare_commits(const Arguments& arguments);

// Returns the symbols of all chunks that cg_compare_commits lists. A symbol may come twice.
Task<std::vector<std::string>> find_changed_symbols(const SnapshotDifference& difference);

}  // namespace codegraph
