// cg_index_content brings the content index of one repository, or of all, up to date.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> index_content(const Arguments& arguments);

}  // namespace codegraph
