// The answer to one request, owned by the core: rows of cells, read by row and column.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/port.h"

struct CgRows {
public:
    size_t size() const { return columns ? cells.size() / columns : 0; }
    bool empty() const { return cells.empty(); }
    int64_t changed = 0;  // rows inserted, updated or deleted

    // Views live as long as the rows. A value of another type than asked for is an error: data corrupted.
    bool is_null(size_t row, size_t column) const { return at(row, column).type == CG_NULL; }
    int64_t integer(size_t row, size_t column) const;
    double real(size_t row, size_t column) const;
    std::string_view text(size_t row, size_t column) const;
    std::string_view blob(size_t row, size_t column) const;
    std::optional<std::string> optional_text(size_t row, size_t column) const;  // a copy; nothing for NULL
    CgCell cell(size_t row, size_t column) const;                               // as it is, to hand on

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
    std::string bytes;

private:
    const Stored& at(size_t row, size_t column) const { return cells[row * columns + column]; }
    const Stored& typed(size_t row, size_t column, CgCellType type) const;
};

namespace codegraph {
using Rows = CgRows;
}
