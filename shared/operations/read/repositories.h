// cg_repositories returns all repositories.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> repositories(const Arguments& arguments);

}  // namespace codegraph
