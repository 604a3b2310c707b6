#include "options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iterator>

namespace codegraph::bench {
namespace {

constexpr const char* description = R"(
Measures codegraph side by side with what one would write instead, and writes report.md and plots.
Rows are those of the table of goals in bench/README.md.)";

constexpr int all_rows[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
constexpr int standard_large_rows[] = {5, 6, 7, 8};  // recursive queries of the other rows take minutes at L

// The module as the build lays it out: bench/codegraph-bench beside sqlite/codegraph.so.
std::string default_module() {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "sqlite/codegraph.so")
        .string();
}

}  // namespace

std::set<int> Options::rows_at(std::string_view size) const {
    if (std::ranges::find(sizes, size) == sizes.end()) return {};
    if (size != "L") return rows;
    std::set<int> both;
    std::ranges::set_intersection(rows, large_rows, std::inserter(both, both.end()));
    return both;
}

std::optional<Options> parse_options(int argc, char** argv, int& exit_code) {
    Options options;
    options.module = default_module();
    std::vector<int> rows(std::begin(all_rows), std::end(all_rows));
    std::vector<int> large_rows(std::begin(standard_large_rows), std::end(standard_large_rows));
    const CLI::IsMember is_row(std::set<int>(std::begin(all_rows), std::end(all_rows)));
    CLI::App app(description, "codegraph-bench");
    app.add_option("--databases", options.databases, "sqlite, postgres")
        ->delimiter(',')
        ->check(CLI::IsMember({"sqlite", "postgres"}))
        ->default_str("sqlite,postgres");
    app.add_option("--sizes", options.sizes, "S, M, L: 10 thousand, 100 thousand, 1 million chunks")
        ->delimiter(',')
        ->check(CLI::IsMember({"S", "M", "L"}))
        ->default_str("S,M,L");
    app.add_option("--only", rows, "rows to measure (default: all)")->delimiter(',')->check(is_row);
    app.add_option("--large-rows", large_rows, "rows of these to measure at L too")
        ->delimiter(',')
        ->check(is_row)
        ->default_str("5,6,7,8");
    app.add_option("--runs", options.runs, "of each query, the median counts")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--out", options.out, "folder for the report and the plots")->capture_default_str();
    app.add_option("--module", options.module, "the SQLite module (default: that of this build)");
    app.add_option("--pragma", options.pragmas, "of SQLite, after the benchmark's own: \"mmap_size = 0\"");
    app.add_option("--postgres", options.postgres, "connection string (default: PGHOST, PGPORT, …)");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        exit_code = app.exit(error) == 0 ? 0 : 2;
        return std::nullopt;
    }
    options.rows = std::set<int>(rows.begin(), rows.end());
    options.large_rows = std::set<int>(large_rows.begin(), large_rows.end());
    options.command = "codegraph-bench";
    for (int i = 1; i < argc; i++) options.command += " " + std::string(argv[i]);
    return options;
}

}  // namespace codegraph::bench
