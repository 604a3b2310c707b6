// cg_stats counts what is stored.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> stats(const Arguments& arguments);

}  // namespace codegraph
