// What cg_verify finds: the objects of a repository and what is wrong with them.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "engine/rows.h"

namespace codegraph {

struct Finding {
    std::string object, problem;
    auto operator<=>(const Finding&) const = default;
};

class Findings {
public:
    void add(std::string object, std::string problem);
    bool empty() const { return found_.empty(); }
    std::vector<Finding> in_order();  // by object, problem, each once

private:
    std::vector<Finding> found_;
};

// A value of whatever type, to name a row by: bytes in hexadecimal.
std::string shown(const CgCell& value);

// A stored row whose values may have any type. What is wrong with one is remembered instead of thrown, and something
// harmless returned, so that every wrong column of the row is named.
class StoredRow {
public:
    StoredRow(const Rows& rows, size_t row) : rows_(rows), row_(row) {}

    bool is_null(CellPlace column) const { return rows_.is_null(row_, column); }
    bool has_type(CellPlace column, CgCellType type) const { return rows_.cell(row_, column).type == type; }
    int64_t integer(CellPlace column);
    double real(CellPlace column);
    std::string_view text(CellPlace column);
    std::optional<std::string> optional_text(CellPlace column);
    std::string_view blob(CellPlace column);
    Digest digest(CellPlace column);

    const std::vector<std::string>& problems() const { return problems_; }
    // False when there are problems, which are then said of the object.
    bool is_sound(const std::string& object, Findings& findings) const;

private:
    bool check(CellPlace column, CgCellType type);
    const Rows& rows_;
    const size_t row_;
    std::vector<std::string> problems_;
};

}  // namespace codegraph
