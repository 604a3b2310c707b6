// Reads the command line.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace codegraph::index {

struct Options {
    std::string db;
    std::string repo_id;
    std::string path;
    std::optional<std::size_t> commits;
    std::optional<std::string> branch;
    std::string snapshot = "worktree";
    std::optional<std::string> base;
    std::string module;
    std::string ctags = "ctags";
    std::uint64_t max_file_size = 1 << 20;
    std::size_t max_candidates = 8;
    bool dry_run = false;
    bool quiet = false;
};

// Returns std::nullopt when the program is to end with `exit_code`: 0 after the help or the version, 2 after wrong
// usage.
std::optional<Options> parse_options(int argc, char** argv, int& exit_code);

}  // namespace codegraph::index
