// cg_snapshots returns the snapshots of a repository, and cg_snapshot_root the root of one.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> snapshots(const Arguments& arguments);
Task<> snapshot_root(const Arguments& arguments);

}  // namespace codegraph
