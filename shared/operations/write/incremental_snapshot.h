// cg_create_incremental_snapshot replaces the files that have changed by what an analyzer makes of them.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> create_incremental_snapshot(const Arguments& arguments);

}  // namespace codegraph
