#include "graph/graph_cache.h"

#include <gtest/gtest.h>

#include "text_graph.h"

namespace codegraph {
namespace {

GraphKey key(unsigned char root, const std::string& repo_id = "r", int64_t user = 0) {
    GraphKey made{{}, repo_id, user};
    made.root.bytes[0] = root;
    return made;
}

GraphCache::Graph graph_of(int edges) {
    TextGraphBuilder builder;
    TextFile file{"f", {{"a", true, "id", "function", 1, 1}}, {}};
    for (int i = 0; i < edges; i++) file.dependencies.push_back({0, "t" + std::to_string(i), "CALLS", 1});
    builder.add_file(file);
    return std::make_shared<ResidentGraph>(builder.build());
}

TEST(GraphCache, GivesAGraphToItsRootRepositoryAndUserOnly) {
    GraphCache cache;
    const GraphCache::Graph graph = graph_of(1);
    cache.keep(key(1), graph);
    EXPECT_EQ(cache.find(key(1)), graph);
    EXPECT_EQ(cache.find(key(2)), nullptr);
    EXPECT_EQ(cache.find(key(1, "other")), nullptr);
    EXPECT_EQ(cache.find(key(1, "r", 7)), nullptr);
    EXPECT_EQ(cache.bytes(), graph->bytes());
}

TEST(GraphCache, LetsTheLeastRecentlyUsedLeave) {
    GraphCache cache;
    const size_t one = graph_of(1000)->bytes();
    cache.set_bound(one * 3 + one / 2);
    for (unsigned char root = 1; root <= 3; root++) cache.keep(key(root), graph_of(1000));
    EXPECT_NE(cache.find(key(1)), nullptr);  // now the one used last
    cache.keep(key(4), graph_of(1000));
    EXPECT_EQ(cache.find(key(2)), nullptr);
    EXPECT_NE(cache.find(key(1)), nullptr);
    EXPECT_NE(cache.find(key(3)), nullptr);
    EXPECT_NE(cache.find(key(4)), nullptr);
    EXPECT_LE(cache.bytes(), one * 3 + one / 2);
}

TEST(GraphCache, DoesNotKeepWhatExceedsItsBoundAloneAndLosesNothingForIt) {
    GraphCache cache;
    cache.set_bound(graph_of(10)->bytes() * 2);
    cache.keep(key(1), graph_of(10));
    cache.keep(key(2), graph_of(100000));
    EXPECT_EQ(cache.find(key(2)), nullptr);
    EXPECT_NE(cache.find(key(1)), nullptr);
    cache.set_bound(0);
    EXPECT_EQ(cache.find(key(1)), nullptr);
    EXPECT_EQ(cache.bytes(), 0u);
    cache.keep(key(1), graph_of(1));
    EXPECT_EQ(cache.find(key(1)), nullptr);
}

TEST(GraphCache, CountsAGraphThatHasGrown) {
    GraphCache cache;
    const GraphCache::Graph first = graph_of(1000), second = graph_of(1000);
    cache.set_bound(first->bytes() * 2 + 1000);
    cache.keep(key(1), first);
    cache.keep(key(2), second);
    ScriptedDatabase().run(second->build_reverse());
    cache.enforce_bound();
    EXPECT_EQ(cache.find(key(1)), nullptr);
    EXPECT_EQ(cache.find(key(2)), second);
    EXPECT_EQ(cache.bytes(), second->bytes());
    EXPECT_EQ(first->symbol_count(), 1001u);  // whoever uses it still has it
}

TEST(GraphCache, NamesRelativesOfTheRepositoryAndUserTheLastUsedFirst) {
    GraphCache cache;
    cache.keep(key(1), graph_of(1));
    cache.keep(key(2, "other"), graph_of(1));
    cache.keep(key(3, "r", 7), graph_of(1));
    cache.keep(key(4), graph_of(1));
    std::vector<GraphKey> keys;
    for (const GraphCache::Entry& entry : cache.relatives(key(5))) keys.push_back(entry.key);
    EXPECT_EQ(keys, (std::vector<GraphKey>{key(4), key(1)}));
}

TEST(GraphCache, ReplacesAGraphOfTheSameKey) {
    GraphCache cache;
    cache.keep(key(1), graph_of(1));
    const GraphCache::Graph again = graph_of(1);
    cache.keep(key(1), again);
    EXPECT_EQ(cache.find(key(1)), again);
    EXPECT_EQ(cache.bytes(), again->bytes());
}

}  // namespace
}  // namespace codegraph
