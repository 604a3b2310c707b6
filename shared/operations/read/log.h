// cg_log returns the revisions of snapshots.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> log_entries(const Arguments& arguments);

}  // namespace codegraph
