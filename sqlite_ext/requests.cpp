// Invariants:
// 1. A statement runs once for each row of parameters, in their order. The rows of all runs make one answer.
// 2. Parameters are bound without a copy. They are views into the operation, which stands still until it has its
// answer;
//    by then the statement is given back and its parameters are cleared.
// 3. A request that failed is never answered, so nobody reads the part of the answer that is there.
// 4. A database without our tables answers every statement without rows. A database that lacks only some of the tables
//    is damaged, and the error stands.
// 5. No other thread uses the connection meanwhile: everything runs inside a step of the user's statement, which holds
//    the connection's mutex. Values of columns may therefore be read as "unprotected" ones.
#include "sqlite_ext/requests.h"

#include <string_view>

namespace codegraph::sqlite {

namespace {

int bind(sqlite3_stmt* statement, int index, const CgCell& cell) {
    switch (cell.type) {
        case CG_INTEGER:
            return sqlite3_bind_int64(statement, index, cell.integer);
        case CG_REAL:
            return sqlite3_bind_double(statement, index, cell.real);
        case CG_TEXT:
            return sqlite3_bind_text64(statement, index, cell.size ? cell.data : "", cell.size, SQLITE_STATIC,
                                       SQLITE_UTF8);
        case CG_BLOB:
            return sqlite3_bind_blob64(statement, index, cell.size ? cell.data : "", cell.size, SQLITE_STATIC);
        case CG_NULL:
            break;
    }
    return sqlite3_bind_null(statement, index);
}

bool copy_text(CgRows* rows, sqlite3_value* value) {
    auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text && codegraph_rows_text(rows, text, static_cast<size_t>(sqlite3_value_bytes(value)));
}

// Reads the column as an unprotected value, since sqlite3_column_*() would take the connection's mutex each time.
bool copy_column(CgRows* rows, sqlite3_stmt* statement, int column) {
    sqlite3_value* value = sqlite3_column_value(statement, column);
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            return codegraph_rows_integer(rows, sqlite3_value_int64(value));
        case SQLITE_FLOAT:
            return codegraph_rows_real(rows, sqlite3_value_double(value));
        case SQLITE_TEXT:
            return copy_text(rows, value);
        case SQLITE_BLOB: {
            auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
            auto size = static_cast<size_t>(sqlite3_value_bytes(value));
            if (size > 0 && !bytes) return false;
            return codegraph_rows_blob(rows, size > 0 ? bytes : "", size);
        }
        default:
            return codegraph_rows_null(rows);
    }
}

// Tells whether a statement answers with rows. One that writes does only by RETURNING. Under PRAGMA count_changes
// SQLite gives the other ones a row too, with the number of changed rows.
bool has_answer(const CgStatement& statement, bool reads) {
    return reads || std::string_view(statement.sqlite ? statement.sqlite : statement.postgres).find("RETURNING") !=
                        std::string_view::npos;
}

// Steps the statement to its end and appends `columns` columns of its rows to the answer.
Outcome collect(sqlite3* db, sqlite3_stmt* statement, int columns, CgRows* rows) {
    codegraph_rows_begin(rows, static_cast<size_t>(columns));
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        for (int column = 0; column < columns; column++)
            if (!copy_column(rows, statement, column)) return out_of_memory();
    return code == SQLITE_DONE ? Outcome{} : last_error(db, code);
}

// Runs the statement once for each row of parameters.
Outcome run(Connection& connection, const CgRequest& request) {
    Borrowed statement(connection, *request.statement);
    if (!statement.prepared().ok()) return statement.prepared();
    const bool reads = sqlite3_stmt_readonly(statement.get());
    const bool has_rows = has_answer(*request.statement, reads);
    int64_t changed = 0;
    for (size_t row = 0; row < request.height; row++) {
        if (row > 0) sqlite3_reset(statement.get());
        for (size_t i = 0; i < request.width; i++) {
            int code = bind(statement.get(), static_cast<int>(i) + 1, request.cells[row * request.width + i]);
            if (code != SQLITE_OK) return last_error(connection.db, code);
        }
        // SQLite may have prepared the statement anew, so its columns are counted each time.
        const int columns = has_rows ? sqlite3_column_count(statement.get()) : 0;
        Outcome outcome = collect(connection.db, statement.get(), columns, request.rows);
        if (!outcome.ok()) return outcome;
        if (!reads) changed += sqlite3_changes(connection.db);
    }
    codegraph_rows_changed(request.rows, changed);
    return {};
}

constexpr CgStatement find_repositories_table = {
    "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'codegraph_repositories'", nullptr, ""};

// Returns what a statement came to: nothing went wrong where it failed because the database has none of our tables.
Outcome excuse_empty_store(Connection& connection, Outcome outcome) {
    if (!outcome.is(SQLITE_ERROR) || !outcome.message.starts_with("no such table: main.codegraph_")) return outcome;
    Borrowed find(connection, find_repositories_table);
    if (!find.prepared().ok()) return find.prepared();
    const int code = sqlite3_step(find.get());
    if (code == SQLITE_DONE) return {};
    return code == SQLITE_ROW ? outcome : last_error(connection.db, code);
}

// The cells of CG_FIND_FUNCTION and CG_CALL_FUNCTION.
constexpr size_t function_name_cell = 0;
constexpr size_t argument_cell = 1;

// A prepared `SELECT "name"(?1)`. It is not kept after the call, because the names are the caller's.
class FunctionCall {
public:
    FunctionCall(sqlite3* db, const CgCell& name) {
        char* text = sqlite3_mprintf("SELECT \"%w\"(?1)", std::string(name.data, name.size).c_str());
        if (!text) {
            prepared_ = out_of_memory();
            return;
        }
        int code = sqlite3_prepare_v2(db, text, -1, &statement_, nullptr);
        sqlite3_free(text);
        if (code != SQLITE_OK) prepared_ = last_error(db, code);
    }
    ~FunctionCall() { sqlite3_finalize(statement_); }
    FunctionCall(const FunctionCall&) = delete;
    FunctionCall& operator=(const FunctionCall&) = delete;

    const Outcome& prepared() const { return prepared_; }
    sqlite3_stmt* get() const { return statement_; }

    static constexpr int argument_parameter = 1;
    static constexpr int result_column = 0;

private:
    sqlite3_stmt* statement_ = nullptr;
    Outcome prepared_;
};

Outcome find_function(Connection& connection, const CgRequest& request) {
    const CgCell& name = request.cells[function_name_cell];
    codegraph_rows_begin(request.rows, 1);
    if (std::string_view(name.data, name.size).find('\0') != std::string_view::npos) return {};
    FunctionCall call(connection.db, name);
    const Outcome& prepared = call.prepared();
    if (prepared.ok()) return codegraph_rows_integer(request.rows, 1) ? Outcome{} : out_of_memory();
    const bool absent = prepared.message.starts_with("no such function: ") ||
                        prepared.message.starts_with("wrong number of arguments to function ");
    return absent && prepared.is(SQLITE_ERROR) ? Outcome{} : prepared;
}

Outcome call_function(Connection& connection, const CgRequest& request) {
    FunctionCall call(connection.db, request.cells[function_name_cell]);
    if (!call.prepared().ok()) return call.prepared();
    int code = bind(call.get(), FunctionCall::argument_parameter, request.cells[argument_cell]);
    if (code == SQLITE_OK) code = sqlite3_step(call.get());
    if (code != SQLITE_ROW) return last_error(connection.db, code);
    codegraph_rows_begin(request.rows, 1);
    sqlite3_value* result = sqlite3_column_value(call.get(), FunctionCall::result_column);
    const bool is_null = sqlite3_value_type(result) == SQLITE_NULL;
    const bool copied = is_null ? codegraph_rows_null(request.rows) : copy_text(request.rows, result);
    return copied ? Outcome{} : out_of_memory();
}

}  // namespace

Outcome checkpoint(Connection& connection) {
    static constexpr CgStatement statement = {"SELECT 1", nullptr, ""};
    return Borrowed(connection, statement).execute();
}

Outcome serve(Connection& connection, CgStep step, const CgRequest& request) {
    switch (step) {
        case CG_QUERY:
        case CG_QUERY_NOW:
        case CG_MANY:
            return excuse_empty_store(connection, run(connection, request));
        case CG_LOCK:
        case CG_FIND_LOCK:
            return {};  // a writer has the database's write lock since before its first statement
        case CG_CHECKPOINT:
            return checkpoint(connection);
        case CG_FIND_FUNCTION:
            return find_function(connection, request);
        case CG_CALL_FUNCTION:
            return call_function(connection, request);
        default:
            return {SQLITE_INTERNAL, "not a request"};
    }
}

}  // namespace codegraph::sqlite
