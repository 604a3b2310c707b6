// cg_create_snapshot makes a snapshot or changes its metadata, cg_seal_snapshot seals one, and cg_delete_snapshot
// deletes one.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> create_snapshot(const Arguments& arguments);
Task<> seal_snapshot(const Arguments& arguments);
Task<> delete_snapshot(const Arguments& arguments);

}  // namespace codegraph
