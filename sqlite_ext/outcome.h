// Tells what became of a call of SQLite: SQLITE_OK, or a result code, which may be an extended one, and its text.
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

// Returns the connection's last error, after a call that returned `code`.
inline Outcome last_error(sqlite3* db, int code) {
    int extended = sqlite3_extended_errcode(db);
    return {(extended & 0xff) == (code & 0xff) ? extended : code, sqlite3_errmsg(db)};
}

inline Outcome out_of_memory() {
    return {SQLITE_NOMEM, "out of memory"};
}

}  // namespace codegraph::sqlite
