// The one table of SQL functions. Adding a function is one entry in readers.cpp or writers.cpp and one coroutine in
// operations/; the adapters, the install script and the reference follow.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/function.h"

namespace codegraph {

// All functions, in the order of the reference.
const std::vector<const CgFunction*>& all_functions();
const CgFunction* find_function(std::string_view name);  // nullptr: there is none

extern const std::span<const CgFunction> reader_functions;
extern const std::span<const CgFunction> writer_functions;

}  // namespace codegraph
