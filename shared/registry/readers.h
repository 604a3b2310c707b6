// The functions that read. registry.h says what the fields of an entry mean.
#pragma once
#include <span>

#include "engine/function.h"

namespace codegraph {

extern const std::span<const CgFunction> reader_functions;  // in the order of the reference

}  // namespace codegraph
