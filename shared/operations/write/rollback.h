// cg_rollback makes a new revision with the content of an earlier one.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> rollback(const Arguments& arguments);

}  // namespace codegraph
