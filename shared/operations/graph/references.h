// Lists the places in files at which dependencies on a chunk stand.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> references(const Arguments& arguments);

}  // namespace codegraph
