// What a change can break.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> impact(const Arguments& arguments);

}  // namespace codegraph
