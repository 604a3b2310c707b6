// Tells for what the aliases of a snapshot stand, and for what any path stands.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> aliases(const Arguments& arguments);
Task<> resolve_path(const Arguments& arguments);

}  // namespace codegraph
