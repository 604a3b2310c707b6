#include "sqlite_ext/foundation.h"

#include <string_view>

#include "sqlite_ext/savepoint.h"
#include "storage/schema.h"

namespace codegraph::sqlite {

const CgStatement write_nothing = {"DELETE FROM {repositories} WHERE 0", nullptr, ""};

// The statement is kept and is not stale: SQLite prepares it again when the encoding changes.
Outcome check_encoding(Connection& connection) {
    static constexpr CgStatement statement = {"PRAGMA main.encoding", nullptr, ""};
    constexpr int encoding_column = 0;
    Borrowed pragma(connection, statement);
    if (!pragma.prepared().ok()) return pragma.prepared();
    int code = sqlite3_step(pragma.get());
    if (code != SQLITE_ROW) return last_error(connection.db, code);
    auto* encoding = reinterpret_cast<const char*>(sqlite3_column_text(pragma.get(), encoding_column));
    if (!encoding) return out_of_memory();
    if (std::string_view(encoding) == "UTF-8") return {};
    return {SQLITE_ERROR, std::string("the database must be in UTF-8, this one is in ") + encoding};
}

Outcome store_exists(Connection& connection, bool& exists) {
    static constexpr CgStatement statement = {"SELECT 1 FROM {repositories} LIMIT 0", nullptr, ""};
    Outcome outcome = Borrowed(connection, statement).execute();
    exists = outcome.ok();
    const bool absent = outcome.is(SQLITE_ERROR) && outcome.message.starts_with("no such table: ");
    return absent ? Outcome{} : outcome;
}

static Outcome run_script(sqlite3* db, const std::string& script) {
    const char* rest = script.c_str();
    while (*rest) {
        sqlite3_stmt* statement = nullptr;
        int code = sqlite3_prepare_v2(db, rest, -1, &statement, &rest);
        if (code == SQLITE_OK && statement) code = sqlite3_step(statement);
        Outcome outcome;
        if (code != SQLITE_OK && code != SQLITE_DONE) outcome = last_error(db, code);
        sqlite3_finalize(statement);
        if (!outcome.ok()) return outcome;
    }
    return {};
}

static Outcome create_tables(Connection& connection) {
    // This statement is stepped only in an interrupted connection, which refuses to run it.
    static constexpr CgStatement write = {"CREATE TABLE {foundation} (never)", nullptr, ""};
    const CgStatement schema = {sqlite_schema, nullptr, ""};
    Savepoint savepoint(connection, write);
    Outcome outcome = savepoint.open();
    if (outcome.ok()) outcome = run_script(connection.db, expand(schema));
    if (outcome.ok()) outcome = savepoint.release();
    return outcome;
}

Outcome found_store(Connection& connection) {
    bool exists = false;
    Outcome outcome = store_exists(connection, exists);
    if (!outcome.ok() || exists) return outcome;
    outcome = create_tables(connection);
    if (outcome.ok()) return outcome;
    // Another connection may have been first.
    const Outcome looked = store_exists(connection, exists);
    return looked.ok() && exists ? looked : outcome;
}

}  // namespace codegraph::sqlite
