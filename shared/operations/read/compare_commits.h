// cg_compare_commits returns the chunks that differ between two snapshots, and cg_compare_dependencies the
// dependencies.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> compare_commits(const Arguments& arguments);
Task<> compare_dependencies(const Arguments& arguments);

}  // namespace codegraph
