#include "graph/cycles.h"

#include <gtest/gtest.h>

#include "algorithm_graphs.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

using Components = std::vector<std::vector<Symbol>>;

Components cycles_of(const ResidentGraph& graph, const EdgeFilter& filter, size_t budget) {
    Cycles cycles(graph, filter);
    run(cycles, budget);
    Components components;
    for (uint32_t i = 0; i < cycles.count(); i++) components.emplace_back(cycles[i].begin(), cycles[i].end());
    return components;
}

// Who reaches whom, by Floyd and Warshall; a symbol is in a cycle when it reaches itself.
Components naive_cycles(const NaivePairs& naive) {
    const size_t count = naive.names.size();
    std::vector<std::vector<bool>> reaches(count, std::vector<bool>(count, false));
    for (const auto& [from, to] : naive.pairs) reaches[from][to] = true;
    for (size_t via = 0; via < count; via++)
        for (size_t from = 0; from < count; from++)
            for (size_t to = 0; to < count; to++)
                if (reaches[from][via] && reaches[via][to]) reaches[from][to] = true;
    Components components;
    std::vector<bool> listed(count, false);
    for (size_t least = 0; least < count; least++) {
        if (listed[least] || !reaches[least][least]) continue;
        components.emplace_back();
        for (size_t other = least; other < count; other++) {
            if (!reaches[least][other] || !reaches[other][least]) continue;
            components.back().push_back(static_cast<Symbol>(other));
            listed[other] = true;
        }
    }
    return components;
}

TEST(Cycles, AreWhatReachesItselfByFloydAndWarshall) {
    size_t found = 0, largest = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const std::vector<File> files = random.below(2) ? random_snapshot(random) : random_layers(random);
        const ResidentGraph graph = build_graph(files);
        const TraversalOptions options = random_filter(random);
        const Components expected = naive_cycles(NaivePairs(NaiveGraph(files), options));
        for (const size_t budget : {size_t{1}, size_t{1 + random.below(20)}, no_budget})
            ASSERT_EQ(cycles_of(graph, filter_of(graph, options), budget), expected);
        found += expected.size();
        for (const auto& component : expected) largest = std::max(largest, component.size());
    }
    EXPECT_GT(found, 1000u);
    EXPECT_GT(largest, 15u);
}

TEST(Cycles, AreInTheOrderOfTheirLeastSymbolsAndLeaveOutWhatLeadsToThem) {
    const ResidentGraph graph = build_graph(files_of({{"a", "z", "CALLS"},
                                                      {"z", "b", "CALLS"},
                                                      {"b", "z", "CALLS"},
                                                      {"c", "c", "CALLS"},
                                                      {"d", "y", "CALLS"},
                                                      {"y", "d", "CALLS"},
                                                      {"z", "d", "CALLS"}}));
    EXPECT_EQ(cycles_of(graph, all_edges(graph), 2), (Components{{1, 5}, {2}, {3, 4}}));
}

TEST(Cycles, OfAnEmptyGraphAreNone) {
    const ResidentGraph graph = build_graph({});
    EXPECT_EQ(cycles_of(graph, all_edges(graph), 1), Components{});
}

TEST(Cycles, OfARingOfTwoHundredThousandAreOneAndOfAChainNone) {
    constexpr size_t length = 200000, budget = 1000;
    const ResidentGraph ring = build_graph(chain_of(length, true));
    Cycles cycles(ring, all_edges(ring));
    const size_t steps = run(cycles, budget);
    EXPECT_GE(steps, 2 * length / budget);
    EXPECT_LE(steps, 10 * length / budget);
    ASSERT_EQ(cycles.count(), 1u);
    ASSERT_EQ(cycles[0].size(), length);
    for (size_t i = 0; i < length; i++) ASSERT_EQ(cycles[0][i], i);
    const ResidentGraph chain = build_graph(chain_of(length, false));
    EXPECT_EQ(cycles_of(chain, all_edges(chain), budget), Components{});
}

TEST(Cycles, OfAHubAreOneFoundInBoundedSteps) {
    constexpr size_t spokes = 100000, budget = 1000;
    const ResidentGraph graph = build_graph(hub_of(spokes));
    Cycles cycles(graph, all_edges(graph));
    EXPECT_LE(run(cycles, budget), 10 * spokes / budget);
    ASSERT_EQ(cycles.count(), 1u);
    EXPECT_EQ(cycles[0].size(), spokes + 1);
}

}  // namespace
}  // namespace codegraph::graph_tests
