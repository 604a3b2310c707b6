// The coroutines behind the readers; what each means is said in registry/readers.cpp.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> version(const Arguments&);

}  // namespace codegraph
