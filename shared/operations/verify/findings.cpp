#include "operations/verify/findings.h"

#include <algorithm>
#include <cstring>

#include "base/bytes.h"
#include "base/utf8.h"
#include "storage/stored_values.h"

namespace codegraph {

void Findings::add(std::string object, std::string problem) {
    for (std::string* text : {&object, &problem})  // a damaged name keeps its ASCII characters only
        if (!is_utf8(*text))
            std::ranges::replace_if(
                *text, [](char c) { return (c & 0x80) != 0; }, '?');
    found_.push_back({std::move(object), std::move(problem)});
}

void Findings::add(std::string object, const Error& error, const std::string& prefix) {
    if (error.kind != ErrorKind::data_corrupted) throw error;
    add(std::move(object), prefix + what_is_corrupt(error));
}

std::string format_value(const CgCell& value) {
    if (value.type == CG_TEXT) return std::string(value.data, value.size);
    if (value.type == CG_BLOB) return to_hex({value.data, value.size});
    return value.type == CG_INTEGER ? std::to_string(value.integer) : std::string();
}

std::vector<Finding> Findings::take_sorted() {
    std::ranges::sort(found_);
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
}

bool StoredRow::check(CellPlace column, CgCellType type) {
    if (has_type(column, type)) return true;
    problems_.push_back("its " + std::string(column.name) + " is NULL or of the wrong type");
    return false;
}

int64_t StoredRow::integer(CellPlace column) {
    return check(column, CG_INTEGER) ? rows_.integer(row_, column) : 0;
}
int64_t StoredRow::integer(CellPlace column, bool (*rule)(int64_t)) {
    if (!check(column, CG_INTEGER)) return 0;
    const int64_t value = rows_.integer(row_, column);
    if (!rule(value)) problems_.push_back("its " + std::string(column.name) + " is " + std::to_string(value));
    return value;
}
double StoredRow::importance(CellPlace column) {
    if (!check(column, CG_REAL)) return 0;
    const double value = rows_.real(row_, column);
    if (!is_importance(value)) problems_.push_back("its " + std::string(column.name) + " is not from 0 to 1");
    return value;
}
std::string_view StoredRow::text(CellPlace column) {
    return check(column, CG_TEXT) ? rows_.text(row_, column) : std::string_view();
}
std::string_view StoredRow::attrs(CellPlace column) {
    const std::string_view value = text(column);
    if (has_type(column, CG_TEXT) && !is_attrs(value))
        problems_.push_back("its " + std::string(column.name) + " are no JSON object");
    return value;
}
std::optional<std::string> StoredRow::optional_text(CellPlace column) {
    if (is_null(column)) return std::nullopt;
    return std::string(text(column));
}
std::string_view StoredRow::blob(CellPlace column) {
    return check(column, CG_BLOB) ? rows_.blob(row_, column) : std::string_view();
}
Digest StoredRow::digest(CellPlace column) {
    Digest digest;
    if (!check(column, CG_BLOB)) return digest;
    const std::string_view bytes = rows_.blob(row_, column);
    if (bytes.size() == digest.bytes.size())
        std::memcpy(digest.bytes.data(), bytes.data(), bytes.size());
    else
        problems_.push_back("its " + std::string(column.name) + " is not 32 bytes long");
    return digest;
}

bool StoredRow::report_problems(const std::string& object, Findings& findings) const {
    for (const std::string& problem : problems_) findings.add(object, problem);
    return !problems_.empty();
}

}  // namespace codegraph
