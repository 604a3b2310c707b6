// codegraph-bench: what codegraph costs beside what one would write instead. `codegraph-bench --help` says the rest.
// Slowness is no failure; a wrong answer is (exit status 1).
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "binding_measures.h"
#include "core_measures.h"
#include "history_measures.h"
#include "load.h"
#include "load_measures.h"
#include "numbers.h"
#include "options.h"
#include "postgres_session.h"
#include "progress.h"
#include "report.h"
#include "snapshot_measures.h"
#include "sql_measures.h"
#include "sqlite_session.h"

namespace codegraph::bench {
namespace {

class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(std::filesystem::temp_directory_path() / ("codegraph-bench-" + std::to_string(getpid()))) {
        std::filesystem::create_directory(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

std::string description(const Workload& workload) {
    BreadthFirstSearch forward(workload.forward()), backward(workload.backward());
    auto reach = [](BreadthFirstSearch& search, uint32_t start, uint32_t depth) {
        return number(static_cast<double>(search.run(start, depth).count));
    };
    const uint32_t start = workload.typical_start(), hub = workload.hub();
    return std::string(workload.size().name) + ": " + number(workload.chunk_count()) + " chunks in " +
           number(workload.file_count()) + " files, " + number(workload.edge_count()) +
           " dependencies; the typical start reaches " + reach(forward, start, 3) + " symbols at depth 3, " +
           reach(forward, start, 10) + " at depth 10, " + reach(forward, start, any_depth) + " at any; the hub has " +
           number(static_cast<double>(workload.backward().targets(hub).size())) + " dependents, " +
           reach(backward, hub, 10) + " at depth 10";
}

void add_once(std::vector<std::string>& texts, const std::string& text) {
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
}

bool has_any(const std::set<int>& rows, std::span<const int> wanted) {
    return std::ranges::any_of(wanted, [&](int row) { return rows.contains(row); });
}

bool is_of_the_core_alone(int row) {
    return std::ranges::count(core_rows, row) > 0 && std::ranges::count(binding_rows, row) == 0;
}

// Measures what works on the same loaded store.
void measure_loaded(const MakeDatabase& make_database, const Workload& workload, const std::set<int>& rows, int runs,
                    Results& results) {
    const auto database = make_database();
    const double milliseconds = load_codegraph(*database->connect(), workload);
    progress("loaded codegraph in " + number(milliseconds / 1000) + " s");
    if (has_any(rows, sql_rows)) measure_sql(*database, workload, rows, runs, results);
    if (has_any(rows, snapshot_rows)) measure_snapshots(*database, workload, rows, runs, results);
}

void measure_database(const MakeDatabase& make_database, const Workload& workload, const std::set<int>& rows, int runs,
                      Results& results) {
    if (has_any(rows, sql_rows) || has_any(rows, snapshot_rows))
        measure_loaded(make_database, workload, rows, runs, results);
    if (has_any(rows, binding_rows)) measure_binding(make_database, workload, runs, results);
    if (has_any(rows, load_rows)) measure_loads(make_database, workload, rows, runs, results);
    if (has_any(rows, history_rows)) measure_history(make_database, workload, runs, results);
}

void measure_size(Size size, const Options& options, const std::string& folder, Circumstances& circumstances,
                  Results& results) {
    const std::set<int> rows = options.rows_at(size.name);
    if (rows.empty()) return;
    const Workload workload(size);
    circumstances.workloads.push_back(description(workload));
    progress("workload " + circumstances.workloads.back());
    if (has_any(rows, core_rows)) measure_core(workload, rows, options.runs, results);
    if (std::ranges::all_of(rows, is_of_the_core_alone)) return;
    for (const std::string& name : options.databases) {
        const MakeDatabase make_database = [&] {
            return name == "sqlite" ? make_sqlite_database(folder, options.module, options.pragmas)
                                    : make_postgres_database(options.postgres);
        };
        const std::string described = make_database()->description();
        progress(described);
        add_once(circumstances.databases, described);
        measure_database(make_database, workload, rows, options.runs, results);
    }
}

void run(const Options& options) {
    std::filesystem::create_directories(options.out);
    const TemporaryFolder folder;
    Circumstances circumstances{.databases = {}, .workloads = {}, .command = options.command};
    Results results;
    for (const Size& size : sizes) measure_size(size, options, folder.path(), circumstances, results);
    print_table(results);
    write_report(options.out, circumstances, results);
    progress("wrote " + options.out + "/report.md");
}

}  // namespace
}  // namespace codegraph::bench

int main(int argc, char** argv) {
    using namespace codegraph::bench;
    int code = 0;
    const std::optional<Options> options = parse_options(argc, argv, code);
    if (!options) return code;
    try {
        run(*options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "codegraph-bench: %s\n", error.what());
        return 1;
    }
}
