// Reads the command line.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace codegraph::bench {

struct Options {
    std::vector<std::string> databases{"sqlite", "postgres"};
    std::vector<std::string> sizes{"S", "M", "L"};
    std::set<int> rows;
    std::set<int> large_rows;  // those of them that are measured at L too
    int runs = 10;
    std::string out = "bench/results";
    std::string module;                // codegraph.so for SQLite
    std::vector<std::string> pragmas;  // of SQLite, after the benchmark's own
    std::string postgres;              // connection string; empty: what the environment says
    std::string command;               // as it was given

    std::set<int> rows_at(std::string_view size) const;
};

// Returns nothing where the program has to end at once, with this exit code: after --help, or after a message on
// stderr.
std::optional<Options> parse_options(int argc, char** argv, int& exit_code);

}  // namespace codegraph::bench
