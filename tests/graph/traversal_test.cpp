#include "graph/traversal.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "naive_graph.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

std::vector<NaiveRow> rows_of(const ResidentGraph& graph, const Traversal& traversal) {
    std::vector<NaiveRow> rows;
    for (size_t i = 0; i < traversal.count(); i++) {
        const ReachedSymbol& r = traversal.reached()[i];
        rows.push_back({r.depth, std::string(graph.symbol_name(r.symbol)), std::string(graph.symbol_name(r.via)),
                        std::string(graph.relationship_name(r.label)), traversal.score(i)});
    }
    return rows;
}

std::vector<NaiveRow> reach(const ResidentGraph& graph, const std::string& start, const TraversalOptions& options,
                            size_t budget = 1000) {
    const Symbol symbol = *graph.resolve(start);
    TraversalOptions with_scores = options;
    with_scores.with_scores = true;
    Traversal traversal(graph, std::span(&symbol, 1), with_scores);
    while (!traversal.step(budget)) continue;
    Traversal plain(graph, std::span(&symbol, 1), options);
    while (!plain.step(budget)) continue;
    EXPECT_TRUE(std::ranges::equal(plain.reached(), traversal.reached()));
    ReachCount reach(graph, std::span(&symbol, 1), options);
    while (!reach.step(budget)) continue;
    EXPECT_EQ(reach.count(), traversal.reached().size());
    return rows_of(graph, traversal);
}

TextChunk function(std::string fqn) {
    std::string id = "id of " + fqn;
    return {std::move(fqn), true, std::move(id), "function", 1, 1};
}

// One file; each edge is "from to relationship".
std::vector<File> snapshot_of(const std::vector<std::array<std::string, 3>>& edges) {
    std::vector<File> files(1);
    File& file = files[0];
    file.path = "f";
    for (const auto& [from, to, relationship] : edges) {
        auto found = std::find_if(file.chunks.begin(), file.chunks.end(),
                                  [&, &name = from](const TextChunk& c) { return c.symbol == name; });
        if (found == file.chunks.end()) found = file.chunks.insert(file.chunks.end(), function(from));
        const auto number = static_cast<uint32_t>(found - file.chunks.begin());
        file.dependencies.push_back({number, to, relationship, 1});
    }
    return files;
}

TraversalOptions random_options(Random& random) {
    TraversalOptions options;
    options.direction = random.below(2) ? Direction::dependencies : Direction::dependents;
    if (random.below(2)) options.max_depth = static_cast<int64_t>(random.below(6));
    for (const char* name : {"CALLS", "IMPORTS", "EXTENDS", "Z", "UNKNOWN"})
        if (random.below(3) == 0) options.relationships.push_back(name);
    options.min_confidence = static_cast<double>(random.below(5)) / 4;
    if (random.below(2)) options.min_confidence = 0;
    return options;
}

TEST(Traversal, ReachesWhatTheNaiveReadingOfTheTextReaches) {
    size_t reached = 0, deepest = 0;
    for (uint64_t seed = 0; seed < 1500; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const std::vector<File> files = random_snapshot(random);
        const NaiveGraph naive(files);
        const ResidentGraph graph = build_graph(files);
        for (const std::string& start : naive.symbols()) {
            const TraversalOptions options = random_options(random);
            // A name that is the id of a chunk with an FQN stands for that one; the naive start does so too.
            const std::vector<NaiveRow> expected = naive.reach(*naive.resolve(start), options);
            ASSERT_EQ(reach(graph, start, options, random.below(7)), expected) << "from " << start;
            reached += expected.size();
            if (!expected.empty()) deepest = std::max<size_t>(deepest, expected.back().depth);
        }
    }
    EXPECT_GT(reached, 10000u);  // the snapshots are worth the name
    EXPECT_GE(deepest, 5u);
}

TEST(Traversal, FromSeveralStartsReachesWhatTheNearestOfThemReaches) {
    const ResidentGraph graph = build_graph(snapshot_of(
        {{"a", "b", "CALLS"}, {"b", "c", "CALLS"}, {"c", "a", "CALLS"}, {"c", "d", "CALLS"}, {"d", "e", "USES"}}));
    const std::vector<Symbol> starts = {*graph.resolve("c"), *graph.resolve("a")};
    Traversal traversal(graph, starts, {});
    while (!traversal.step(1)) continue;
    EXPECT_EQ(rows_of(graph, traversal),
              (std::vector<NaiveRow>{{1, "b", "a", "CALLS"}, {1, "d", "c", "CALLS"}, {2, "e", "d", "USES"}}));
    ReachCount reach(graph, starts, {.max_depth = 1});
    while (!reach.step(1)) continue;
    EXPECT_EQ(reach.count(), 2u);
}

// Levels of thousands, whose order is made by going over the bitmap of all symbols.
TEST(Traversal, OrdersGreatLevelsBySymbol) {
    Random random(7);
    File file{"f", {function("start")}, {}};
    for (int i = 0; i < 5000; i++) {
        const uint64_t number = random.below(1000000);
        file.dependencies.push_back({0, std::to_string(number), "CALLS", static_cast<double>(number % 8) / 8});
    }
    const ResidentGraph graph = build_graph({file});
    const Symbol start = *graph.resolve("start");
    Traversal traversal(graph, std::span(&start, 1), {.with_scores = true});
    while (!traversal.step(1000)) continue;
    ASSERT_GT(traversal.reached().size(), 4000u);
    EXPECT_TRUE(std::ranges::is_sorted(traversal.reached(), std::ranges::less_equal(), &ReachedSymbol::symbol));
    for (size_t i = 0; i < traversal.count(); i++) {
        const std::string name(graph.symbol_name(traversal.reached()[i].symbol));
        ASSERT_EQ(traversal.score(i), static_cast<double>(std::stoul(name) % 8) / 8) << name;
    }
}

TEST(Traversal, LeavesTheStartOutOfItsOwnCycle) {
    const ResidentGraph graph =
        build_graph(snapshot_of({{"a", "a", "CALLS"}, {"a", "b", "CALLS"}, {"b", "c", "CALLS"}, {"c", "a", "CALLS"}}));
    EXPECT_EQ(reach(graph, "a", {}), (std::vector<NaiveRow>{{1, "b", "a", "CALLS"}, {2, "c", "b", "CALLS"}}));
    EXPECT_EQ(reach(graph, "a", {.direction = Direction::dependents}),
              (std::vector<NaiveRow>{{1, "c", "a", "CALLS"}, {2, "b", "c", "CALLS"}}));
}

TEST(Traversal, TakesTheLeastPredecessorAndThenItsLeastRelationship) {
    const ResidentGraph graph = build_graph(snapshot_of({{"s", "q", "CALLS"},
                                                         {"s", "p", "CALLS"},
                                                         {"q", "t", "CALLS"},
                                                         {"p", "t", "USES"},
                                                         {"p", "t", "READS"},
                                                         {"s", "z", "CALLS"},
                                                         {"t", "z", "A"}}));
    EXPECT_EQ(reach(graph, "s", {}),
              (std::vector<NaiveRow>{
                  {1, "p", "s", "CALLS"}, {1, "q", "s", "CALLS"}, {1, "z", "s", "CALLS"}, {2, "t", "p", "READS"}}));
}

TEST(Traversal, FiltersEdgesBeforeItFollowsThem) {
    std::vector<File> files = snapshot_of({{"a", "b", "IMPORTS"}, {"b", "c", "CALLS"}, {"a", "c", "CALLS"}});
    files[0].dependencies[2].confidence = 0.5;
    const ResidentGraph graph = build_graph(files);
    EXPECT_EQ(reach(graph, "a", {.relationships = {"CALLS"}}), (std::vector<NaiveRow>{{1, "c", "a", "CALLS", 0.5}}));
    EXPECT_EQ(reach(graph, "a", {.relationships = {"CALLS"}, .min_confidence = 0.5}),
              (std::vector<NaiveRow>{{1, "c", "a", "CALLS", 0.5}}));
    EXPECT_EQ(reach(graph, "a", {.min_confidence = 0.75}),
              (std::vector<NaiveRow>{{1, "b", "a", "IMPORTS"}, {2, "c", "b", "CALLS"}}));
    EXPECT_EQ(reach(graph, "a", {.relationships = {"NEVER_SEEN"}}), std::vector<NaiveRow>{});
}

std::vector<File> with_confidences(std::vector<File> files, const std::vector<double>& confidences) {
    for (size_t i = 0; i < confidences.size(); i++) files[0].dependencies[i].confidence = confidences[i];
    return files;
}

TEST(Traversal, ScoresASymbolByTheGreatestProductOverItsShortestPaths) {
    const std::vector<File> files =
        with_confidences(snapshot_of({{"s", "p", "CALLS"},  // the way of `via`
                                      {"s", "q", "CALLS"},
                                      {"p", "t", "CALLS"},
                                      {"q", "t", "CALLS"},
                                      {"q", "t", "USES"},  // of two edges the one of greater confidence
                                      {"s", "far", "CALLS"},
                                      {"t", "far", "CALLS"},  // a longer way does not count
                                      {"t", "s", "CALLS"}}),
                         {0.5, 0.9, 1, 0.6, 0.7, 0, 1, 0.3});
    const ResidentGraph graph = build_graph(files);
    EXPECT_EQ(reach(graph, "s", {}), (std::vector<NaiveRow>{{1, "far", "s", "CALLS", 0},
                                                            {1, "p", "s", "CALLS", 0.5},
                                                            {1, "q", "s", "CALLS", 0.9},
                                                            {2, "t", "p", "CALLS", 0.9 * 0.7}}));
    EXPECT_EQ(reach(graph, "s", {.relationships = {"CALLS"}}).back().score, 0.9 * 0.6);
    EXPECT_EQ(reach(graph, "s", {.min_confidence = 0.95}), std::vector<NaiveRow>{});
}

TEST(Traversal, MultipliesConfidencesFromTheStartInBothDirections) {
    ASSERT_NE(0.1 * 0.7 * 0.3, 0.3 * 0.7 * 0.1);
    const ResidentGraph graph = build_graph(with_confidences(
        snapshot_of({{"a", "b", "CALLS"}, {"b", "c", "CALLS"}, {"c", "d", "CALLS"}}), {0.1, 0.7, 0.3}));
    EXPECT_EQ(reach(graph, "a", {}).back().score, 0.1 * 0.7 * 0.3);
    EXPECT_EQ(reach(graph, "d", {.direction = Direction::dependents}).back().score, 0.3 * 0.7 * 0.1);
}

TEST(Traversal, GoesNoDeeperThanAskedAndNowhereAtDepthZero) {
    const ResidentGraph graph = build_graph(snapshot_of({{"a", "b", "CALLS"}, {"b", "c", "CALLS"}}));
    EXPECT_EQ(reach(graph, "a", {.max_depth = 0}).size(), 0u);
    EXPECT_EQ(reach(graph, "a", {.max_depth = 1}).size(), 1u);
    EXPECT_EQ(reach(graph, "a", {.max_depth = 2}).size(), 2u);
    EXPECT_EQ(reach(graph, "a", {.max_depth = int64_t{1} << 40}).size(), 2u);
}

TEST(Traversal, StartsAtAnExternalSymbolAgainstTheArrows) {
    const ResidentGraph graph = build_graph(snapshot_of({{"a", "libc.printf", "CALLS"}}));
    EXPECT_EQ(reach(graph, "libc.printf", {.direction = Direction::dependents}),
              (std::vector<NaiveRow>{{1, "a", "libc.printf", "CALLS"}}));
    EXPECT_EQ(reach(graph, "libc.printf", {}).size(), 0u);
}

TEST(Traversal, RefusesLimitsThatMeanNothing) {
    const ResidentGraph graph = build_graph(snapshot_of({{"a", "b", "CALLS"}}));
    const auto text_of = [&](const TraversalOptions& options) -> std::string {
        try {
            Traversal(graph, {}, options);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind, ErrorKind::invalid_parameter);
            return error.what();
        }
        return "no error";
    };
    EXPECT_EQ(text_of({.max_depth = -1}), "max_depth must not be negative: -1");
    EXPECT_EQ(text_of({.min_confidence = 1.5}), "min_confidence must be between 0 and 1: 1.5");
    EXPECT_EQ(text_of({.min_confidence = -0.001}), "min_confidence must be between 0 and 1: -0.001");
    EXPECT_EQ(text_of({.min_confidence = std::nan("")}), "min_confidence must be between 0 and 1: nan");
    EXPECT_EQ(text_of({.max_depth = 0, .min_confidence = 1}), "no error");
}

// A hub that 100,000 callers and 100,000 called share, which the naive oracle could not do: what it must give is plain.
class Hub : public testing::TestWithParam<Direction> {};

TEST_P(Hub, OfAHundredThousandEdgesIsFollowedInBoundedSteps) {
    constexpr size_t spokes = 100000, budget = 1000;
    const bool forward = GetParam() == Direction::dependencies;
    const auto name = [](size_t i) { return "spoke " + std::to_string(spokes + i); };  // of one length, so in order
    File file{"f", {function("hub")}, {}};
    for (size_t i = spokes; i-- > 0;) {
        file.chunks.push_back(function(name(i)));
        const auto spoke = static_cast<uint32_t>(file.chunks.size() - 1);
        file.dependencies.push_back(forward ? TextDependency{0, name(i), "CALLS", 1}
                                            : TextDependency{spoke, "hub", "CALLS", 1});
        file.dependencies.push_back(forward ? TextDependency{spoke, "hub", "CALLS", 1}
                                            : TextDependency{0, name(i), "CALLS", 1});
    }
    const ResidentGraph graph = build_graph({file});
    const Symbol hub = *graph.resolve("hub");
    Traversal traversal(graph, std::span(&hub, 1), {.direction = GetParam()});
    size_t steps = 1;
    EXPECT_TRUE(traversal.reached().empty());
    while (!traversal.step(budget)) {
        const size_t shown = traversal.reached().size();
        ASSERT_TRUE(shown == 0 || shown == spokes);  // whole levels only
        steps++;
    }
    EXPECT_GE(steps, 2 * spokes / budget);
    EXPECT_LE(steps, 3 * spokes / budget + 3);  // a symbol counts as well
    ASSERT_EQ(traversal.reached().size(), spokes);
    for (size_t i = 0; i < spokes; i++) {
        const ReachedSymbol& row = traversal.reached()[i];
        ASSERT_EQ(graph.symbol_name(row.symbol), name(i));
        ASSERT_EQ(row, (ReachedSymbol{1, row.symbol, hub, 0}));
    }
}

INSTANTIATE_TEST_SUITE_P(BothWays, Hub, testing::Values(Direction::dependencies, Direction::dependents));

TEST(Traversal, WalksAChainOfAHundredThousandLevels) {
    constexpr size_t length = 100000;
    std::vector<File> files;
    for (size_t i = 0; i < length; i++) {
        const std::string number = std::to_string(length + i);
        files.push_back({number, {function(number)}, {{0, std::to_string(length + i + 1), "CALLS", 1}}});
    }
    const ResidentGraph graph = build_graph(files);
    const Symbol first = 0;
    Traversal traversal(graph, std::span(&first, 1), {});
    while (!traversal.step(4096)) continue;
    ASSERT_EQ(traversal.reached().size(), length);
    EXPECT_EQ(traversal.reached().back().depth, length);
    EXPECT_TRUE(graph.is_external(traversal.reached().back().symbol));
}

}  // namespace
}  // namespace codegraph::graph_tests
