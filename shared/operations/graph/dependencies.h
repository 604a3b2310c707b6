// The dependencies of a snapshot, edge by edge.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> dependencies(const Arguments& arguments);
Task<> dependencies_from(const Arguments& arguments);
Task<> dependencies_to(const Arguments& arguments);

}  // namespace codegraph
