#include "core_measures.h"

#include <algorithm>
#include <stdexcept>

#include "binding/list_binder.h"
#include "graph/graph_facts.h"
#include "graph/resident_graph.h"
#include "graph/traversal.h"
#include "numbers.h"
#include "progress.h"
#include "text_graph.h"

namespace codegraph::bench {
namespace {

constexpr size_t steps_at_once = 1 << 16;  // between two looks for an interrupt
constexpr double bytes_a_chunk = 48, bytes_an_edge = 10, bytes_a_list = 24;
constexpr double most_to_bind = 80;  // milliseconds

TextFile text_file(const Workload& workload, uint32_t file) {
    TextFile text{.path = workload.path(file), .chunks = {}, .dependencies = {}};
    for (uint32_t place = 0; place < chunks_in_file; place++) {
        const uint32_t chunk = file * chunks_in_file + place;
        TextChunk made{workload.fqn(chunk), true, "", "method", workload.start_line(chunk), workload.end_line(chunk)};
        made.chunk_id = computed_id(text.path, made);
        text.chunks.push_back(std::move(made));
        for (uint32_t target : workload.forward().targets(chunk)) {
            std::vector<std::string> candidates = workload.candidates(chunk, target);
            std::string first = std::move(candidates[0]);
            candidates.erase(candidates.begin());
            text.dependencies.push_back({place, std::move(first), "CALLS", 1, std::move(candidates)});
        }
    }
    for (const AliasOfMembers& alias : workload.aliases(file))
        text.aliases.push_back({alias.fqn, AliasKind::members, {alias.target}});
    return text;
}

ResidentGraph make_graph_without_reverse(const Workload& workload) {
    std::vector<uint32_t> files(workload.file_count());
    for (uint32_t file = 0; file < workload.file_count(); file++) files[file] = file;
    std::ranges::sort(files, {}, [&](uint32_t file) { return workload.path(file); });
    TextGraphBuilder builder;
    for (uint32_t file : files) builder.add_file(text_file(workload, file));
    return builder.build();
}

ResidentGraph make_graph(const Workload& workload) {
    ResidentGraph graph = make_graph_without_reverse(workload);
    ScriptedDatabase().run(graph.build_reverse());
    return graph;
}

// Binds all lists of a graph as its builder did, from its facts on.
void bind_again(const ResidentGraph& graph) {
    ScriptedDatabase database;
    const std::unique_ptr<GraphFacts> facts = database.run(GraphFacts::make(graph));
    const MembersByName no_members;
    PathResolver resolver(facts->facts());
    while (!resolver.learn_names(steps_at_once)) {
    }
    ListBinder binder(facts->facts(), no_members, resolver);
    const CandidateLists& kept = graph.binding().lists;
    CandidateLists lists;
    AskedNames asked(kept.size());
    std::vector<NameNumber> candidates;
    for (ListNumber list = 0; list < kept.size(); list++) {
        candidates.clear();
        for (GraphName candidate : kept.candidates(list)) candidates.push_back(facts->number_of(candidate));
        lists.add(candidates, MembersByName::none);
        binder.bind(lists, list, &asked);
    }
}

struct Question {
    const char* title;
    uint32_t start;
    Direction direction;
    std::optional<uint32_t> max_depth;
};

Reach traverse(const ResidentGraph& graph, Symbol start, const TraversalOptions& options) {
    Traversal traversal(graph, std::span(&start, 1), options);
    while (!traversal.step(steps_at_once)) {
    }
    Reach reach{.count = static_cast<int64_t>(traversal.reached().size())};
    for (const ReachedSymbol& reached : traversal.reached()) reach.depth_sum += reached.depth;
    return reach;
}

int64_t count(const ResidentGraph& graph, Symbol start, const TraversalOptions& options) {
    ReachCount reach(graph, std::span(&start, 1), options);
    while (!reach.step(steps_at_once)) {
    }
    return static_cast<int64_t>(reach.count());
}

class TraversalMeasures {
public:
    TraversalMeasures(const Workload& workload, const ResidentGraph& graph, int runs, Results& results)
        : workload_(workload), graph_(graph), runs_(runs), results_(results) {}

    void compare(const Question& question) {
        progress("core " + std::string(workload_.size().name) + ": " + question.title);
        const bool forward = question.direction == Direction::dependencies;
        BreadthFirstSearch search(forward ? workload_.forward() : workload_.backward());
        const uint32_t depth = question.max_depth.value_or(any_depth);
        const Symbol start = graph_.resolve(workload_.fqn(question.start)).value();
        const TraversalOptions options{.direction = question.direction, .max_depth = question.max_depth};
        const Reach reach = search.run(question.start, depth);
        if (reach != traverse(graph_, start, options) || reach.count != count(graph_, start, options))
            throw std::runtime_error(std::string("the core and the bare program differ: ") + question.title);
        const Timing bare = time_runs(runs_, [&] { search.run(question.start, depth); });
        add(question, "the traversal, ordered, with predecessors", bare,
            time_runs(runs_, [&] { traverse(graph_, start, options); }));
        add(question, "the count alone", bare, time_runs(runs_, [&] { count(graph_, start, options); }));
    }

private:
    void add(const Question& question, const std::string& what, Timing bare, Timing core) {
        results_.measurements.push_back({4, question.title + (": " + what), "core", std::string(workload_.size().name),
                                         "bare C++ arrays", bare, core, "ms", Goal{.most_slowdown = 1.5}});
    }

    const Workload& workload_;
    const ResidentGraph& graph_;
    int runs_;
    Results& results_;
};

void measure_traversals(const Workload& workload, const ResidentGraph& graph, int runs, Results& results) {
    const uint32_t start = workload.typical_start();
    TraversalMeasures measures(workload, graph, runs, results);
    measures.compare({"BFS, depth 10", start, Direction::dependencies, 10});
    measures.compare({"Closure", start, Direction::dependencies, {}});
    measures.compare({"Reverse BFS from a hub, depth 10", workload.hub(), Direction::dependents, 10});
}

void measure_memory(const Workload& workload, const ResidentGraph& graph, Results& results) {
    const double most = bytes_a_chunk * workload.chunk_count() + bytes_an_edge * workload.edge_count();
    const auto bytes = static_cast<double>(graph.bytes() - graph.name_bytes());
    results.measurements.push_back({13, "Memory of a resident graph with its reverse, names apart", "core",
                                    std::string(workload.size().name), "48 bytes a chunk + 10 an edge", Timing{most, 1},
                                    Timing{bytes, 1}, "bytes", Goal{.most = most}});
}

void measure_binding_alone(const Workload& workload, int runs, Results& results) {
    const std::string size(workload.size().name);
    const ResidentGraph graph = make_graph_without_reverse(workload.named(Naming::by_candidates));
    const auto lists = static_cast<double>(graph.binding().lists.size());
    const bool has_goal = size != "S";
    const std::string what = "Binding " + number(lists) + " lists of candidates";
    results.measurements.push_back({14,
                                    what,
                                    "core",
                                    size,
                                    "–",
                                    {},
                                    time_runs(runs, [&] { bind_again(graph); }),
                                    "ms",
                                    has_goal ? std::optional(Goal{.most = most_to_bind}) : std::nullopt});
    const Timing bytes{static_cast<double>(graph.binding().asked.bytes()) / lists, 1};
    results.measurements.push_back({14,
                                    "What a list asked for",
                                    "core",
                                    size,
                                    "–",
                                    {},
                                    bytes,
                                    "bytes",
                                    has_goal ? std::optional(Goal{.most = bytes_a_list}) : std::nullopt});
}

}  // namespace

void measure_core(const Workload& workload, const std::set<int>& rows, int runs, Results& results) {
    progress("core " + std::string(workload.size().name) + ": building the graph");
    if (rows.contains(14)) measure_binding_alone(workload, runs, results);
    if (!rows.contains(4) && !rows.contains(13)) return;
    const ResidentGraph graph = make_graph(workload);
    if (rows.contains(4)) measure_traversals(workload, graph, runs, results);
    if (rows.contains(13)) measure_memory(workload, graph, results);
}

}  // namespace codegraph::bench
