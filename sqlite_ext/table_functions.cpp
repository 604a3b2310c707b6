#include "sqlite_ext/table_functions.h"

#include <new>
#include <string_view>
#include <vector>

#include "sqlite_ext/call.h"
#include "sqlite_ext/values.h"

namespace codegraph::sqlite {

namespace {

constexpr size_t most_arguments = 30;  // bits of idxNum

struct TableFunction {
    SharedConnection connection;
    const CgFunction& function;

    size_t first_argument() const { return function.columns.size(); }  // as a column of the virtual table
};

struct Table : sqlite3_vtab {
    const TableFunction& source;
};

struct Cursor : sqlite3_vtab_cursor {
    std::optional<Call> call;             // none at the end
    std::vector<OwnedValue> arguments{};  // as given, for their hidden columns
    sqlite3_int64 row = 0;

    const TableFunction& source() const { return static_cast<Table*>(pVtab)->source; }
};

const char* declared_type(Type type) {
    switch (type) {
        case Type::integer:
        case Type::bigint:
            return "INTEGER";
        case Type::real:
            return "REAL";
        case Type::boolean:
            return "BOOLEAN";
        case Type::text:
        case Type::json:
        case Type::time:
            break;
    }
    return "TEXT";
}

// Arguments have no type: their values arrive as they were given.
std::string declaration(const CgFunction& function) {
    std::string text = "CREATE TABLE x(";
    for (const Column& column : function.columns)
        text += std::string("\"") + column.name + "\" " + declared_type(column.type) + ", ";
    for (const Argument& argument : function.arguments) text += std::string("\"") + argument.name + "\" HIDDEN, ";
    text.resize(text.size() - 2);
    return text + ")";
}

int fail(sqlite3_vtab* table, const Outcome& outcome) noexcept {
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = sqlite3_mprintf("%s", outcome.message.c_str());
    return outcome.code;
}

int table_connect(sqlite3* db, void* client_data, int, const char* const*, sqlite3_vtab** out, char**) noexcept {
    const auto& source = *static_cast<TableFunction*>(client_data);
    try {
        int code = sqlite3_declare_vtab(db, declaration(source.function).c_str());
        if (code != SQLITE_OK) return code;
        *out = new Table{{}, source};
        return SQLITE_OK;
    } catch (...) {
        return SQLITE_NOMEM;
    }
}

int table_disconnect(sqlite3_vtab* table) noexcept {
    delete static_cast<Table*>(table);
    return SQLITE_OK;
}

// ---- planning ----

struct ArgumentPlan {
    int constraint = -1;    // the index of a usable one
    bool unusable = false;  // there is one that this order of tables cannot use
};

std::vector<ArgumentPlan> plan_arguments(const TableFunction& source, const sqlite3_index_info& info) {
    std::vector<ArgumentPlan> plans(source.function.arguments.size());
    for (int i = 0; i < info.nConstraint; i++) {
        const auto& constraint = info.aConstraint[i];
        const int argument = constraint.iColumn - static_cast<int>(source.first_argument());
        if (argument < 0 || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        ArgumentPlan& plan = plans[static_cast<size_t>(argument)];
        if (constraint.usable)
            plan.constraint = i;  // the last: what stands in the parentheses comes behind the WHERE clause
        else
            plan.unusable = true;
    }
    return plans;
}

// Is one of the columns that split the rows well compared with something? SQLite does the comparing; this is for the
// costs alone.
bool is_narrowed(const TableFunction& source, const sqlite3_index_info& info) {
    for (int i = 0; i < info.nConstraint; i++) {
        const auto& constraint = info.aConstraint[i];
        if (!constraint.usable || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ || constraint.iColumn < 0) continue;
        const auto column = static_cast<size_t>(constraint.iColumn);
        if (column >= source.first_argument()) continue;
        const std::string_view name = source.function.columns[column].name;
        if (name == "kind" || name == "file_path" || name == "fqn") return true;
    }
    return false;
}

Outcome missing(const CgFunction& function, const char* argument) {
    return {SQLITE_ERROR, std::string(function.name) + ": argument \"" + argument + "\" is missing"};
}

Outcome plan(const TableFunction& source, sqlite3_index_info& info) {
    const std::vector<ArgumentPlan> plans = plan_arguments(source, info);
    int given = 0;
    bool complete = true;
    info.idxNum = 0;
    for (size_t i = 0; i < plans.size(); i++) {
        if (plans[i].constraint >= 0) {
            auto& usage = info.aConstraintUsage[plans[i].constraint];
            usage.argvIndex = ++given;
            usage.omit = 1;
            info.idxNum |= 1 << i;
        } else if (plans[i].unusable) {
            return {SQLITE_CONSTRAINT, ""};
        } else if (i < source.function.required_arguments()) {
            complete = false;
        }
    }
    // For `WHERE a OR b` SQLite also asks for plans that see one of the terms alone and no argument: such a plan must
    // be refused by its cost. Where there is no other, the argument is missing indeed, and start() says so.
    constexpr double cost_of_call = 50, cost_of_row = 2, cost_of_failure = 1e100;
    const int rows = source.function.rows;
    info.estimatedCost = complete ? cost_of_call + cost_of_row * rows : cost_of_failure;
    info.estimatedRows = is_narrowed(source, info) ? 1 + rows / 10 : rows;
    return {};
}

int table_best_index(sqlite3_vtab* table, sqlite3_index_info* info) noexcept {
    try {
        const Outcome outcome = plan(static_cast<Table*>(table)->source, *info);
        if (outcome.ok() || outcome.is(SQLITE_CONSTRAINT)) return outcome.code;
        return fail(table, outcome);
    } catch (...) {
        return SQLITE_NOMEM;
    }
}

// ---- reading ----

int table_open(sqlite3_vtab*, sqlite3_vtab_cursor** out) noexcept {
    *out = new (std::nothrow) Cursor{};
    return *out ? SQLITE_OK : SQLITE_NOMEM;
}

int table_close(sqlite3_vtab_cursor* cursor) noexcept {
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
}

int advance(Cursor& cursor) noexcept {
    Outcome outcome;
    try {
        ++cursor.row;
        if (cursor.call->next_row(outcome)) return SQLITE_OK;
    } catch (...) {
        cursor.call.reset();
        return SQLITE_NOMEM;
    }
    cursor.call.reset();
    return outcome.ok() ? SQLITE_OK : fail(cursor.pVtab, outcome);
}

Outcome start(Cursor& cursor, int given, sqlite3_value** values) {
    const TableFunction& source = cursor.source();
    const auto declared = source.function.arguments;
    for (size_t i = 0; i < source.function.required_arguments(); i++)
        if (!(given >> i & 1)) return missing(source.function, declared[i].name);
    std::vector<CgCell> cells(declared.size());
    cursor.call.reset();
    cursor.arguments.clear();
    cursor.arguments.resize(declared.size());
    cursor.row = 0;
    for (size_t i = 0, value = 0; i < declared.size(); i++) {
        if (!(given >> i & 1)) continue;
        cursor.arguments[i].reset(sqlite3_value_dup(values[value++]));
        if (!cursor.arguments[i]) throw std::bad_alloc();
        if (!read_argument(cursor.arguments[i].get(), declared[i].type, cells[i])) throw std::bad_alloc();
    }
    cursor.call.emplace(source.connection, source.function, cells, Call::Kind::cursor);
    return {};
}

int table_filter(sqlite3_vtab_cursor* base, int given, const char*, int, sqlite3_value** values) noexcept {
    auto& cursor = *static_cast<Cursor*>(base);
    try {
        const Outcome started = start(cursor, given, values);
        if (!started.ok()) return fail(base->pVtab, started);
    } catch (...) {
        return SQLITE_NOMEM;
    }
    return advance(cursor);
}

int table_next(sqlite3_vtab_cursor* cursor) noexcept {
    return advance(*static_cast<Cursor*>(cursor));
}

int table_eof(sqlite3_vtab_cursor* cursor) noexcept {
    return !static_cast<Cursor*>(cursor)->call;
}

int table_column(sqlite3_vtab_cursor* base, sqlite3_context* context, int index) noexcept {
    const auto& cursor = *static_cast<Cursor*>(base);
    const TableFunction& source = cursor.source();
    const auto column = static_cast<size_t>(index);
    if (column >= source.first_argument()) {
        const OwnedValue& argument = cursor.arguments[column - source.first_argument()];
        if (argument) sqlite3_result_value(context, argument.get());
        return SQLITE_OK;
    }
    try {
        CgCell cell;
        if (!cursor.call->cell(column, cell)) return SQLITE_NOMEM;
        give_result(context, cell, source.function.columns[column].type);
        return SQLITE_OK;
    } catch (...) {
        return SQLITE_NOMEM;
    }
}

int table_rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* rowid) noexcept {
    *rowid = static_cast<Cursor*>(cursor)->row;
    return SQLITE_OK;
}

const sqlite3_module table_module = [] {
    sqlite3_module module{};
    module.xConnect = table_connect;  // no xCreate: eponymous only
    module.xDisconnect = table_disconnect;
    module.xBestIndex = table_best_index;
    module.xOpen = table_open;
    module.xClose = table_close;
    module.xFilter = table_filter;
    module.xNext = table_next;
    module.xEof = table_eof;
    module.xColumn = table_column;
    module.xRowid = table_rowid;
    return module;
}();

}  // namespace

// Cursors are read only: a writer's savepoint could not span the user's steps.
int register_table_function(const SharedConnection& connection, const CgFunction& function) {
    if (function.writes() || function.arguments.size() > most_arguments) return SQLITE_MISUSE;
    return sqlite3_create_module_v2(connection->db, function.name, &table_module,
                                    new TableFunction{connection, function},
                                    [](void* source) { delete static_cast<TableFunction*>(source); });
}

}  // namespace codegraph::sqlite
