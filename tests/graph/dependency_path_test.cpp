#include "graph/dependency_path.h"

#include <gtest/gtest.h>

#include "algorithm_graphs.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

// "a", "CALLS b", …
std::vector<std::string> path_between(const ResidentGraph& graph, const EdgeFilter& filter, Symbol source,
                                      Symbol target, size_t budget) {
    DependencyPath path(graph, filter, source, target);
    run(path, budget);
    std::vector<std::string> steps;
    for (const PathStep& step : path.path()) {
        const std::string name(graph.symbol_name(step.symbol));
        steps.push_back(steps.empty() ? name : std::string(graph.relationship_name(step.label)) + " " + name);
    }
    return steps;
}

std::vector<std::string> path_between(const ResidentGraph& graph, const std::string& source,
                                      const std::string& target) {
    return path_between(graph, all_edges(graph), *graph.resolve(source), *graph.resolve(target), 3);
}

// Followed back from the target through the rows of a naive traversal.
std::vector<std::string> naive_path(const std::vector<NaiveRow>& rows, const std::string& source, std::string target) {
    std::vector<std::string> steps;
    while (target != source) {
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const NaiveRow& r) { return r.symbol == target; });
        if (row == rows.end()) return {};
        steps.insert(steps.begin(), row->relationship + " " + target);
        target = row->via;
    }
    steps.insert(steps.begin(), source);
    return steps;
}

size_t expect_same_paths(const std::vector<File>& files, Random& random) {
    const NaiveGraph naive(files);
    const ResidentGraph graph = build_graph(files);
    size_t longest = 0;
    const std::set<std::string> symbols = naive.symbols();
    Symbol source = 0;
    for (const std::string& source_name : symbols) {
        const TraversalOptions options = random_filter(random);
        const EdgeFilter filter = filter_of(graph, options);
        const std::vector<NaiveRow> rows = naive.reach(source_name, options);
        Symbol target = 0;
        for (const std::string& target_name : symbols) {
            const std::vector<std::string> expected = naive_path(rows, source_name, target_name);
            const size_t budget = random.below(2) ? 1 + random.below(8) : no_budget;
            EXPECT_EQ(path_between(graph, filter, source, target, budget), expected)
                << source_name << " to " << target_name;
            longest = std::max(longest, expected.size());
            target++;
        }
        source++;
    }
    return longest;
}

TEST(DependencyPath, IsWhatANaiveTraversalFollowedBackGives) {
    size_t longest = 0;
    for (uint64_t seed = 0; seed < 300 && !testing::Test::HasFailure(); seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        longest = std::max(longest, expect_same_paths(random_snapshot(random), random));
    }
    EXPECT_GE(longest, 6u);
}

TEST(DependencyPath, IsTheSameWhereManyShortestPathsCompete) {
    size_t longest = 0;
    for (uint64_t seed = 0; seed < 300 && !testing::Test::HasFailure(); seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        longest = std::max(longest, expect_same_paths(random_layers(random), random));
    }
    EXPECT_GE(longest, 10u);
}

TEST(DependencyPath, TakesTheLeastPredecessorSeenFromTheTarget) {
    // Going forward a would come before b; but q, by b, is less than z, by a.
    const ResidentGraph graph = build_graph(files_of({{"s", "a", "CALLS"},
                                                      {"s", "b", "CALLS"},
                                                      {"a", "z", "CALLS"},
                                                      {"b", "q", "USES"},
                                                      {"b", "q", "READS"},
                                                      {"q", "t", "CALLS"},
                                                      {"z", "t", "CALLS"}}));
    EXPECT_EQ(path_between(graph, "s", "t"), (std::vector<std::string>{"s", "CALLS b", "READS q", "CALLS t"}));
}

TEST(DependencyPath, FromASymbolToItselfIsThatSymbolAlsoOnACycle) {
    const ResidentGraph graph = build_graph(files_of({{"a", "a", "CALLS"}, {"a", "b", "CALLS"}}));
    EXPECT_EQ(path_between(graph, "a", "a"), std::vector<std::string>{"a"});
    EXPECT_EQ(path_between(graph, "b", "b"), std::vector<std::string>{"b"});
}

TEST(DependencyPath, IsEmptyAgainstTheArrows) {
    const ResidentGraph graph = build_graph(files_of({{"a", "b", "CALLS"}}));
    EXPECT_EQ(path_between(graph, "b", "a"), std::vector<std::string>{});
}

TEST(DependencyPath, GoesThroughAHubInBoundedSteps) {
    constexpr size_t spokes = 100000, budget = 1000;
    const ResidentGraph graph = build_graph(hub_of(spokes));
    const Symbol hub = *graph.resolve("hub");
    DependencyPath path(graph, all_edges(graph), hub + 7, hub + spokes);
    EXPECT_LE(run(path, budget), 3 * spokes / budget);
    ASSERT_EQ(path.path().size(), 3u);
    EXPECT_EQ(path.path()[1].symbol, hub);
    DependencyPath back(graph, all_edges(graph), hub, hub);
    EXPECT_EQ(run(back, budget), 1u);
}

// s - h, from there to 100,000 leaves, one edge more after each, and by c3, c2, c1 to t: only the edges of h are many.
TEST(DependencyPath, IsSoughtFromTheSideWithFewerSymbols) {
    constexpr size_t leaves = 100000, budget = 1000;
    std::vector<std::array<std::string, 3>> edges = {
        {"s", "h", "CALLS"}, {"h", "c3", "CALLS"}, {"c3", "c2", "CALLS"}, {"c2", "c1", "CALLS"}, {"c1", "t", "CALLS"}};
    for (size_t i = 0; i < leaves; i++) {
        const std::string leaf = "leaf " + std::to_string(i);
        edges.push_back({"h", leaf, "CALLS"});
        edges.push_back({leaf, "below " + leaf, "CALLS"});
    }
    const ResidentGraph graph = build_graph(files_of(edges));
    DependencyPath path(graph, all_edges(graph), *graph.resolve("s"), *graph.resolve("t"));
    EXPECT_LE(run(path, budget), leaves / budget + 5);
    EXPECT_EQ(path.path().size(), 6u);
}

TEST(DependencyPath, LooksAtEachEdgeAFewTimesHoweverManyShortestPathsThereAre) {
    constexpr size_t layers = 60, width = 10;
    const auto name = [](size_t layer, size_t i) { return std::to_string(100 + layer) + "." + std::to_string(i); };
    std::vector<std::array<std::string, 3>> edges;
    for (size_t layer = 0; layer + 1 < layers; layer++)
        for (size_t from = 0; from < width; from++)
            for (size_t to = 0; to < width; to++) edges.push_back({name(layer, from), name(layer + 1, to), "CALLS"});
    const ResidentGraph graph = build_graph(files_of(edges));
    DependencyPath path(graph, all_edges(graph), *graph.resolve(name(0, 5)), *graph.resolve(name(layers - 1, 5)));
    EXPECT_LE(run(path, 1), 4 * edges.size());
    ASSERT_EQ(path.path().size(), layers);
    for (size_t layer = 1; layer + 1 < layers; layer++)
        EXPECT_EQ(graph.symbol_name(path.path()[layer].symbol), name(layer, 0));
}

TEST(DependencyPath, WalksAChainOfTwoHundredThousandEdges) {
    constexpr size_t length = 200000, budget = 1000;
    const ResidentGraph graph = build_graph(chain_of(length, false));
    DependencyPath path(graph, all_edges(graph), 0, static_cast<Symbol>(length));
    const size_t steps = run(path, budget);
    EXPECT_GE(steps, length / budget);
    EXPECT_LE(steps, 10 * length / budget);
    ASSERT_EQ(path.path().size(), length + 1);
    for (size_t i = 0; i <= length; i++) ASSERT_EQ(path.path()[i].symbol, i);
}

}  // namespace
}  // namespace codegraph::graph_tests
