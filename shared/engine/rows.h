// Holds the answer to one request: rows of cells, read by row and column. The core owns it.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/port.h"
#include "engine/statement.h"

namespace codegraph {
class SpareAnswers;
}

struct CgRows {
public:
    CgRows() = default;
    CgRows(CgRows&& other) noexcept { swap(other); }
    CgRows& operator=(CgRows&& other) noexcept {
        swap(other);
        return *this;
    }
    inline ~CgRows();

    size_t size() const { return columns ? cells.size() / columns : 0; }
    bool empty() const { return cells.empty(); }
    int64_t changed = 0;  // rows inserted, updated or deleted

    // 1. Views live as long as the rows, wherever the rows are moved.
    // 2. A value of another type than the caller asks for throws corrupt().
    bool is_null(size_t row, codegraph::CellPlace column) const { return at(row, column).type == CG_NULL; }
    int64_t integer(size_t row, codegraph::CellPlace column) const { return typed(row, column, CG_INTEGER).integer; }
    double real(size_t row, codegraph::CellPlace column) const { return typed(row, column, CG_REAL).real; }
    std::string_view text(size_t row, codegraph::CellPlace column) const {
        return bytes_of(typed(row, column, CG_TEXT));
    }
    std::string_view blob(size_t row, codegraph::CellPlace column) const {
        return bytes_of(typed(row, column, CG_BLOB));
    }
    // Returns nothing for NULL.
    std::optional<std::string_view> optional_view(size_t row, codegraph::CellPlace column) const {
        if (is_null(row, column)) return std::nullopt;
        return text(row, column);
    }
    std::optional<std::string> optional_text(size_t row, codegraph::CellPlace column) const;  // returns a copy
    CgCell cell(size_t row, codegraph::CellPlace column) const;                               // of any type; a view

    // --- for codegraph_rows_*() and the many-rows request
    struct Stored {
        CgCellType type;
        union {
            int64_t integer;
            double real;
            uint64_t offset;
        };
        uint64_t size;
    };
    size_t columns = 0;
    std::vector<Stored> cells;
    std::vector<char> bytes;
    std::shared_ptr<codegraph::SpareAnswers> lender;  // gets the memory of `cells` and `bytes` back

private:
    void swap(CgRows& other) noexcept {
        std::swap(changed, other.changed);
        std::swap(columns, other.columns);
        cells.swap(other.cells);
        bytes.swap(other.bytes);
        lender.swap(other.lender);
    }
    const Stored& at(size_t row, codegraph::CellPlace column) const { return cells[row * columns + column.index]; }
    const Stored& typed(size_t row, codegraph::CellPlace column, CgCellType type) const {
        const Stored& stored = at(row, column);
        if (stored.type != type) throw_wrong_type();
        return stored;
    }
    std::string_view bytes_of(const Stored& stored) const { return {bytes.data() + stored.offset, stored.size}; }
    [[noreturn]] static void throw_wrong_type();
};

namespace codegraph {
using Rows = CgRows;

// Keeps the memory of used answers for the next answers of the same operation. Memory that is fresh from the system
// costs more than writing to it: a page fault each 4 KB, and copies while an answer grows.
class SpareAnswers : public std::enable_shared_from_this<SpareAnswers> {
public:
    void lend_to(Rows& rows) noexcept;  // the rows are new and empty
    void take_back(Rows& rows) noexcept;

private:
    struct Memory {
        std::vector<Rows::Stored> cells;
        std::vector<char> bytes;
    };
    std::array<Memory, 4> spare_;
    size_t count_ = 0;
};

}  // namespace codegraph

inline CgRows::~CgRows() {
    if (lender) lender->take_back(*this);
}
