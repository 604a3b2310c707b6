#include "options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>

namespace codegraph::index {
namespace {

constexpr const char* description =
    "Indexes source code (C, C++, Python, JavaScript, TypeScript) into a codegraph store.\n\n"
    "A git repository: the first-parent history of HEAD, oldest commit first, one snapshot a commit (its id is the\n"
    "commit's), each in one transaction. Commits that are indexed already are skipped, so it can be interrupted and "
    "run\n"
    "again. Any other directory: one snapshot (--snapshot), brought up to date by later runs.\n";

constexpr const char* rules =
    "\nHow names become dependencies: a name mentioned in a chunk's own lines, outside of comments and strings, points "
    "at\n"
    "the known definitions of that name in the same language family. Only the nearest count: named by the qualifier "
    "or\n"
    "the surrounding scope, else in the same file, else in the same directory, else anywhere. confidence = base / n, "
    "n\n"
    "different FQNs in that rank; base 0.9 for a scope's or a unique name, 0.8 when farther definitions exist too, 0.6 "
    "for a\n"
    "member of a receiver of unknown type. A name with more than --max-candidates is left out, and counted in the "
    "summary.\n"
    "A file's dependencies are found when it changes; definitions that appear later bind by their FQN.\n\n"
    "Skipped and counted: binary files (a NUL byte), files above --max-file-size, files that are not UTF-8, files\n"
    "with a line of more than 20,000 bytes (minified), symbolic links and submodules.\n\n"
    "Exit status: 0 done, 1 an error, 2 wrong usage, 130 interrupted (the current commit is finished or rolled "
    "back).\n";

// Returns the module's path: that of the environment, that of the build (tools/codegraph-index/codegraph-index beside
// sqlite/codegraph.so), or the one beside the program.
std::string default_module() {
    if (const char* named = std::getenv("CODEGRAPH_SQLITE_MODULE"); named && *named) return named;
    std::error_code failure;
    std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure) return "codegraph.so";
    std::filesystem::path directory = program.parent_path();
    for (const char* place :
         {"sqlite/codegraph.so", "../sqlite/codegraph.so", "../../sqlite/codegraph.so", "codegraph.so"}) {
        std::filesystem::path candidate = directory / place;
        if (std::filesystem::exists(candidate, failure)) return candidate.lexically_normal().string();
    }
    return "codegraph.so";
}

}  // namespace

std::optional<Options> parse_options(int argc, char** argv, int& exit_code) {
    Options options;
    std::size_t commits = 0;
    std::string branch;
    std::string base;
    CLI::App app(description, "codegraph-index");
    app.footer(rules);
    app.set_version_flag("--version", "codegraph-index " CODEGRAPH_VERSION);
    auto* db = app.add_option("--db", options.db, "SQLite file, postgres://… URL, or a connection string with `=`");
    app.add_option("--repo", options.repo_id, "id of the repository in the store")->required();
    app.add_option("PATH", options.path, "git repository or directory")->required()->check(CLI::ExistingDirectory);
    auto* commits_option =
        app.add_option("--commits", commits, "only the newest N commits; the first of them is loaded whole")
            ->check(CLI::PositiveNumber);
    auto* branch_option = app.add_option("--branch", branch, "branch name to record (default: the one HEAD is on)");
    app.add_option("--snapshot", options.snapshot, "snapshot id for a directory without git")->capture_default_str();
    auto* base_option = app.add_option("--base", base, "snapshot that a new directory snapshot starts from");
    app.add_option("--module", options.module,
                   "SQLite module (default: beside this program, or CODEGRAPH_SQLITE_MODULE)");
    app.add_option("--ctags", options.ctags, "Universal Ctags")->capture_default_str();
    app.add_option("--max-file-size", options.max_file_size, "bytes; larger files are skipped")->capture_default_str();
    app.add_option("--max-candidates", options.max_candidates, "definitions a name may mean before it is left out")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    auto* dry_run =
        app.add_flag("--dry-run", options.dry_run, "print the calls as lines of JSON instead of making them");
    app.add_flag("--quiet,-q", options.quiet, "say nothing but errors");
    try {
        app.parse(argc, argv);
        if (db->count() == 0 && dry_run->count() == 0) throw CLI::RequiredError("--db");
        if (options.repo_id.empty()) throw CLI::ValidationError("--repo", "must not be empty");
    } catch (const CLI::ParseError& error) {
        int code = app.exit(error);
        exit_code = code == 0 ? 0 : 2;
        return std::nullopt;
    }
    if (commits_option->count() > 0) options.commits = commits;
    if (branch_option->count() > 0) options.branch = branch;
    if (base_option->count() > 0) options.base = base;
    if (options.module.empty()) options.module = default_module();
    return options;
}

}  // namespace codegraph::index
