// What became of something asked of SQLite: SQLITE_OK, or an (extended) result code and its text.
#pragma once
#include <string>

#include "sqlite_ext/sqlite.h"

namespace codegraph::sqlite {

struct [[nodiscard]] Outcome {
    int code = SQLITE_OK;
    std::string message;

    bool ok() const { return code == SQLITE_OK; }
    bool is(int primary_code) const { return (code & 0xff) == primary_code; }
};

// The connection's last error; `code` is what the failed call returned.
inline Outcome last_error(sqlite3* db, int code) {
    int extended = sqlite3_extended_errcode(db);
    return {(extended & 0xff) == (code & 0xff) ? extended : code, sqlite3_errmsg(db)};
}

inline Outcome out_of_memory() {
    return {SQLITE_NOMEM, "out of memory"};
}

}  // namespace codegraph::sqlite
