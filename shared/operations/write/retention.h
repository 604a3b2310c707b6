// Forgets revisions, and frees what nothing reaches.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> prune(const Arguments& arguments);
Task<> gc(const Arguments& arguments);

}  // namespace codegraph
