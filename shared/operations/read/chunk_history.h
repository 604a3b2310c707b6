// cg_chunk_history returns the past of a chunk.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> chunk_history(const Arguments& arguments);

}  // namespace codegraph
