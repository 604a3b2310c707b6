// Reading a tree gives what a std::map of the same content gives.
#include "tree_fixture.h"

namespace codegraph {
namespace {

const size_t sizes[] = {0, 1, 2, 22, 23, 24, 100, 1000, 20000};

std::optional<TreeValue> expected(const Model& model, const std::string& key) {
    auto found = model.find(key);
    return found == model.end() ? std::nullopt : std::optional(found->second);
}

// Keys that are there, and next to them keys that are not.
std::vector<std::string> probes(const Model& model, Random& random, size_t count) {
    std::vector<std::string> keys = {"\x01", "src", "zzz", std::string(1, '\xFF'), ""};
    for (size_t i = 0; i < count; i++) {
        std::string key = golden_key(random.below(model.size() + 1));
        if (random.one_in(4)) key += '\0';
        if (random.one_in(4)) key.pop_back();
        keys.push_back(key);
    }
    if (!model.empty()) keys.insert(keys.end(), {model.begin()->first, model.rbegin()->first, model.rbegin()->first});
    random.shuffle(keys);
    return keys;
}

TEST(TreeLookup, FindGivesWhatTheMapHas) {
    for (size_t size : sizes) {
        NodeTable table;
        Model model = golden_model(size);
        Digest root = table.save(model);
        NodeStore store(NodeTable::repo_key);
        Random random(size);
        for (const std::string& key : probes(model, random, 300))
            EXPECT_EQ(table.run(find(store, root, key)), expected(model, key)) << size << " " << key;
    }
}

TEST(TreeLookup, FindManyGivesWhatTheMapHasInTheOrderOfTheKeys) {
    for (size_t size : sizes) {
        NodeTable table;
        Model model = golden_model(size);
        Digest root = table.save(model);
        for (size_t count : {0, 1, 10, 5000}) {
            NodeStore store(NodeTable::repo_key);
            Random random(size + count);
            std::vector<std::string> keys = probes(model, random, count);
            std::vector<std::optional<TreeValue>> values = table.run(find_many(store, root, keys));
            ASSERT_EQ(values.size(), keys.size());
            for (size_t i = 0; i < keys.size(); i++) EXPECT_EQ(values[i], expected(model, keys[i])) << keys[i];
        }
    }
}

TEST(TreeLookup, FindManyOfNothingReadsNoLeaf) {
    NodeTable table;
    Digest root = table.save(golden_model(1000));
    NodeStore store(NodeTable::repo_key);
    EXPECT_TRUE(table.run(find_many(store, root, {})).empty());
    EXPECT_EQ(store.counters().nodes_read, 1u);
}

TEST(TreeLookup, FindManyAsksOnceALevel) {
    NodeTable table;
    Digest root = table.save(golden_model(20000));  // 4 levels
    NodeStore store(NodeTable::repo_key);
    std::vector<std::string> keys;
    for (size_t i = 0; i < 200; i++) keys.push_back(golden_key(i * 97));
    table.requests = 0;
    table.run(find_many(store, root, keys));
    EXPECT_EQ(table.requests, 4);
    EXPECT_LE(store.counters().nodes_read, 200u + 100u);
}

TEST(TreeLookup, CountReadsOneNode) {
    for (size_t size : sizes) {
        NodeTable table;
        Digest root = table.save(golden_model(size));
        NodeStore store(NodeTable::repo_key);
        EXPECT_EQ(table.run(count_entries(store, root)), size);
        EXPECT_EQ(store.counters().nodes_read, size > 0 ? 1u : 0u);
    }
}

Task<std::vector<TreeEntry>> walk(NodeStore& store, Digest root) {
    std::vector<TreeEntry> all;
    TreeCursor cursor(store, root);
    for (;;) {
        bool more = co_await cursor.next();
        if (!more) break;
        EXPECT_FALSE(cursor.entries().empty());
        all.insert(all.end(), cursor.entries().begin(), cursor.entries().end());
    }
    bool after_the_end = co_await cursor.next();
    EXPECT_FALSE(after_the_end);
    co_return all;
}

TEST(TreeCursor, WalksAllEntriesInOrder) {
    for (size_t size : sizes) {
        NodeTable table;
        Model model = golden_model(size);
        Digest root = table.save(model);
        NodeStore store(NodeTable::repo_key);
        std::vector<TreeEntry> all = table.run(walk(store, root));
        ASSERT_EQ(all.size(), size);
        auto at = model.begin();
        for (const TreeEntry& entry : all) {
            EXPECT_EQ(entry.key, at->first);
            EXPECT_EQ(entry.value, at->second);
            ++at;
        }
    }
}

Task<> first_leaf(NodeStore& store, Digest root) {
    TreeCursor cursor(store, root);
    bool more = co_await cursor.next();
    EXPECT_TRUE(more);
    EXPECT_EQ(cursor.entries().front().key, golden_key(0));
}

TEST(TreeCursor, ReadsEachNodeOnceInGroupsAndNotTheWholeTreeFirst) {
    NodeTable table;
    Digest root = table.save(golden_model(100000));
    NodeStore store(NodeTable::repo_key);
    table.requests = 0;
    table.run(walk(store, root));
    EXPECT_EQ(store.counters().nodes_read, 4505u);
    EXPECT_LE(table.requests, 4505 / 40);
    EXPECT_GE(table.checkpoints, 4505 / 64);
    NodeStore another(NodeTable::repo_key);
    table.run(first_leaf(another, root));
    EXPECT_LE(another.counters().nodes_read, 64u + 8u + 8u + 1u);
}

}  // namespace
}  // namespace codegraph
