// cg_file_content returns the text of a file as far as its chunks give it.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> file_content(const Arguments& arguments);

}  // namespace codegraph
