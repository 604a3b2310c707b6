// Registers the scalar functions of the registry with SQLite.
#pragma once
#include "engine/function.h"
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

// Returns SQLite's code.
int register_scalar_function(const SharedConnection& connection, const CgFunction& function);

}  // namespace codegraph::sqlite
