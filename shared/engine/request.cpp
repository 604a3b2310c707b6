#include "engine/request.h"

#include <cstring>

#include "base/error.h"

namespace codegraph {

Batch::Batch(const Statement& statement) : statement_(&statement), width_(std::strlen(statement.parameters)) {}

// Rows travel whole through PostgreSQL's arrays and our answer buffer: this bounds what one request holds.
static constexpr size_t request_bytes = 8 << 20;
static constexpr size_t request_rows = 16384;

static size_t slice_height(const Batch& batch, size_t begin) {
    size_t bytes = 0, row = begin;
    for (; row < batch.size() && row - begin < request_rows; row++) {
        for (size_t column = 0; column < batch.width_; column++) {
            const Cell& c = batch.cells_[row * batch.width_ + column];
            bytes += c.type == CG_TEXT || c.type == CG_BLOB ? c.size : sizeof c.integer;
        }
        if (bytes > request_bytes && row > begin) break;
    }
    return row - begin;
}

static void append(Rows& all, Rows&& part) {
    if (all.cells.empty()) {
        int64_t changed = all.changed + part.changed;
        all = std::move(part);
        all.changed = changed;
        return;
    }
    for (Rows::Stored stored : part.cells) {
        if (stored.type == CG_TEXT || stored.type == CG_BLOB) stored.offset += all.bytes.size();
        all.cells.push_back(stored);
    }
    all.bytes.insert(all.bytes.end(), part.bytes.begin(), part.bytes.end());
    all.changed += part.changed;
}

Task<Rows> run(const Batch& batch) {
    Rows all;
    for (size_t begin = 0; begin < batch.size();) {
        size_t height = slice_height(batch, begin);
        Request request{
            CG_MANY,
            {batch.statement_, batch.cells_.data() + begin * batch.width_, batch.width_, height, nullptr, nullptr},
            {}};
        Rows part = co_await request;
        append(all, std::move(part));
        begin += height;
    }
    co_return all;
}

Task<bool> lock_row(const char* table, int64_t key, CgLockMode mode) {
    const std::array<Cell, 3> cells = {cell(table), cell(key), cell(static_cast<int64_t>(mode))};
    Request request{CG_LOCK, {nullptr, cells.data(), cells.size(), 1, nullptr, nullptr}, {}};
    Rows is_new = co_await request;
    co_return !is_new.empty();
}

Task<bool> is_locked_by_others(const char* table, int64_t key) {
    const std::array<Cell, 2> cells = {cell(table), cell(key)};
    Request request{CG_FIND_LOCK, {nullptr, cells.data(), cells.size(), 1, nullptr, nullptr}, {}};
    Rows found = co_await request;
    co_return !found.empty();
}

Task<bool> function_exists(std::string name) {
    const std::array<Cell, 1> cells = {cell(name)};
    Request request{CG_FIND_FUNCTION, {nullptr, cells.data(), 1, 1, nullptr, nullptr}, {}};
    Rows found = co_await request;
    co_return !found.empty();
}

Task<std::optional<std::string>> call_function(std::string name, std::string argument) {
    const std::array<Cell, 2> cells = {cell(name), cell(argument)};
    Request request{CG_CALL_FUNCTION, {nullptr, cells.data(), 2, 1, nullptr, nullptr}, {}};
    Rows answer = co_await request;
    std::optional<std::string> text;
    constexpr CellPlace result{0};
    if (!answer.empty() && !answer.is_null(0, result)) text = std::string(answer.text(0, result));
    co_return text;
}

}  // namespace codegraph
