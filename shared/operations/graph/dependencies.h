// Lists dependencies of a snapshot: all, those that start in a chunk, or those that point at one.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> dependencies(const Arguments& arguments);
Task<> dependencies_from(const Arguments& arguments);
Task<> dependencies_to(const Arguments& arguments);

}  // namespace codegraph
