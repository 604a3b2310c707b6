// Findings collects what cg_verify finds: objects of a repository and what is wrong with each. StoredRow reads a row
// that may be damaged.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
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
    // Adds what an error says is corrupt, behind `prefix`. Throws an error of another kind on: it says nothing about
    // the object.
    void add(std::string object, const Error& error, const std::string& prefix = {});
    bool empty() const { return found_.empty(); }
    // Takes the findings out, each once, by object and problem.
    std::vector<Finding> take_sorted();

private:
    std::vector<Finding> found_;
};

// Returns a value of whatever type as a text that names its row. Bytes are given in hexadecimal.
std::string format_value(const CgCell& value);

// A stored row whose values may have any type. Reading a value of a wrong type notes a problem and returns an empty
// value instead of throwing, so that every wrong column of the row is named.
class StoredRow {
public:
    StoredRow(const Rows& rows, size_t row) : rows_(rows), row_(row) {}

    bool is_null(CellPlace column) const { return rows_.is_null(row_, column); }
    bool has_type(CellPlace column, CgCellType type) const { return rows_.cell(row_, column).type == type; }
    int64_t integer(CellPlace column);
    // Also notes a value that breaks a rule of storage/stored_values.h.
    int64_t integer(CellPlace column, bool (*rule)(int64_t));
    double importance(CellPlace column);
    std::string_view text(CellPlace column);
    std::string_view attrs(CellPlace column);
    std::optional<std::string> optional_text(CellPlace column);
    std::string_view blob(CellPlace column);
    Digest digest(CellPlace column);

    const std::vector<std::string>& problems() const { return problems_; }
    // Adds the problems that were noted to the findings, as those of `object`; returns whether there are any.
    bool report_problems(const std::string& object, Findings& findings) const;

private:
    bool check(CellPlace column, CgCellType type);
    const Rows& rows_;
    const size_t row_;
    std::vector<std::string> problems_;
};

}  // namespace codegraph
