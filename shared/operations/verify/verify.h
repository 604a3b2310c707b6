// cg_verify checks a repository: every hash and every reference.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> verify(const Arguments& arguments);

}  // namespace codegraph
