#include "graph/unreferenced.h"

#include <gtest/gtest.h>

#include "algorithm_graphs.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

std::vector<Symbol> unreferenced(const ResidentGraph& graph, const EdgeFilter& filter, size_t budget) {
    Unreferenced unreferenced(graph, filter);
    run(unreferenced, budget);
    return unreferenced.symbols().symbols();
}

TEST(Unreferenced, AreThoseThatNoOtherSymbolPointsAt) {
    size_t found = 0;
    for (uint64_t seed = 0; seed < 500; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const std::vector<File> files = random_snapshot(random);
        const ResidentGraph graph = build_graph(files);
        const TraversalOptions options = random_filter(random);
        const NaivePairs naive(NaiveGraph(files), options);
        std::vector<Symbol> expected;
        for (Symbol symbol = 0; symbol < naive.names.size(); symbol++)
            if (std::none_of(naive.pairs.begin(), naive.pairs.end(),
                             [&](const auto& pair) { return pair.second == symbol && pair.first != symbol; }))
                expected.push_back(symbol);
        for (const size_t budget : {size_t{1}, size_t{1 + random.below(10)}, no_budget})
            ASSERT_EQ(unreferenced(graph, filter_of(graph, options), budget), expected);
        found += expected.size();
    }
    EXPECT_GT(found, 1000u);
}

TEST(Unreferenced, DoesNotCountLoopsAndFilteredEdgesOfAHubAndStaysBounded) {
    constexpr size_t spokes = 100000, budget = 1000;
    const ResidentGraph graph = build_graph(hub_of(spokes));
    EXPECT_TRUE(unreferenced(graph, all_edges(graph), budget).empty());
    Unreferenced none_left(graph, EdgeFilter(graph, {"NEVER_SEEN"}, 0));
    const size_t steps = run(none_left, budget);
    EXPECT_GE(steps, 3 * spokes / budget);
    EXPECT_LE(steps, 3 * spokes / budget + 2);
    EXPECT_EQ(none_left.symbols().count(), spokes + 1);
}

}  // namespace
}  // namespace codegraph::graph_tests
