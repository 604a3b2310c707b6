#include "engine/rows.h"

#include "base/error.h"

void CgRows::throw_wrong_type() {
    throw codegraph::corrupt("a stored value is NULL or of the wrong type");
}

std::optional<std::string> CgRows::optional_text(size_t row, codegraph::CellPlace column) const {
    if (is_null(row, column)) return std::nullopt;
    return std::string(text(row, column));
}

CgCell CgRows::cell(size_t row, codegraph::CellPlace column) const {
    const Stored& stored = at(row, column);
    CgCell cell{};
    cell.type = stored.type;
    if (stored.type == CG_INTEGER) cell.integer = stored.integer;
    if (stored.type == CG_REAL) cell.real = stored.real;
    if (stored.type == CG_TEXT || stored.type == CG_BLOB) {
        cell.data = bytes.data() + stored.offset;
        cell.size = stored.size;
    }
    return cell;
}

namespace codegraph {

#ifdef __SANITIZE_ADDRESS__
static constexpr size_t most_spare_bytes = 0;  // so that it finds views that are used after their answer
#else
static constexpr size_t most_spare_bytes = 4 << 20;  // of one answer
#endif

void SpareAnswers::lend_to(Rows& rows) noexcept {
    rows.lender = shared_from_this();
    if (count_ == 0) return;
    Memory& memory = spare_[--count_];
    rows.cells = std::move(memory.cells);
    rows.bytes = std::move(memory.bytes);
}

void SpareAnswers::take_back(Rows& rows) noexcept {
    const size_t bytes = rows.cells.capacity() * sizeof(Rows::Stored) + rows.bytes.capacity();
    if (bytes == 0 || bytes > most_spare_bytes || count_ == spare_.size()) return;
    rows.cells.clear();
    rows.bytes.clear();
    spare_[count_++] = {std::move(rows.cells), std::move(rows.bytes)};
}

}  // namespace codegraph

namespace {
bool put(CgRows* rows, const CgRows::Stored& stored) noexcept {
    try {
        rows->cells.push_back(stored);
        return true;
    } catch (...) {
        return false;
    }
}
bool put_bytes(CgRows* rows, CgCellType type, const char* data, size_t size) noexcept {
    try {
        CgRows::Stored stored{};
        stored.type = type;
        stored.offset = rows->bytes.size();
        stored.size = size;
        rows->bytes.insert(rows->bytes.end(), data, data + size);
        rows->cells.push_back(stored);
        return true;
    } catch (...) {
        return false;
    }
}
}  // namespace

extern "C" {
void codegraph_rows_begin(CgRows* rows, size_t columns) noexcept {
    rows->columns = columns;
}
bool codegraph_rows_null(CgRows* rows) noexcept {
    return put(rows, CgRows::Stored{});
}
bool codegraph_rows_integer(CgRows* rows, int64_t value) noexcept {
    CgRows::Stored stored{};
    stored.type = CG_INTEGER;
    stored.integer = value;
    return put(rows, stored);
}
bool codegraph_rows_real(CgRows* rows, double value) noexcept {
    CgRows::Stored stored{};
    stored.type = CG_REAL;
    stored.real = value;
    return put(rows, stored);
}
bool codegraph_rows_text(CgRows* rows, const char* data, size_t size) noexcept {
    return put_bytes(rows, CG_TEXT, data, size);
}
bool codegraph_rows_blob(CgRows* rows, const char* data, size_t size) noexcept {
    return put_bytes(rows, CG_BLOB, data, size);
}
void codegraph_rows_changed(CgRows* rows, int64_t count) noexcept {
    rows->changed = count;
}
}
