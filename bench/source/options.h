// What the command line asks for.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace codegraph::bench {

struct Options {
    std::vector<std::string> databases{"sqlite", "postgres"};
    std::vector<std::string> sizes{"S", "M"};
    std::set<int> rows;
    int runs = 10;
    std::string out = "bench";
    std::string module;                // codegraph.so for SQLite
    std::vector<std::string> pragmas;  // of SQLite, after the benchmark's own
    std::string postgres;              // connection string; empty: what the environment says
    std::string command;               // as it was given
};

std::optional<Options> parse_options(int argc, char** argv, int& exit_code);

}  // namespace codegraph::bench
