// The command line.
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

// Nothing when there is nothing to do but to leave with `exit_code`: help, version (0), wrong usage (2).
std::optional<Options> parse_options(int argc, char** argv, int& exit_code);

}  // namespace codegraph::index
