// Makes and deletes repositories.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> save_repository(const Arguments& arguments);
Task<> delete_repository(const Arguments& arguments);

}  // namespace codegraph
