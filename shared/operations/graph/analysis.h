// Answers questions about the whole graph of a snapshot: a path between two chunks, cycles, importance, and which
// chunks nothing depends on.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> dependency_path(const Arguments& arguments);
Task<> cycles(const Arguments& arguments);
Task<> importance(const Arguments& arguments);
Task<> unreferenced(const Arguments& arguments);

}  // namespace codegraph
