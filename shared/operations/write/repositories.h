// cg_save_repository makes or changes a repository, and cg_delete_repository deletes one.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> save_repository(const Arguments& arguments);
Task<> delete_repository(const Arguments& arguments);

}  // namespace codegraph
