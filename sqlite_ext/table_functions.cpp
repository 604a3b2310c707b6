// HOW A CALL IS PLANNED. xBestIndex sees the constraints `column = value` and chooses which values xFilter gets:
//
// 1. The value of each argument that has a usable constraint. Of several the last counts, because what stands in the
//    parentheses comes behind the WHERE clause. SQLite does not compare again (`omit`).
// 2. An argument whose only constraints are unusable in this order of tables refuses the plan (SQLITE_CONSTRAINT).
// 3. When a required argument has no constraint, the plan gets a cost at which SQLite takes any other one. If there is
//    no other, xFilter says which argument is missing.
// 4. Otherwise the value of each column that narrows the call (CgFunction::narrowings) and has a usable constraint that
//    compares by bytes. SQLite compares again, so the call may return more rows than these.
//
// idxNum says which values xFilter gets, in the order of its bits:
//
//     bit i                          argument i          bit_of_argument()
//     bit (number of arguments) + i  narrowing column i  bit_of_narrowing()
//
// The bits behind these say which costly columns (CgFunction::costly) the statement does not use: bit_of_unused().
//
// idxStr names the narrowing columns for EXPLAIN QUERY PLAN: `file_path=`.
//
// COSTS. A plan costs what the registry says of the call, or of its fastest narrowing (cost_of_microsecond). A plan
// that reads everything where it could look up costs `reluctance` times as much.
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

    // Returns the first hidden column of the virtual table.
    size_t first_argument() const { return function.columns.size(); }
    int bit_of_argument(size_t i) const { return 1 << i; }
    int bit_of_narrowing(size_t i) const { return 1 << (function.arguments.size() + i); }
    int bit_of_unused(size_t i) const { return 1 << (function.arguments.size() + function.narrowings.size() + i); }
    size_t bits() const { return function.arguments.size() + function.narrowings.size() + function.costly.size(); }
};

struct Table : sqlite3_vtab {
    const TableFunction& source;
};

struct Cursor : sqlite3_vtab_cursor {
    std::vector<OwnedValue> arguments{};   // as given; the hidden columns show them
    std::vector<OwnedValue> narrowings{};  // what columns must equal
    std::optional<Call> call{};            // refers to these values; empty behind the last row
    sqlite3_int64 row = 0;                 // counts from 1

    const TableFunction& source() const { return static_cast<Table*>(pVtab)->source; }
};

// Returns the table's schema. Arguments have no type there, so that their values arrive as they were given.
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
    int constraint = -1;    // the index of the last usable constraint
    bool unusable = false;  // this order of tables cannot use one of the constraints
};

std::vector<ArgumentPlan> plan_arguments(const TableFunction& source, const sqlite3_index_info& info) {
    std::vector<ArgumentPlan> plans(source.function.arguments.size());
    for (int i = 0; i < info.nConstraint; i++) {
        const auto& constraint = info.aConstraint[i];
        const int argument = constraint.iColumn - static_cast<int>(source.first_argument());
        if (argument < 0 || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        ArgumentPlan& plan = plans[static_cast<size_t>(argument)];
        if (constraint.usable)
            plan.constraint = i;
        else
            plan.unusable = true;
    }
    return plans;
}

bool is_column(const TableFunction& source, int column, const char* name) {
    return column >= 0 && static_cast<size_t>(column) < source.first_argument() &&
           source.function.columns[static_cast<size_t>(column)].name == std::string_view(name);
}

// Returns the index of a usable constraint on the column that compares as the core does, or -1.
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

// Asks for the values of all columns that narrow the call, behind the first `values` ones. Returns the narrowings asked
// for.
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

// Notes which costly columns the statement does not use. Bit i of colUsed stands for column i, the last for all from
// there on.
void note_unused_columns(const TableFunction& source, sqlite3_index_info& info) {
    constexpr size_t last_bit = 63;
    for (size_t i = 0; i < source.function.costly.size(); i++)
        for (size_t column = 0; column < source.first_argument() && column < last_bit; column++)
            if (is_column(source, static_cast<int>(column), source.function.costly[i]) && !(info.colUsed >> column & 1))
                info.idxNum |= source.bit_of_unused(i);
}

// SQLite counts costs in steps from row to row. Such a step takes about half a microsecond.
constexpr double cost_of_microsecond = 2;
// SQLite takes a table without statistics to have 2^20 rows, and would rather read a snapshot once than look up so
// often. But nearly every table is smaller. Too many look-ups cost a few times what reading the snapshot costs, while
// reading a large snapshot in vain can cost any number of look-ups. With this factor a call of 10 milliseconds counts
// as twice 2^20 look-ups of 0.1 milliseconds.
constexpr double reluctance = 20000;

// Sets the costs of a plan with all required arguments. The plan never gets SQLITE_INDEX_SCAN_UNIQUE: two chunk ids
// equal one number when they are compared as numbers ('5' and '5.0'), and SQLite does not say how it compares.
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
    note_unused_columns(source, info);
    if (complete) {
        estimate(source.function, take_narrowings(source, info, given), info);
    } else {
        // For `WHERE a OR b` SQLite also asks for plans that see one of the terms alone and no argument. The cost keeps
        // SQLite from such a plan. Where there is no other plan, the argument is missing indeed, and start() says so.
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

// Reads what a column must equal, as the core is told it:
// - A text narrows the column to this text.
// - A blob or NULL, which equals no text, becomes the empty text, which no such column has.
// - A number, or a text that looks like one, leaves the cell NULL: the column is not narrowed. SQLite may compare it as
//   text or as a number ('05' = 5), depending on the affinity of the other side of the `=`.
void read_narrowing(sqlite3_value* value, OwnedValue& copy, CgCell& cell) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
        case SQLITE_FLOAT:
            return;
        case SQLITE_TEXT:
            copy.reset(sqlite3_value_dup(value));  // sqlite3_value_numeric_type() may turn a value into a number
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

// Returns the default of an argument that is left out. Only a number needs its default, since NULL can mean something
// else, such as no limit. For the other types the core takes NULL as the default.
CgCell default_of(const Argument& argument) {
    CgCell cell{};
    const std::string_view text = argument.default_value;
    if (text == "NULL") return cell;
    if (argument.type == Type::integer || argument.type == Type::bigint) {
        cell.type = CG_INTEGER;
        cell.integer = std::strtoll(argument.default_value, nullptr, 10);
    } else if (argument.type == Type::real) {
        cell.type = CG_REAL;
        cell.real = std::strtod(argument.default_value, nullptr);
    }
    return cell;
}

Outcome start(Cursor& cursor, int given, sqlite3_value** values) {
    const TableFunction& source = cursor.source();
    const auto declared = source.function.arguments;
    for (size_t i = 0; i < source.function.required_arguments(); i++)
        if (!(given & source.bit_of_argument(i))) return missing(source.function, declared[i].name);
    const size_t narrowings = source.function.narrowings.size();
    std::vector<CgCell> cells(source.bits());
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
    for (size_t i = 0; i < source.function.costly.size(); i++)
        if (given & source.bit_of_unused(i)) cells[declared.size() + narrowings + i].type = CG_INTEGER;
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

// Appends a value behind its size, so that neighbouring values cannot be taken for each other.
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

// Returns a text that tells the row apart from all others and is the same in every scan. SQLite needs that: it runs the
// parts of an `a OR b` one after the other and returns a row that two parts find once, by its rowid. A call that can be
// narrowed counts its rows differently in each scan, so its rows are told apart by their columns. Of other calls no
// column is asked for.
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

// A cursor only reads: a writer's savepoint could not span the user's steps.
int register_table_function(const SharedConnection& connection, const CgFunction& function) {
    if (function.writes() || TableFunction{connection, function}.bits() > most_bits) return SQLITE_MISUSE;
    return sqlite3_create_module_v2(connection->db, function.name, &table_module,
                                    new TableFunction{connection, function},
                                    [](void* source) { delete static_cast<TableFunction*>(source); });
}

}  // namespace codegraph::sqlite
