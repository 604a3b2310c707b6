// The difference of two trees is the difference of their maps, both ways, and costs what differs.
#include "tree_fixture.h"

namespace codegraph {
namespace {

void expect_diff(NodeTable& table, const Model& from, const Model& to, KeyHash key_hash = sha256_key_hash) {
    Digest from_root = table.save(from, key_hash), to_root = table.save(to, key_hash);
    NodeStore store(NodeTable::repo_key, key_hash);
    EXPECT_EQ(table.run(diff(store, from_root, to_root)), brute_force_diff(from, to));
    NodeStore another(NodeTable::repo_key, key_hash);
    EXPECT_EQ(table.run(diff(another, to_root, from_root)), brute_force_diff(to, from));
}

TEST(TreeDiff, OfRandomMapsIsTheBruteForceDiff) {
    for (uint64_t seed : fresh_seeds(150)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        size_t size = random.below(size_t(1) << random.below(13));
        Model from = golden_model(size), to = from;
        for (size_t i = 0, edits = random.below(size_t(1) << random.below(11)); i < edits; i++) {
            std::string key = golden_key(random.below(size + 50));
            if (random.one_in(3))
                to.erase(key);
            else
                to[random.one_in(3) ? key + "x" : key] = random_value(random);
        }
        NodeTable table;
        expect_diff(table, from, to);
    }
}

TEST(TreeDiff, OfMapsOfAnyTwoSizesIsTheBruteForceDiff) {
    const size_t sizes[] = {0, 1, 22, 23, 300, 3000, 20000};
    for (size_t from : sizes)
        for (size_t to : sizes) {
            NodeTable table;
            expect_diff(table, golden_model(from), golden_model(to));
        }
}

TEST(TreeDiff, OfMapsWithoutACommonKeyIsTheBruteForceDiff) {
    Model all = golden_model(12000), even, odd, early, late;
    size_t i = 0;
    for (const auto& [key, value] : all) {
        (i % 2 ? odd : even)[key] = value;
        (i < 6000 ? early : late)[key] = value;
        i++;
    }
    NodeTable table;
    expect_diff(table, even, odd);
    expect_diff(table, early, late);
    expect_diff(table, all, late);
    expect_diff(table, early, all);
}

TEST(TreeDiff, OfLongLeavesAgainstShortOnesIsTheBruteForceDiff) {
    Model from = golden_model(9000), to;
    for (const auto& [key, value] : from)
        if (key < "src/p08")
            to[key] = value;
        else
            to[key + "y"] = value;
    NodeTable table;
    KeyHash tied = [](Sha256& sha, std::string_view key) -> uint64_t {
        return key.ends_with("y") ? 1 : sha256_key_hash(sha, key);
    };
    expect_diff(table, from, to, tied);
}

TEST(TreeDiff, AChangeOfExtraAloneIsAChange) {
    Model from = golden_model(100), to = from;
    to[golden_key(50)].count++;
    NodeTable table;
    expect_diff(table, from, to);
}

TEST(TreeDiff, OfEqualRootsReadsNothing) {
    NodeTable table;
    Digest root = table.save(golden_model(1000));
    NodeStore store(NodeTable::repo_key);
    EXPECT_TRUE(table.run(diff(store, root, root)).empty());
    EXPECT_EQ(store.counters().nodes_read, 0u);
}

TEST(TreeDiff, AfterOneUpdateReadsOneNodeALevelOfEachTreeAndAsksOnceALevel) {
    NodeTable table;
    Model from = golden_model(100000), to = from;
    to[golden_key(54321)].count++;
    Digest from_root = table.save(from), to_root = table.save(to);
    NodeStore store(NodeTable::repo_key);
    EXPECT_EQ(table.run(diff(store, from_root, to_root)).size(), 1u);
    EXPECT_EQ(store.counters().nodes_read, 8u);
    EXPECT_LE(store.counters().requests, 5u);
}

TEST(TreeDiff, AfterTwentyScatteredEditsReadsTheirPaths) {
    NodeTable table;
    Model from = golden_model(100000), to = from;
    for (size_t i = 0; i < 20; i++) {
        if (i % 3 == 0)
            to.erase(golden_key(i * 4999));
        else
            to[golden_key(i * 4999) + (i % 3 == 1 ? "x" : "")].count = 1;
    }
    Digest from_root = table.save(from), to_root = table.save(to);
    NodeStore store(NodeTable::repo_key);
    EXPECT_EQ(table.run(diff(store, from_root, to_root)), brute_force_diff(from, to));
    EXPECT_LE(store.counters().nodes_read, 150u);
    EXPECT_LE(store.counters().requests, 5u);
}

// The nodes of a level share a node below, so that the number of paths doubles with each level.
TEST(TreeDiff, OfAForgedTreeWhoseNodesShareNodesBelowIsAnError) {
    constexpr unsigned levels = 20;
    NodeTable table;
    NodeStore store(NodeTable::repo_key);
    std::vector<TreeEntry> nodes;
    for (unsigned i = 0; i <= levels; i++) {
        const TreeEntry entry{golden_key(i), {}};
        nodes.push_back({entry.key, {store.put(TreeNode{0, std::vector<TreeEntry>(1, entry)}), 1}});
    }
    std::ranges::sort(nodes, {}, &TreeEntry::key);
    for (unsigned level = 1; level <= levels; level++) {
        std::vector<TreeEntry> above;
        for (size_t i = 1; i < nodes.size(); i++) {
            TreeNode node{level, {}};
            node.entries = {nodes[0], nodes[i]};
            above.push_back({nodes[i].key, {store.put(node), entries_below(node)}});
        }
        nodes = std::move(above);
    }
    table.run(store.save());
    NodeStore another(NodeTable::repo_key);
    const Digest root = nodes.front().value.digest;
    EXPECT_EQ(kind_of_error([&] { table.run(diff(another, empty_root(), root)); }), ErrorKind::data_corrupted);
}

}  // namespace
}  // namespace codegraph
