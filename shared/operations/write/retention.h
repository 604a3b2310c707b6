// cg_prune forgets revisions, and cg_gc frees what no snapshot and no revision reaches any more.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> prune(const Arguments& arguments);
Task<> gc(const Arguments& arguments);

}  // namespace codegraph
