// Takes the lines of an export.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> import_line(const Arguments& arguments);

}  // namespace codegraph
