#include "storage/page_order.h"

#include <compare>

#include "base/error.h"

namespace codegraph {

// Returns the place of a type in SQLite's order of values: NULL, numbers, text, blobs.
static int rank_of(CgCellType type) {
    switch (type) {
        case CG_NULL:
            return 0;
        case CG_INTEGER:
        case CG_REAL:
            return 1;
        case CG_TEXT:
            return 2;
        case CG_BLOB:
            break;
    }
    return 3;
}

// Compares as both databases order our keys: numbers by value, texts and blobs by their bytes.
static std::partial_ordering compare(const CgCell& a, const CgCell& b) {
    if (rank_of(a.type) != rank_of(b.type)) return rank_of(a.type) <=> rank_of(b.type);
    const auto number = [](const CgCell& cell) -> long double {  // holds each of either type
        return cell.type == CG_INTEGER ? static_cast<long double>(cell.integer) : cell.real;
    };
    if (a.type == CG_INTEGER || a.type == CG_REAL) return number(a) <=> number(b);
    if (a.type == CG_NULL) return std::partial_ordering::equivalent;
    return std::string_view(a.data, a.size) <=> std::string_view(b.data, b.size);
}

bool PageOrder::follows(const Rows& page, size_t row) const {
    if (row == 0 && !has_last_) return true;
    for (size_t i = 0; i < key_.size(); i++) {
        const CgCell before = row == 0 ? last_[i].cell : page.cell(row - 1, key_[i]);
        const std::partial_ordering order = compare(before, page.cell(row, key_[i]));
        if (order != 0) return order < 0;
    }
    return false;
}

void PageOrder::keep_last(const Rows& page) {
    for (size_t i = 0; i < key_.size(); i++) {
        Part& part = last_[i];
        part.cell = page.cell(page.size() - 1, key_[i]);
        if (part.cell.type != CG_TEXT && part.cell.type != CG_BLOB) continue;
        part.bytes.assign(part.cell.data, part.cell.size);
        part.cell.data = part.bytes.data();
    }
    has_last_ = true;
}

bool PageOrder::ascends(const Rows& page) {
    for (size_t row = 0; row < page.size(); row++)
        if (!follows(page, row)) return false;
    if (!page.empty()) keep_last(page);
    return true;
}

void PageOrder::check(const Rows& page, const char* table) {
    if (!ascends(page)) throw corrupt(std::string("the rows of ") + table + " are out of order");
}

}  // namespace codegraph
