// What the databases call the types of arguments and columns.
#pragma once
#include "engine/function.h"

namespace codegraph {

// Of a result's column. (Arguments of type json and time are text, see install_script.cpp.)
const char* postgres_type(Type type);
const char* sqlite_type(Type type);

}  // namespace codegraph
