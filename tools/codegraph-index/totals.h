// Counts what a run has done, and prints the summary.
#pragma once
#include <cstdint>
#include <cstdio>
#include <optional>

namespace codegraph::index {

struct Skipped {
    std::size_t binary = 0;
    std::size_t too_large = 0;
    std::size_t undecodable = 0;
    std::size_t minified = 0;
    std::size_t links = 0;      // counts symbolic links and submodules
    std::size_t bad_paths = 0;  // counts those that are not UTF-8 or longer than the store takes
};

struct Totals {
    std::size_t snapshots = 0;
    std::size_t snapshots_present = 0;  // counts those that an earlier run indexed
    std::size_t files_analyzed = 0;
    std::size_t files_unchanged = 0;
    std::size_t files_deleted = 0;
    std::size_t parser_failures = 0;  // counts the files on which ctags crashed or hung; each is one chunk
    Skipped skipped;
    std::int64_t chunks = 0;
    std::int64_t dependencies = 0;
    std::size_t ambiguous = 0;
};

void print_summary(std::FILE* out, const Totals& totals, double seconds, std::optional<std::int64_t> database_bytes);

}  // namespace codegraph::index
