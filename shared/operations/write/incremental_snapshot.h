// Replaces the files that an analyzer is asked about.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> create_incremental_snapshot(const Arguments& arguments);

}  // namespace codegraph
