// cg_set_ref sets a ref or takes it away.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> set_ref(const Arguments& arguments);

}  // namespace codegraph
