// cg_search_content finds the chunks whose content has a text.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> search_content(const Arguments& arguments);

}  // namespace codegraph
