// cg_version returns the version of the extension.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> version(const Arguments& arguments);

}  // namespace codegraph
