// cg_refs returns the refs of a repository.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> refs(const Arguments& arguments);

}  // namespace codegraph
