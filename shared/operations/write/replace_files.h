// cg_replace_file and cg_replace_files replace whole files.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> replace_file(const Arguments& arguments);
Task<> replace_files(const Arguments& arguments);

}  // namespace codegraph
