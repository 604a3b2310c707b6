#include "sqlite_ext/scalar_functions.h"

#include <new>
#include <vector>

#include "sqlite_ext/call.h"
#include "sqlite_ext/values.h"

namespace codegraph::sqlite {

namespace {

constexpr size_t result_column = 0;  // the only column of a scalar function

struct ScalarFunction {
    SharedConnection connection;
    const CgFunction& function;
};

Outcome call(const ScalarFunction& scalar, sqlite3_context* context, int count, sqlite3_value** values) {
    std::vector<CgCell> arguments(static_cast<size_t>(count));
    for (size_t i = 0; i < arguments.size(); i++)
        if (!read_argument(values[i], scalar.function.arguments[i].type, arguments[i])) return out_of_memory();
    Call call(scalar.connection, scalar.function, arguments, Call::Kind::scalar);
    Outcome outcome;
    while (call.next_row(outcome)) {
        CgCell cell;
        if (!call.cell(result_column, cell)) return out_of_memory();
        give_result(context, cell, scalar.function.columns[result_column].type);
    }
    return outcome;
}

void call_scalar(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
    try {
        const Outcome outcome = call(*static_cast<ScalarFunction*>(sqlite3_user_data(context)), context, count, values);
        if (outcome.ok()) return;
        sqlite3_result_error(context, outcome.message.c_str(), -1);
        sqlite3_result_error_code(context, outcome.code);
    } catch (...) {  // it is bad_alloc; nothing else leaves the core or this adapter
        sqlite3_result_error_nomem(context);
    }
}

}  // namespace

// Registers the function once for each number of arguments that it takes. SQLite then refuses all others.
int register_scalar_function(const SharedConnection& connection, const CgFunction& function) {
    const int flags = SQLITE_UTF8 | (function.effect != Effect::reads ? SQLITE_DIRECTONLY : 0);
    for (size_t count = function.required_arguments(); count <= function.arguments.size(); count++) {
        int code = sqlite3_create_function_v2(connection->db, function.name, static_cast<int>(count), flags,
                                              new ScalarFunction{connection, function}, call_scalar, nullptr, nullptr,
                                              [](void* scalar) { delete static_cast<ScalarFunction*>(scalar); });
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

}  // namespace codegraph::sqlite
