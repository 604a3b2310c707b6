// cg_repair_sequences: moves the sequences that lag behind their tables.
#pragma once
#include "engine/arguments.h"

namespace codegraph {

Task<> repair_sequences(const Arguments& arguments);

}  // namespace codegraph
