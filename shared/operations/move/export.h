// cg_export returns a repository as lines.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> export_repository(const Arguments& arguments);

}  // namespace codegraph
