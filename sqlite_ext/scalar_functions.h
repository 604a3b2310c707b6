// The registry's scalar functions in SQLite.
#pragma once
#include "engine/function.h"
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

int register_scalar_function(const SharedConnection& connection, const CgFunction& function);

}  // namespace codegraph::sqlite
