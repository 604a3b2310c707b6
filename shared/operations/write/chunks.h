// cg_save_chunk and cg_save_chunks save chunks by their ids.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> save_chunk(const Arguments& arguments);
Task<> save_chunks(const Arguments& arguments);

}  // namespace codegraph
