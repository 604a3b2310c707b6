// Replaces files whole.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> replace_file(const Arguments& arguments);
Task<> replace_files(const Arguments& arguments);

}  // namespace codegraph
