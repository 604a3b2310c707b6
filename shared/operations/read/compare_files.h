// cg_compare_files returns the files that differ between two snapshots.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> compare_files(const Arguments& arguments);

}  // namespace codegraph
