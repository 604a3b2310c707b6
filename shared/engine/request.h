// What a task can ask of its adapter: to run a statement once or for many rows, to lock a row, to look for an
// interrupt, or to call a SQL function.
//
// 1. Parameters are views. What they point at must be a named local or an argument of the coroutine that awaits.
// 2. The answer arrives whole. What may be large is asked for in pages.
// 3. A request that fails is never answered. The coroutine is destroyed where it waits.
#pragma once
#include <array>
#include <concepts>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "engine/function.h"
#include "engine/rows.h"
#include "engine/statement.h"
#include "engine/task.h"

namespace codegraph {

inline Cell null_cell() {
    return Cell{};
}
template <std::integral Integer>
Cell cell(Integer value) {
    Cell c{};
    c.type = CG_INTEGER;
    c.integer = static_cast<int64_t>(value);
    return c;
}
inline Cell cell(double value) {
    Cell c{};
    c.type = CG_REAL;
    c.real = value;
    return c;
}
inline Cell cell(std::string_view value) {
    Cell c{};
    c.type = CG_TEXT;
    c.data = value.data();
    c.size = value.size();
    return c;
}
inline Cell cell(const std::string& value) {
    return cell(std::string_view(value));
}
inline Cell cell(const char* value) {
    return cell(std::string_view(value));
}
inline Cell cell(const Cell& value) {
    return value;
}
template <class T>
Cell cell(const std::optional<T>& value) {
    return value ? cell(*value) : null_cell();
}
inline Cell blob_cell(std::string_view value) {
    Cell c = cell(value);
    c.type = CG_BLOB;
    return c;
}

// A cell is a view. It may refer to a text that has a name, but not to one that ends with the expression.
template <class Value>
concept OutlivesItsCell =
    std::is_lvalue_reference_v<Value> || !(std::is_same_v<std::remove_cvref_t<Value>, std::string> ||
                                           std::is_same_v<std::remove_cvref_t<Value>, std::optional<std::string>>);

// Returns a row with a value for each of these columns, in their order:
//     const auto row = row_of<count_column>(count);
//     co_yield row;
template <const auto& columns, OutlivesItsCell... Values>
std::array<Cell, sizeof...(Values)> row_of(Values&&... values) {
    static_assert(sizeof...(Values) == columns.size(), "a value for each column");
    return {cell(values)...};
}

// An awaitable step that is answered with rows.
struct Request {
    CgStep step;
    CgRequest request{};
    Rows rows{};

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> task) noexcept {
        task.promise().trampoline->spare_answers->lend_to(rows);
        request.rows = &rows;
        task.promise().trampoline->ask(task, step, request);
    }
    Rows await_resume() noexcept { return std::move(rows); }
};

template <size_t N>
struct Query : Request {
    std::array<Cell, N> parameters;
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> task) noexcept {
        request.cells = parameters.data();  // not before: only now is the awaitable at its place in the frame
        Request::await_suspend(task);
    }
};

// Asks for one run of a statement:
//     Rows rows = co_await query(statement, a, b);
template <class... Parameters>
Query<sizeof...(Parameters)> query(const Statement& statement, const Parameters&... parameters) {
    Query<sizeof...(Parameters)> q{{CG_QUERY, {}, {}}, {cell(parameters)...}};
    q.request.statement = &statement;
    q.request.width = sizeof...(Parameters);
    q.request.height = 1;
    return q;
}

// Asks for one run of a statement that reads what is committed by now, also in a transaction that sees the past.
template <class... Parameters>
Query<sizeof...(Parameters)> query_now(const Statement& statement, const Parameters&... parameters) {
    Query<sizeof...(Parameters)> q = query(statement, parameters...);
    q.step = CG_QUERY_NOW;
    return q;
}

// Locks the row of one of our tables (such as `repositories`) until the transaction ends. Returns whether this
// transaction did not have the lock before. What it read earlier may then have changed. On SQLite, where one connection
// writes at a time, this does nothing and returns false.
Task<bool> lock_row(const char* table, int64_t key, CgLockMode mode);
// Tells whether another transaction has locked the row. Waits for nobody.
Task<bool> is_locked_by_others(const char* table, int64_t key);

// Parameter rows for a statement with {rows(...)} or {values(...)}.
class Batch {
public:
    explicit Batch(const Statement& statement);
    template <class... Parameters>
    void add(const Parameters&... row) {
        (cells_.push_back(cell(row)), ...);
    }
    bool empty() const { return cells_.empty(); }
    size_t size() const { return cells_.size() / width_; }
    // Makes the batch own the text of a parameter.
    std::string_view keep(std::string text) { return owned_texts_.emplace_back(std::move(text)); }

    const Statement* statement_;
    size_t width_;
    std::vector<Cell> cells_;
    std::deque<std::string> owned_texts_;
};

// Runs the batch in requests of a few megabytes each, and returns the rows of all of them together. An empty batch
// makes no request.
Task<Rows> run(const Batch& batch);

inline Request checkpoint() {
    return {CG_CHECKPOINT, {}, {}};
}

// Asks for the analyzer, a SQL function of one text argument: whether it exists, and what it returns (nothing for
// NULL).
Task<bool> function_exists(std::string name);
Task<std::optional<std::string>> call_function(std::string name, std::string argument);

}  // namespace codegraph
