// The snapshots of a repository, and their roots.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> snapshots(const Arguments& arguments);
Task<> snapshot_root(const Arguments& arguments);

}  // namespace codegraph
