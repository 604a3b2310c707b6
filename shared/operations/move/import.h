// cg_import takes the lines of an export, one a call.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> import_line(const Arguments& arguments);

}  // namespace codegraph
