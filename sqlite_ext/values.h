// Converts values between SQLite and the core.
#pragma once
#include <memory>

#include "engine/function.h"
#include "sqlite_ext/sqlite.h"

namespace codegraph::sqlite {

// Reads an argument into a cell. A number becomes text where text is declared; every other value stays as it is. The
// cell is a view of the value. Returns false when memory is out.
bool read_argument(sqlite3_value* value, Type declared, CgCell& cell);

// Makes the cell the result. A time becomes ISO-8601 text; a boolean stays 0 or 1.
void give_result(sqlite3_context* context, const CgCell& cell, Type declared);

struct FreeValue {
    void operator()(sqlite3_value* value) const noexcept { sqlite3_value_free(value); }
};
using OwnedValue = std::unique_ptr<sqlite3_value, FreeValue>;

}  // namespace codegraph::sqlite
