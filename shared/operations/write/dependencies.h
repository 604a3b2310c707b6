// cg_save_dependency and cg_save_dependencies save dependencies.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> save_dependency(const Arguments& arguments);
Task<> save_dependencies(const Arguments& arguments);

}  // namespace codegraph
