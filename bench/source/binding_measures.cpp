#include "binding_measures.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "load.h"
#include "numbers.h"
#include "recorder.h"

namespace codegraph::bench {
namespace {

constexpr const char* by_candidates = "bench_candidates";  // the repository beside load.h's
constexpr double most_slowdown = 1.6;

std::string described(const Workload& workload) {
    std::set<std::vector<std::string>> lists;
    size_t candidates = 0, bytes = 0, aliases = 0;
    for (uint32_t from = 0; from < workload.chunk_count(); from++) {
        for (uint32_t to : workload.forward().targets(from)) {
            std::vector<std::string> list = workload.candidates(from, to);
            candidates += list.size();
            for (const std::string& candidate : list) bytes += candidate.size();
            lists.insert(std::move(list));
        }
    }
    for (uint32_t file = 0; file < workload.file_count(); file++) aliases += workload.aliases(file).size();
    const double edges = workload.edge_count();
    const auto a_dependency = [&](size_t count) { return number(static_cast<double>(count) / edges); };
    return a_dependency(candidates) + " candidates and " + a_dependency(bytes) + " bytes a dependency, " +
           a_dependency(lists.size() * 100) + " lists for 100, " + number(static_cast<double>(aliases)) + " aliases";
}

// Everything that a connection keeps is gone with it.
double time_first_call(Database& database, const Workload& workload, const std::string& repo) {
    constexpr int64_t depth = 10;
    const auto session = database.connect();
    const uint32_t start = workload.typical_start();
    const std::vector<Value> parameters{repo, first_snapshot, workload.fqn(start), depth};
    Answer answer;
    const double time = time_once(
        [&] { answer = session->run("SELECT cg_count_dependencies($1, $2, $3, CAST($4 AS integer))", parameters); });
    if (answer.sum != BreadthFirstSearch(workload.forward()).run(start, depth).count)
        throw std::runtime_error("the graph of " + repo + " gives another count than the bare program");
    return time;
}

}  // namespace

void measure_binding(const MakeDatabase& make_database, const Workload& workload, int runs, Results& results) {
    const auto database = make_database();
    const Workload with_candidates = workload.named(Naming::by_candidates);
    Recorder recorder(*database, workload, results);
    recorder.say("candidates: " + described(with_candidates));
    load_codegraph(*database->connect(), workload);
    load_codegraph(*database->connect(), with_candidates, by_candidates);
    std::vector<double> without, with;
    for (int run = 0; run <= runs; run++) {  // in turns; the first ones warm the caches of the machine
        const double one = time_first_call(*database, workload, repository);
        const double other = time_first_call(*database, workload, by_candidates);
        if (run == 0) continue;
        without.push_back(one);
        with.push_back(other);
    }
    recorder.add(14, "First call of a connection, with candidates: cg_count_dependencies, depth 10",
                 "the same without candidates", median_of(std::move(without)), median_of(std::move(with)),
                 recorder.is_small() ? std::nullopt : std::optional(Goal{.most_slowdown = most_slowdown}));
}

}  // namespace codegraph::bench
