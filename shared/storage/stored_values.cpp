#include "storage/stored_values.h"

#include <string>

#include "model/json_syntax.h"

namespace codegraph {

bool is_attrs(std::string_view text) {
    if (text == "{}") return true;
    constexpr size_t deepest = json_depth + 5;  // as deep as an import takes them
    return text.starts_with('{') && is_json(text, deepest);
}

template <class Value>
static Value check(Value value, bool is_good, CellPlace column) {
    if (!is_good) throw corrupt("a stored " + std::string(column.name) + " is " + std::to_string(value));
    return value;
}

int64_t read_key(const Rows& rows, size_t row, CellPlace column) {
    const int64_t value = rows.integer(row, column);
    return check(value, is_key(value), column);
}

uint64_t read_count(const Rows& rows, size_t row, CellPlace column) {
    const int64_t value = rows.integer(row, column);
    return static_cast<uint64_t>(check(value, is_count(value), column));
}

uint64_t read_number(const Rows& rows, size_t row, CellPlace column) {
    const int64_t value = rows.integer(row, column);
    return static_cast<uint64_t>(check(value, is_number(value), column));
}

int64_t read_revision(const Rows& rows, size_t row, CellPlace column) {
    const int64_t value = rows.integer(row, column);
    return check(value, is_revision(value), column);
}

bool read_flag(const Rows& rows, size_t row, CellPlace column) {
    const int64_t value = rows.integer(row, column);
    return check(value, is_flag(value), column) == 1;
}

int64_t read_time(const Rows& rows, size_t row, CellPlace column) {
    const int64_t value = rows.integer(row, column);
    return check(value, is_time(value), column);
}

double read_importance(const Rows& rows, size_t row, CellPlace column) {
    const double value = rows.real(row, column);
    return check(value, is_importance(value), column);
}

std::string_view read_attrs(const Rows& rows, size_t row, CellPlace column) {
    const std::string_view text = rows.text(row, column);
    if (!is_attrs(text)) throw corrupt("stored " + std::string(column.name) + " are no JSON object");
    return text;
}

}  // namespace codegraph
