// Values between SQLite and the core.
#pragma once
#include <memory>

#include "engine/function.h"
#include "sqlite_ext/sqlite.h"

namespace codegraph::sqlite {

// As it is, or for an argument that is text, a number's text. A view: the cell lives as long as the value. False:
// memory is out.
bool read_argument(sqlite3_value* value, Type declared, CgCell& cell);

// Times become ISO-8601 text, booleans stay 0 and 1.
void give_result(sqlite3_context* context, const CgCell& cell, Type declared);

struct FreeValue {
    void operator()(sqlite3_value* value) const noexcept { sqlite3_value_free(value); }
};
using OwnedValue = std::unique_ptr<sqlite3_value, FreeValue>;

}  // namespace codegraph::sqlite
