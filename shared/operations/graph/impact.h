// Tells what a change can break: what depends, directly or not, on the symbols that differ between two snapshots.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> impact(const Arguments& arguments);

}  // namespace codegraph
