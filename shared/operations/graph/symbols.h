// Lists what the chunks of a snapshot define, without reading a chunk.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> symbols(const Arguments& arguments);

}  // namespace codegraph
