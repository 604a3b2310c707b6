// Prints SQLite's values as psql prints PostgreSQL's: doubles by their shortest text that reads back, in PostgreSQL's
// notation; booleans by the declared type; columns without a name as PostgreSQL names them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3_stmt;

namespace codegraph::suite {

struct Result {
    std::vector<std::string> names;
    std::vector<std::vector<std::optional<std::string>>> rows;
};

// psql's \pset and \t, as far as suites use them.
struct Format {
    bool unaligned = false;
    bool tuples_only = false;
    bool footer = true;
    std::string null;
    std::string separator = "|";
};

std::string double_text(double value);
std::optional<std::string> value_text(sqlite3_stmt* row, int column);

// PostgreSQL's name of a result column that SQLite names by its expression: `count(*)` is count, `a + 1` is ?column?.
// An alias stays as it is; one that is not a plain name is found by its quotes in the statement.
std::string column_name(std::string_view sqlite_name, std::string_view statement);

std::string print(const Result& result, const Format& format);

}  // namespace codegraph::suite
