// The answer to one request, owned by the core: rows of cells, read by row and column.
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

    // Views live as long as the rows, wherever these are moved. A value of another type than asked for is an error:
    // data corrupted.
    bool is_null(size_t row, codegraph::CellPlace column) const { return at(row, column).type == CG_NULL; }
    int64_t integer(size_t row, codegraph::CellPlace column) const { return typed(row, column, CG_INTEGER).integer; }
    double real(size_t row, codegraph::CellPlace column) const { return typed(row, column, CG_REAL).real; }
    std::string_view text(size_t row, codegraph::CellPlace column) const {
        return bytes_of(typed(row, column, CG_TEXT));
    }
    std::string_view blob(size_t row, codegraph::CellPlace column) const {
        return bytes_of(typed(row, column, CG_BLOB));
    }
    std::optional<std::string_view> optional_view(size_t row, codegraph::CellPlace column) const {  // nothing for NULL
        if (is_null(row, column)) return std::nullopt;
        return text(row, column);
    }
    std::optional<std::string> optional_text(size_t row, codegraph::CellPlace column) const;  // the same as a copy
    CgCell cell(size_t row, codegraph::CellPlace column) const;                               // as it is, to hand on

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
    std::shared_ptr<codegraph::SpareAnswers> lender;  // of the memory of both

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

// The memory of answers that are done with, for the next answers of the same operation. Memory that is fresh from the
// system costs more than what is written to it: a page fault each 4 KB, and copies while an answer grows.
class SpareAnswers : public std::enable_shared_from_this<SpareAnswers> {
public:
    void lend_to(Rows& rows) noexcept;  // which are new
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
