#include "graph/edge_filter.h"

#include <gtest/gtest.h>

#include "algorithm_graphs.h"
#include "graph/symbol_set.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

TEST(EdgeFilter, TakesALabelByItsRelationshipAndConfidence) {
    for (uint64_t seed = 0; seed < 200; seed++) {
        Random random(seed);
        const ResidentGraph graph = build_graph(random_snapshot(random));
        const TraversalOptions options = random_filter(random);
        const EdgeFilter filter = filter_of(graph, options);
        bool all = true;
        for (Label label = 0; label < graph.label_count(); label++) {
            const NaiveEdge edge{0, "", "", "", std::string(graph.relationship_name(label)), graph.confidence(label)};
            EXPECT_EQ(filter.takes(label), NaiveGraph::passes(edge, options));
            all = all && filter.takes(label);
        }
        EXPECT_EQ(filter.takes_all(), all);
        EXPECT_TRUE(all_edges(graph).takes_all());
    }
}

TEST(EdgeFilter, TakesManyRelationshipsOfManyLabels) {
    std::vector<std::array<std::string, 3>> edges;
    std::vector<std::string> wanted;
    for (int i = 0; i < 20000; i++) {
        edges.push_back({"f", "g", "R" + std::to_string(i)});
        wanted.push_back("R" + std::to_string((i * 7919) % 40000));
    }
    const ResidentGraph graph = build_graph(files_of(edges));
    const EdgeFilter filter(graph, wanted, 0);
    const std::set<std::string> set(wanted.begin(), wanted.end());
    for (Label label = 0; label < graph.label_count(); label++)
        ASSERT_EQ(filter.takes(label), set.contains(std::string(graph.relationship_name(label))));
}

TEST(SymbolSet, HoldsWhatASetOfNumbersHolds) {
    Random random(1);
    for (const uint32_t size : {1u, 63u, 64u, 65u, 1000u}) {
        SymbolSet set(size);
        std::set<Symbol> expected;
        for (int i = 0; i < 3000; i++) {
            const auto symbol = static_cast<Symbol>(random.below(size));
            if (random.below(3) == 0)
                EXPECT_EQ(set.erase(symbol), expected.erase(symbol) == 1);
            else
                EXPECT_EQ(set.insert(symbol), expected.insert(symbol).second);
        }
        EXPECT_EQ(set.count(), expected.size());
        EXPECT_EQ(set.symbols(), std::vector<Symbol>(expected.begin(), expected.end()));
        for (Symbol symbol = 0; symbol < size; symbol++) EXPECT_EQ(set.contains(symbol), expected.contains(symbol));
    }
    EXPECT_TRUE(SymbolSet(0).symbols().empty());
}

}  // namespace
}  // namespace codegraph::graph_tests
