// cg_status tells what an operator watches: how much each repository holds, and what the connection keeps in memory.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> status(const Arguments& arguments);

}  // namespace codegraph
