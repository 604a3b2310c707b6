#include "graph/importance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "algorithm_graphs.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

std::vector<double> scores_of(const ResidentGraph& graph, const EdgeFilter& filter, size_t budget) {
    Importance importance(graph, filter);
    run(importance, budget);
    return {importance.scores().begin(), importance.scores().end()};
}

// A row of the matrix for each symbol: how a walk goes on from there, jumps and dangling symbols included.
std::vector<long double> naive_scores(const NaivePairs& naive) {
    const size_t count = naive.names.size();
    std::vector<std::vector<long double>> matrix(count, std::vector<long double>(count, 0));
    for (const auto& [from, to] : naive.pairs) matrix[from][to] = 1;
    for (auto& row : matrix) {
        const long double degree = std::accumulate(row.begin(), row.end(), 0.0L);
        for (long double& entry : row) {
            const long double followed = degree == 0 ? 1.0L / count : entry / degree;
            entry = 0.85L * followed + 0.15L / count;
        }
    }
    std::vector<long double> scores(count, 1.0L / count);
    for (int round = 0; round < 100; round++) {
        std::vector<long double> next(count, 0);
        for (size_t from = 0; from < count; from++)
            for (size_t to = 0; to < count; to++) next[to] += scores[from] * matrix[from][to];
        long double change = 0;
        for (size_t i = 0; i < count; i++) change += std::abs(next[i] - scores[i]);
        scores = next;
        if (change < 1e-9L) break;
    }
    return scores;
}

TEST(Importance, IsPageRankByADenseMatrix) {
    for (uint64_t seed = 0; seed < 500; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const std::vector<File> files = random.below(2) ? random_snapshot(random) : random_layers(random);
        const ResidentGraph graph = build_graph(files);
        const TraversalOptions options = random_filter(random);
        const std::vector<long double> expected = naive_scores(NaivePairs(NaiveGraph(files), options));
        const std::vector<double> scores = scores_of(graph, filter_of(graph, options), no_budget);
        ASSERT_EQ(scores.size(), expected.size());
        for (size_t i = 0; i < scores.size(); i++) ASSERT_NEAR(scores[i], static_cast<double>(expected[i]), 1e-10);
        if (!scores.empty()) {
            ASSERT_NEAR(std::accumulate(scores.begin(), scores.end(), 0.0), 1, 1e-9);
        }
        for (const size_t budget : {size_t{1}, size_t{1 + random.below(30)}})
            ASSERT_EQ(scores_of(graph, filter_of(graph, options), budget), scores);  // to the last bit
    }
}

TEST(Importance, IsEqualWhereNothingPointsAtAnything) {
    const ResidentGraph graph = build_graph(files_of({{"a", "b", "CALLS"}, {"c", "d", "CALLS"}}));
    EXPECT_EQ(scores_of(graph, EdgeFilter(graph, {"NEVER_SEEN"}, 0), 1), std::vector<double>(4, 0.25));
}

TEST(Importance, CountsAPairOnceHoweverManyEdgesItHas) {
    const ResidentGraph once = build_graph(files_of({{"a", "b", "CALLS"}, {"a", "c", "CALLS"}}));
    const ResidentGraph often =
        build_graph(files_of({{"a", "b", "CALLS"}, {"a", "c", "CALLS"}, {"a", "b", "READS"}, {"a", "b", "USES"}}));
    EXPECT_EQ(scores_of(once, all_edges(once), 5), scores_of(often, all_edges(often), 5));
}

TEST(Importance, OfAHubIsFoundInBoundedSteps) {
    constexpr size_t spokes = 100000, budget = 10000;
    const ResidentGraph graph = build_graph(hub_of(spokes));
    Importance importance(graph, all_edges(graph));
    const size_t steps = run(importance, budget);
    EXPECT_GE(steps, 20 * 4 * spokes / budget);
    EXPECT_LE(steps, 101 * 5 * spokes / budget);
    // In balance hub = 0.15 / n + 0.85 (1 - hub): every spoke gives it all it has.
    EXPECT_NEAR(importance.scores()[0], (0.15 / (spokes + 1) + 0.85) / 1.85, 1e-6);
}

TEST(Importance, OfAnEmptyGraphIsNone) {
    const ResidentGraph graph = build_graph({});
    EXPECT_TRUE(scores_of(graph, all_edges(graph), 1).empty());
}

}  // namespace
}  // namespace codegraph::graph_tests
