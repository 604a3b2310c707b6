#include "sqlite_ext/table_functions.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "registry/type_names.h"
#include "sqlite_ext/call.h"
#include "sqlite_ext/values.h"

namespace codegraph::sqlite {

namespace {

constexpr size_t most_bits = 30;  // of idxNum

struct TableFunction {
    SharedConnection connection;
    const CgFunction& function;

    size_t first_argument() const { return function.columns.size(); }  // as a column of the virtual table
    // Bits of idxNum: the arguments, and behind them the columns that the call is narrowed by.
    int bit_of_argument(size_t i) const { return 1 << i; }
    int bit_of_narrowing(size_t i) const { return 1 << (function.arguments.size() + i); }
};

struct Table : sqlite3_vtab {
    const TableFunction& source;
};

struct Cursor : sqlite3_vtab_cursor {
    std::vector<OwnedValue> arguments{};   // as given, for their hidden columns
    std::vector<OwnedValue> narrowings{};  // values that columns must have
    std::optional<Call> call{};            // none at the end; refers to these values
    sqlite3_int64 row = 0;                 // its number

    const TableFunction& source() const { return static_cast<Table*>(pVtab)->source; }
};

// Arguments have no type: their values arrive as they were given.
std::string declaration(const CgFunction& function) {
    std::string text = "CREATE TABLE x(";
    for (const Column& column : function.columns)
        text += std::string("\"") + column.name + "\" " + sqlite_type(column.type) + ", ";
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

bool is_column(const TableFunction& source, int column, const char* name) {
    return column >= 0 && static_cast<size_t>(column) < source.first_argument() &&
           source.function.columns[static_cast<size_t>(column)].name == std::string_view(name);
}

// A usable `column = value` that compares as the core does; -1: none.
int find_narrowing(const TableFunction& source, const Narrowing& narrowing, sqlite3_index_info& info) {
    for (int i = 0; i < info.nConstraint; i++) {
        const auto& constraint = info.aConstraint[i];
        if (constraint.usable && constraint.op == SQLITE_INDEX_CONSTRAINT_EQ &&
            is_column(source, constraint.iColumn, narrowing.column) &&
            sqlite3_stricmp(sqlite3_vtab_collation(&info, i), "BINARY") == 0)
            return i;
    }
    return -1;
}

// Asks for the values of all columns that narrow the call. SQLite compares nevertheless: what read_narrowing() cannot
// use narrows nothing. The text is for EXPLAIN QUERY PLAN.
std::vector<const Narrowing*> take_narrowings(const TableFunction& source, sqlite3_index_info& info, int values) {
    std::vector<const Narrowing*> taken;
    std::string text;
    for (size_t i = 0; i < source.function.narrowings.size(); i++) {
        const Narrowing& narrowing = source.function.narrowings[i];
        const int constraint = find_narrowing(source, narrowing, info);
        if (constraint < 0) continue;
        info.aConstraintUsage[constraint].argvIndex = ++values;
        info.idxNum |= source.bit_of_narrowing(i);
        text += std::string(taken.empty() ? "" : " ") + narrowing.column + "=";
        taken.push_back(&narrowing);
    }
    if (taken.empty()) return taken;
    info.idxStr = sqlite3_mprintf("%s", text.c_str());
    if (!info.idxStr) throw std::bad_alloc();
    info.needToFreeIdxStr = 1;
    return taken;
}

// SQLite's costs are in steps from row to row, say half a microsecond.
constexpr double cost_of_microsecond = 2;
// SQLite takes a table without statistics for 2^20 rows, and would rather read the snapshot once than look up as many.
// Nearly always the table is smaller than that, and too many look-ups cost a few times what the snapshot does, while a
// large snapshot read in vain may cost any number of look-ups. So one that is read where it could be looked up in is
// made dearer: 10 milliseconds then count as twice 2^20 look-ups of 0.1.
constexpr double reluctance = 20000;

// Never SQLITE_INDEX_SCAN_UNIQUE: two chunk ids equal one number when they are compared as numbers ('5' and '5.0'), and
// SQLite does not say how it compares.
void estimate(const CgFunction& function, const std::vector<const Narrowing*>& taken, sqlite3_index_info& info) {
    int microseconds = function.microseconds, rows = function.rows;
    for (const Narrowing* narrowing : taken) {
        microseconds = std::min(microseconds, narrowing->microseconds);
        rows = std::min(rows, narrowing->rows);
    }
    auto is_faster = [&](const Narrowing& narrowing) { return narrowing.microseconds < microseconds; };
    const bool could_look_up = std::ranges::any_of(function.narrowings, is_faster);
    info.estimatedCost = cost_of_microsecond * microseconds * (could_look_up ? reluctance : 1);
    info.estimatedRows = rows;
}

Outcome missing(const CgFunction& function, const char* argument) {
    return {SQLITE_ERROR, std::string(function.name) + ": argument \"" + argument + "\" is missing"};
}

Outcome plan(const TableFunction& source, sqlite3_index_info& info) {
    const std::vector<ArgumentPlan> plans = plan_arguments(source, info);
    const size_t required = source.function.required_arguments();
    int given = 0;
    bool complete = true;
    info.idxNum = 0;
    for (size_t i = 0; i < plans.size(); i++) {
        if (plans[i].constraint >= 0) {
            auto& usage = info.aConstraintUsage[plans[i].constraint];
            usage.argvIndex = ++given;
            usage.omit = 1;
            info.idxNum |= source.bit_of_argument(i);
        } else if (plans[i].unusable) {
            return {SQLITE_CONSTRAINT, ""};
        } else if (i < required) {
            complete = false;
        }
    }
    if (complete) {
        estimate(source.function, take_narrowings(source, info, given), info);
    } else {
        // For `WHERE a OR b` SQLite also asks for plans that see one of the terms alone and no argument: such a plan
        // must be refused by its cost. Where there is no other, the argument is missing indeed, and start() says so.
        constexpr double cost_of_failure = 1e100;
        info.estimatedCost = cost_of_failure;
        info.estimatedRows = source.function.rows;
    }
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

// What a column must equal, as the core is told: a text; an empty one, which equals nothing, for what equals no text;
// or NULL, for the column is not narrowed. A number may be compared as text or, should the other side of the `=` have
// numeric affinity, as a number ('05' = 5); so may a text that looks like one.
void read_narrowing(sqlite3_value* value, OwnedValue& copy, CgCell& cell) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
        case SQLITE_FLOAT:
            return;
        case SQLITE_TEXT:
            copy.reset(sqlite3_value_dup(value));  // for the next would turn the value itself into a number
            if (!copy) throw std::bad_alloc();
            if (sqlite3_value_numeric_type(copy.get()) != SQLITE_TEXT) return;
            if (!read_argument(copy.get(), Type::text, cell)) throw std::bad_alloc();
            return;
        default:
            cell.type = CG_TEXT;
            cell.data = "";
            cell.size = 0;
    }
}

// An integer that is left out is its default, where NULL would mean no limit. For other types the core takes NULL so.
CgCell default_of(const Argument& argument) {
    CgCell cell{};
    const std::string_view text = argument.default_value;
    const bool is_integer = argument.type == Type::integer || argument.type == Type::bigint;
    if (!is_integer || text == "NULL") return cell;
    cell.type = CG_INTEGER;
    cell.integer = std::strtoll(argument.default_value, nullptr, 10);
    return cell;
}

Outcome start(Cursor& cursor, int given, sqlite3_value** values) {
    const TableFunction& source = cursor.source();
    const auto declared = source.function.arguments;
    for (size_t i = 0; i < source.function.required_arguments(); i++)
        if (!(given & source.bit_of_argument(i))) return missing(source.function, declared[i].name);
    const size_t narrowings = source.function.narrowings.size();
    std::vector<CgCell> cells(declared.size() + narrowings);
    cursor.call.reset();
    cursor.arguments.clear();
    cursor.arguments.resize(declared.size());
    cursor.narrowings.clear();
    cursor.narrowings.resize(narrowings);
    cursor.row = 0;
    size_t value = 0;
    for (size_t i = 0; i < declared.size(); i++) {
        if (!(given & source.bit_of_argument(i))) {
            cells[i] = default_of(declared[i]);
            continue;
        }
        cursor.arguments[i].reset(sqlite3_value_dup(values[value++]));
        if (!cursor.arguments[i]) throw std::bad_alloc();
        if (!read_argument(cursor.arguments[i].get(), declared[i].type, cells[i])) throw std::bad_alloc();
    }
    for (size_t i = 0; i < narrowings; i++)
        if (given & source.bit_of_narrowing(i))
            read_narrowing(values[value++], cursor.narrowings[i], cells[declared.size() + i]);
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

// What tells rows apart goes into the text, each value behind its size.
void append_value(std::string& text, std::string_view value) {
    text += std::to_string(value.size()) + ":";
    text += value;
}

void append_cell(std::string& text, const CgCell& cell) {
    if (cell.type == CG_TEXT || cell.type == CG_BLOB) return append_value(text, {cell.data, cell.size});
    if (cell.type == CG_INTEGER) return append_value(text, std::to_string(cell.integer));
    if (cell.type == CG_REAL) return append_value(text, std::to_string(cell.real));
    text += "-";
}

// SQLite runs the parts of an `a OR b` one after the other and takes a row that two of them find once, by its rowid. So
// the rowid must be the row's in every scan: of a narrowed call, whose rows have other numbers each time, it comes from
// the columns. Only then are they asked for.
std::string identity_of_row(const Cursor& cursor) {
    const TableFunction& source = cursor.source();
    std::string text;
    for (const OwnedValue& argument : cursor.arguments) {
        CgCell cell{};
        if (argument && !read_argument(argument.get(), Type::text, cell)) throw std::bad_alloc();
        append_cell(text, cell);
    }
    if (source.function.narrowings.empty()) return text + std::to_string(cursor.row);
    for (size_t i = 0; i < source.first_argument(); i++) {
        CgCell cell;
        if (!cursor.call->cell(i, cell)) throw std::bad_alloc();
        append_cell(text, cell);
    }
    return text;
}

int table_rowid(sqlite3_vtab_cursor* base, sqlite3_int64* rowid) noexcept {
    try {
        const std::string identity = identity_of_row(*static_cast<Cursor*>(base));
        *rowid = static_cast<sqlite3_int64>(std::hash<std::string>()(identity));
        return SQLITE_OK;
    } catch (...) {
        return SQLITE_NOMEM;
    }
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
    if (function.writes() || function.arguments.size() + function.narrowings.size() > most_bits) return SQLITE_MISUSE;
    return sqlite3_create_module_v2(connection->db, function.name, &table_module,
                                    new TableFunction{connection, function},
                                    [](void* source) { delete static_cast<TableFunction*>(source); });
}

}  // namespace codegraph::sqlite
