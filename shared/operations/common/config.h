// cg_config reads and changes the settings of a connection.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> config(const Arguments& arguments);

}  // namespace codegraph
