// Whatever a map's history: applying edits gives the root that a rebuild from the sorted list gives, and what is put is
// the whole tree. And the cost of edits follows the edits.
#include "base/bytes.h"
#include "tree_fixture.h"

namespace codegraph {
namespace {

// A map and its tree side by side.
struct History {
    explicit History(Model start, KeyHash key_hash = sha256_key_hash)
        : model(std::move(start)), key_hash(key_hash), root(table.save(model, key_hash)) {}

    void edit(const std::vector<TreeEdit>& edits) {
        edit_only(edits);
        expect_root_of_rebuild();
    }
    void expect_root_of_rebuild() { EXPECT_EQ(root, rebuilt(model, key_hash)); }

    void edit_only(const std::vector<TreeEdit>& edits) {
        NodeStore store(NodeTable::repo_key, key_hash);
        edit_model(model, edits);
        size_t rows_before = table.inserted;
        root = table.run(apply(store, root, edits));
        EXPECT_EQ(table.inserted, rows_before) << "apply() only puts";
        table.run(store.save());
        counters = store.counters();
    }

    void expect_complete() {  // all nodes are there
        NodeStore store(NodeTable::repo_key, key_hash);
        TreeCursor cursor(store, root);
        auto at = model.begin();
        for (;;) {
            if (!table.run(cursor.next())) break;
            for (const TreeEntry& entry : cursor.entries()) {
                ASSERT_NE(at, model.end());
                ASSERT_EQ(entry, (TreeEntry{at->first, at->second}));
                ++at;
            }
        }
        ASSERT_EQ(at, model.end());
    }

    NodeTable table;
    Model model;
    KeyHash key_hash;
    Digest root;
    NodeStore::Counters counters;
};

TreeEdit erase(const std::string& key) {
    return {key, std::nullopt};
}

std::string key_at(const Model& model, size_t i) {
    return std::next(model.begin(), static_cast<ptrdiff_t>(i))->first;
}

// The keys that end nodes, of any level.
std::vector<std::string> cut_keys(History& history) {
    std::vector<std::string> keys;
    for (const auto& [name, body] : history.table.nodes) keys.push_back(decode_node(body).entries.back().key);
    return keys;
}

std::string random_key(Random& random, size_t range) {
    std::string key = golden_key(random.below(range));
    if (random.one_in(5)) key.insert(random.below(key.size()), 1, static_cast<char>(random()));
    if (random.one_in(50)) key = std::string(1, static_cast<char>(random()));
    return key;
}

// A batch in one of the shapes that histories have.
std::vector<TreeEdit> random_batch(Random& random, const Model& model, const std::vector<std::string>& cuts,
                                   size_t range) {
    std::map<std::string, TreeEdit> edits;
    auto add = [&](TreeEdit edit) { edits.insert_or_assign(edit.key, edit); };
    size_t count = random.one_in(3) ? 1 : 1 + random.below(size_t(1) << random.below(11));
    size_t shape = random.below(7);
    for (size_t i = 0; i < count; i++) {
        std::string key = random_key(random, range);
        if (shape == 0 && !model.empty()) key = key_at(model, random.below(model.size()));
        if (shape == 1 && !cuts.empty()) key = cuts[random.below(cuts.size())];
        bool removes = random.one_in(shape == 2 ? 1 : 3) || (shape == 1 && random.one_in(2));
        add(removes ? erase(key) : TreeEdit{key, random_value(random)});
    }
    if (shape == 3 && !model.empty()) {  // a range vanishes
        size_t begin = random.below(model.size());
        size_t end = std::min(model.size(), begin + 1 + random.below(random.one_in(4) ? model.size() : 80));
        auto at = std::next(model.begin(), static_cast<ptrdiff_t>(begin));
        for (size_t i = begin; i < end; i++, ++at) add(erase(at->first));
    }
    if (shape == 4) {  // a run of neighbours appears, before or after everything now and then
        std::string prefix = random.one_in(3) ? "a" : random.one_in(2) ? "z" : golden_key(random.below(range));
        for (size_t i = 0; i < 60; i++) add({prefix + golden_key(i), random_value(random)});
    }
    if (shape == 5 && !model.empty()) {
        add(erase(model.begin()->first));
        add(erase(model.rbegin()->first));
    }
    std::vector<TreeEdit> batch;
    for (auto& [key, edit] : edits) batch.push_back(edit);
    random.shuffle(batch);
    return batch;
}

void play_random_history(uint64_t seed, size_t start, size_t steps, KeyHash key_hash = sha256_key_hash) {
    SCOPED_TRACE(seed_text(seed));
    Random random(seed);
    History history(golden_model(start), key_hash);
    for (size_t step = 0; step < steps && !testing::Test::HasFailure(); step++) {
        SCOPED_TRACE("step " + std::to_string(step));
        history.edit(random_batch(random, history.model, cut_keys(history), start + 100));
        if (history.table.nodes.size() > 4 * start + 2000)
            history.table.nodes.clear(), history.table.save(history.model, key_hash);
    }
    history.expect_complete();
}

TEST(TreeApply, RandomHistoriesGiveTheRootOfARebuild) {
    for (uint64_t seed : fresh_seeds(120)) play_random_history(seed, 1 + seed % 300, 30);
}

TEST(TreeApply, RandomHistoriesOfLargerMapsGiveTheRootOfARebuild) {
    for (uint64_t seed : fresh_seeds(12)) play_random_history(seed, 1000 + seed % 4000, 25);
}

TEST(TreeApply, HistoriesOfAHundredThousandKeysGiveTheRootOfARebuild) {
    for (uint64_t seed : fresh_seeds(1)) play_random_history(seed, 100000, 4);
}

uint64_t few_hashes(Sha256& sha, std::string_view key) {  // forced ties: three values for all keys
    return sha256_key_hash(sha, key) % 3;
}
uint64_t one_hash(Sha256&, std::string_view) {  // all keys tie: the key alone decides, so there is no cut
    return 42;
}
uint64_t rising_hash(Sha256&, std::string_view key) {  // a hostile set: long runs without a cut
    uint64_t number = 0;
    for (char c : key)
        if (c >= '0' && c <= '9') number = number * 10 + static_cast<uint64_t>(c - '0');
    return number / 300 % 2 ? number : ~number;
}

TEST(TreeApply, TiedAndHostileHashesGiveTheRootOfARebuild) {
    for (KeyHash key_hash : {few_hashes, one_hash, rising_hash})
        for (uint64_t seed : fresh_seeds(15)) play_random_history(seed, 1 + seed % 1500, 20, key_hash);
}

TEST(TreeApply, HostileKeySetsGiveTheRootOfARebuild) {
    // Keys searched so that their hashes rise: one leaf of a few hundred entries.
    Sha256 sha;
    Model model;
    uint64_t least = 0;
    for (size_t i = 0; i < 300000; i++) {
        char key[16];
        std::snprintf(key, sizeof key, "%08zu", i);
        uint64_t hash = item_hash(sha256_key_hash(sha, key), 0);
        uint64_t span = ~uint64_t(0) / 300;
        if (hash < least || hash - least > span) continue;
        least = hash;
        model[key] = {};
    }
    ASSERT_GT(model.size(), 150u);
    History history(model);
    ASSERT_EQ(history.table.nodes.size(), 1u);
    Random random(5);
    for (int round = 0; round < 60; round++) {
        std::string key = key_at(history.model, random.below(history.model.size()));
        if (random.one_in(2))
            history.edit({erase(key)});
        else
            history.edit({{key + "x", random_value(random)}});
    }
    history.expect_complete();
}

TEST(TreeApply, KeysOfEveryLengthAndEveryByteWork) {
    History history({});
    Random random(3);
    for (int round = 0; round < 30; round++) {
        std::vector<TreeEdit> edits;
        std::string key;
        for (int i = 0; i < 60; i++) {
            key += static_cast<char>(random());
            edits.push_back({key, random_value(random)});
        }
        history.edit(edits);
    }
    history.edit({{std::string(max_tree_key, 'k'), random_value(random)},
                  {std::string(max_tree_key - 1, 'k'), random_value(random)}});
    history.edit({erase(std::string(max_tree_key, 'k'))});
    history.expect_complete();
}

TEST(TreeApply, EverySingleKeyOfASmallMapCanBeDeletedAndInsertedAgain) {
    for (size_t size : {1, 12, 23, 24, 60, 400}) {
        History history(golden_model(size));
        Digest root = history.root;
        Model full = history.model;
        for (const auto& [key, value] : full) {
            history.edit({erase(key)});
            history.edit({{key, value}});
            ASSERT_EQ(history.root, root);
        }
    }
}

TEST(TreeApply, AMapGrowsKeyByKeyAndShrinksToNothing) {
    for (bool from_the_front : {true, false}) {
        History history({});
        Model full = golden_model(700);
        for (const auto& [key, value] : full) history.edit({{key, value}});
        while (!history.model.empty())
            history.edit({erase(from_the_front ? history.model.begin()->first : history.model.rbegin()->first)});
        EXPECT_EQ(history.root, empty_root());
    }
}

TEST(TreeApply, OneBatchEmptiesAMapOfAnyHeightAndFillsItAgain) {
    for (size_t size : {1, 30, 1000, 20000}) {
        History history(golden_model(size));
        std::vector<TreeEdit> deletes, inserts;
        for (const auto& [key, value] : history.model) {
            deletes.push_back(erase(key));
            inserts.push_back({key, value});
        }
        Digest root = history.root;
        history.edit(deletes);
        EXPECT_EQ(history.root, empty_root());
        history.edit(inserts);
        EXPECT_EQ(history.root, root);
        deletes.pop_back();  // all but one: the tree collapses to a leaf
        history.edit(deletes);
        history.expect_complete();
    }
}

TEST(TreeApply, WhatChangesNothingPutsNothing) {
    History history(golden_model(5000));
    Digest root = history.root;
    std::vector<TreeEdit> edits;
    for (size_t i = 0; i < 100; i++) {
        edits.push_back({golden_key(i * 7), history.model.at(golden_key(i * 7))});
        edits.push_back(erase(golden_key(i * 7) + "/absent"));
    }
    edits.push_back(erase("zzz"));
    edits.push_back(erase("\x01"));
    history.edit(edits);
    EXPECT_EQ(history.root, root);
    EXPECT_EQ(history.counters.nodes_written, 0u);
    history.edit({});
    EXPECT_EQ(history.counters.nodes_read, 0u);
    NodeStore store(NodeTable::repo_key);
    EXPECT_EQ(history.table.run(apply(store, empty_root(), {erase("a")})), empty_root());
}

TEST(TreeApply, RefusesTwoEditsOfOneKeyAndKeysOfNoOrTooGreatLength) {
    History history(golden_model(100));
    NodeStore store(NodeTable::repo_key);
    auto refused = [&](std::vector<TreeEdit> edits) {
        return kind_of_error([&] { history.table.run(apply(store, history.root, edits)); }) == ErrorKind::internal;
    };
    EXPECT_TRUE(refused({{"a", TreeValue{}}, {"b", TreeValue{}}, {"a", std::nullopt}}));
    EXPECT_TRUE(refused({{"", TreeValue{}}}));
    EXPECT_TRUE(refused({{std::string(max_tree_key + 1, 'a'), TreeValue{}}}));
}

TEST(TreeApply, SeveralBatchesInOneOperationNeedNoSaveBetweenThem) {
    NodeTable table;
    Model model = golden_model(3000);
    Digest root = table.save(model);
    NodeStore store(NodeTable::repo_key);
    Random random(11);
    for (int round = 0; round < 20; round++) {
        std::vector<TreeEdit> edits = random_batch(random, model, {}, 3000);
        edit_model(model, edits);
        root = table.run(apply(store, root, edits));
        ASSERT_EQ(root, rebuilt(model));
    }
    table.run(store.save());
    NodeStore fresh(NodeTable::repo_key);
    EXPECT_EQ(table.run(count_entries(fresh, root)), model.size());
}

// Bounds from what prototypes measured (storage.md); height 4 at 100,000 keys.
class TreeApplyCost : public testing::Test {
protected:
    TreeApplyCost() : history(golden_model(100000)) {}
    History history;
    Random random{2};
};

TEST_F(TreeApplyCost, OneUpdateReadsAndWritesOneNodeALevel) {
    for (int round = 0; round < 10; round++) {
        history.edit_only({{golden_key(random.below(100000)), random_value(random)}});
        EXPECT_EQ(history.counters.nodes_read, 4u);
        EXPECT_EQ(history.counters.nodes_written, 4u);
        EXPECT_EQ(history.counters.requests, 4u);
        EXPECT_LE(history.counters.bytes_written, 16000u);
    }
    history.expect_root_of_rebuild();
}

TEST_F(TreeApplyCost, OneInsertReadsItsPathAndTheNeighboursOfItsLeaf) {
    uint64_t read = 0, written = 0, requests = 0;
    const int rounds = 20;
    for (int round = 0; round < rounds; round++) {
        history.edit_only({{golden_key(random.below(100000)) + "x", random_value(random)}});
        read += history.counters.nodes_read;
        written += history.counters.nodes_written;
        requests += history.counters.requests;
        EXPECT_LE(history.counters.nodes_read, 12u);
        EXPECT_LE(history.counters.nodes_written, 12u);
        EXPECT_LE(history.counters.bytes_written, 32000u);
    }
    EXPECT_LE(read, 7u * rounds);
    EXPECT_LE(written, 6u * rounds);
    EXPECT_LE(requests, 6u * rounds);
    history.expect_root_of_rebuild();
}

TEST_F(TreeApplyCost, AHundredScatteredUpdatesShareTheirPathsAndAskOnceALevel) {
    std::vector<TreeEdit> edits;
    for (size_t i = 0; i < 100; i++) edits.push_back({golden_key(i * 997), random_value(random)});
    history.edit(edits);
    EXPECT_LE(history.counters.nodes_read, 230u);
    EXPECT_EQ(history.counters.nodes_written, history.counters.nodes_read);
    EXPECT_EQ(history.counters.requests, 4u);
}

TEST_F(TreeApplyCost, AThousandInsertsInOneFolderWriteLittleMoreThanTheirOwnLeaves) {
    std::vector<TreeEdit> edits;
    for (size_t i = 0; i < 1000; i++) edits.push_back({"src/p05/new/" + golden_key(i), random_value(random)});
    history.edit(edits);
    EXPECT_LE(history.counters.nodes_read, 12u);
    EXPECT_LE(history.counters.nodes_written, 70u);
}

TEST_F(TreeApplyCost, NoNodeIsWrittenThatTheNewTreeDoesNotHave) {
    std::vector<TreeEdit> edits;
    for (size_t i = 0; i < 300; i++) edits.push_back({golden_key(i * 331) + (i % 2 ? "x" : ""), random_value(random)});
    for (size_t i = 0; i < 300; i++) edits.push_back(erase(golden_key(i * 331 + 5)));
    auto before = history.table.nodes;
    history.edit(edits);
    EXPECT_EQ(history.table.nodes.size() - before.size(), history.counters.nodes_written) << "known before";
    NodeTable fresh;
    fresh.save(history.model);
    for (const auto& [name, body] : fresh.nodes) EXPECT_TRUE(history.table.nodes.contains(name)) << "not written";
    for (const auto& [name, body] : history.table.nodes)
        EXPECT_TRUE(before.contains(name) || fresh.nodes.contains(name)) << "not of the tree";
}

}  // namespace
}  // namespace codegraph
