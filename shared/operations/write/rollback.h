// Makes the content of an earlier revision the next one.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> rollback(const Arguments& arguments);

}  // namespace codegraph
