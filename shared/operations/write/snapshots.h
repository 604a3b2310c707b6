// Makes, seals and deletes snapshots.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> create_snapshot(const Arguments& arguments);
Task<> seal_snapshot(const Arguments& arguments);
Task<> delete_snapshot(const Arguments& arguments);

}  // namespace codegraph
