// Says what the databases call the types of arguments and columns.
#pragma once
#include "engine/function.h"

namespace codegraph {

// Return the name for a column of a result. Arguments differ: json and time are given as text (install_script.cpp).
const char* postgres_type(Type type);
const char* sqlite_type(Type type);

}  // namespace codegraph
