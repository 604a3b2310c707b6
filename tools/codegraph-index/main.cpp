// codegraph-index brings source code and its git history into a codegraph store. `codegraph-index --help` says the
// rest.
#include <chrono>
#include <cstdio>

#include "ctags.h"
#include "database.h"
#include "error.h"
#include "git_history.h"
#include "indexer.h"
#include "interrupt.h"
#include "options.h"
#include "store.h"

namespace codegraph::index {
namespace {

std::unique_ptr<Database> open_database(const Options& options) {
    if (options.dry_run) return open_dry_run();
    if (is_postgres(options.db)) return open_postgres(options.db);
    return open_sqlite(options.db, options.module);
}

void summarize(const Options& options, const Totals& totals, Store& store, double seconds) {
    if (!options.quiet) print_summary(options.dry_run ? stderr : stdout, totals, seconds, store.database_size());
}

int run(const Options& options) {
    auto start = std::chrono::steady_clock::now();
    std::optional<GitHistory> history = GitHistory::open(options.path);
    Store store(open_database(options), options.repo_id);
    if (!options.dry_run) store.leave_contents_unindexed();
    Ctags ctags(options.ctags);
    Indexer indexer(store, ctags, options);
    int code = 0;
    try {
        history ? indexer.index_history(*history) : indexer.index_directory();
        indexer.index_contents();
    } catch (const Interrupted&) {
        code = 130;
        std::fprintf(stderr,
                     "codegraph-index: interrupted; the unfinished snapshot was rolled back, run again to continue\n");
    }
    std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    summarize(options, indexer.totals(), store, time.count());
    return code;
}

}  // namespace
}  // namespace codegraph::index

int main(int argc, char** argv) {
    using namespace codegraph::index;
    int code = 0;
    std::optional<Options> options = parse_options(argc, argv, code);
    if (!options) return code;
    catch_signals();
    try {
        return run(*options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "codegraph-index: %s\n", error.what());
        return 1;
    }
}
