// The rule that cuts a level into nodes, on hashes of our choice.
#include <set>
#include <span>

#include "base/bytes.h"
#include "tree_fixture.h"

namespace codegraph {
namespace {

// The rule as tree-format.md words it.
std::vector<size_t> ends_by_definition(const std::vector<CutItem>& items) {
    std::vector<size_t> ends;
    const ptrdiff_t n = std::ssize(items), w = 11;
    for (ptrdiff_t i = 0; i < n; i++) {
        bool cut = w <= i && i < n - w;
        for (ptrdiff_t j = i - w; cut && j <= i + w; j++)
            if (j != i) cut = std::pair(items[i].hash, items[i].key) < std::pair(items[j].hash, items[j].key);
        if (cut || i == n - 1) ends.push_back(static_cast<size_t>(i) + 1);
    }
    return ends;
}

std::vector<CutItem> items_with(const std::vector<uint64_t>& hashes, const std::vector<std::string>& keys) {
    std::vector<CutItem> items;
    for (size_t i = 0; i < hashes.size(); i++) items.push_back({hashes[i], keys[i]});
    return items;
}

std::vector<std::string> ascending_keys(size_t count) {
    std::vector<std::string> keys;
    for (size_t i = 0; i < count; i++) keys.push_back(golden_key(i * 17 * 251));  // same folders
    return keys;
}

TEST(TreeCuts, TheItemHashIsTheSpecifiedOne) {
    Sha256 sha;
    uint64_t a = sha256_key_hash(sha, "a");
    EXPECT_EQ(item_hash(a, 0), 0x4a18585e7b32e4fbu);
    EXPECT_EQ(item_hash(a, 1), 0x39f23d1097467c8cu);
}

TEST(TreeCuts, FollowTheDefinitionForRandomHashesWithManyTies) {
    for (uint64_t seed : fresh_seeds(3000)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        size_t range = size_t(1) << random.below(12);
        std::vector<uint64_t> hashes(random.below(200));
        for (uint64_t& hash : hashes) hash = random.below(range);
        std::vector<std::string> keys = ascending_keys(hashes.size());
        std::vector<CutItem> items = items_with(hashes, keys);
        ASSERT_EQ(node_ends(items), ends_by_definition(items));
    }
}

TEST(TreeCuts, AreNoneInALevelOfUpToTwentyTwoItems) {
    for (size_t n = 0; n <= 22; n++) {
        std::vector<std::string> keys = ascending_keys(n);
        for (size_t least = 0; least < n; least++) {
            std::vector<uint64_t> hashes(n, 5);
            hashes[least] = 1;
            std::vector<size_t> expected(n > 0, n);
            EXPECT_EQ(node_ends(items_with(hashes, keys)), expected);
        }
    }
}

TEST(TreeCuts, NeedElevenItemsOnBothSides) {
    std::vector<std::string> keys = ascending_keys(23);
    for (size_t least = 0; least < 23; least++) {
        std::vector<uint64_t> hashes(23, 5);
        hashes[least] = 1;
        EXPECT_EQ(node_ends(items_with(hashes, keys)).size(), least == 11 ? 2u : 1u) << least;
    }
}

TEST(TreeCuts, BreakTiesByKey) {
    std::vector<std::string> keys = ascending_keys(60);
    std::vector<uint64_t> hashes(60, 5);
    hashes[20] = hashes[25] = 1;  // the lesser key wins
    EXPECT_EQ(node_ends(items_with(hashes, keys)), (std::vector<size_t>{21, 60}));
    hashes[25] = 5;
    hashes[32] = 1;  // out of each other's sight
    EXPECT_EQ(node_ends(items_with(hashes, keys)), (std::vector<size_t>{21, 33, 60}));
}

TEST(TreeCuts, AreNoneWhereHashesOnlyRiseOrOnlyFall) {
    std::vector<std::string> keys = ascending_keys(500);
    std::vector<uint64_t> rising(500), falling(500);
    for (size_t i = 0; i < 500; i++) rising[i] = i, falling[i] = 500 - i;
    EXPECT_EQ(node_ends(items_with(rising, keys)), (std::vector<size_t>{500}));
    EXPECT_EQ(node_ends(items_with(falling, keys)), (std::vector<size_t>{500}));
}

TEST(TreeCuts, CompareHashesAsUnsigned) {
    std::vector<std::string> keys = ascending_keys(40);
    std::vector<uint64_t> hashes(40, ~uint64_t(0));
    hashes[15] = 1;
    EXPECT_EQ(node_ends(items_with(hashes, keys)).front(), 16u);
}

TEST(TreeCuts, LeaveNoNodeOfALevelWithFewerThanElevenItems) {
    Sha256 sha;
    for (unsigned level = 0; level < 3; level++) {
        std::vector<std::string> keys = ascending_keys(20000);
        std::vector<CutItem> items;
        for (const std::string& key : keys) items.push_back({item_hash(sha256_key_hash(sha, key), level), key});
        size_t begin = 0;
        std::vector<size_t> ends = node_ends(items);
        EXPECT_NEAR(static_cast<double>(ends.size()), 20000 / 23.0, 60);
        for (size_t end : ends) {
            EXPECT_GE(end - begin, end == items.size() ? 11u : 12u);
            begin = end;
        }
    }
}

// What cg_verify relies on: looking at nodes and neighbours finds every wrong cut.
bool looks_right(std::span<const CutItem> level, const std::vector<size_t>& ends) {
    std::vector<std::span<const CutItem>> nodes;
    size_t begin = 0;
    for (size_t end : ends) {
        nodes.push_back(level.subspan(begin, end - begin));
        begin = end;
    }
    for (size_t i = 0; i < nodes.size(); i++) {
        if (node_ends(nodes[i]).size() != 1) return false;
        if (i > 0 && !is_cut_between(nodes[i - 1], nodes[i])) return false;
    }
    return true;
}

TEST(TreeCuts, AreRightExactlyWhenNodesAndNeighboursLookRight) {
    Random random(20261126);
    size_t changed = 0;
    for (int round = 0; round < 20000; round++) {
        const size_t count = 1 + random.below(90);
        const std::vector<std::string> keys = ascending_keys(count);
        std::vector<uint64_t> hashes(count);
        for (uint64_t& hash : hashes) hash = random.one_in(2) ? random() : random.below(4);
        const std::vector<CutItem> level = items_with(hashes, keys);
        const std::vector<size_t> right = node_ends(level);
        ASSERT_TRUE(looks_right(level, right)) << "round " << round;
        std::set<size_t> ends(right.begin(), right.end());
        for (uint64_t edits = 1 + random.below(3); edits > 0; edits--) {
            const size_t at = 1 + random.below(count);
            if (at == count) continue;
            if (!ends.erase(at)) ends.insert(at);
        }
        if (random.one_in(3) && right.size() > 1) ends.erase(right[random.below(right.size() - 1)]);
        const std::vector<size_t> other(ends.begin(), ends.end());
        if (other == right) continue;
        changed++;
        ASSERT_FALSE(looks_right(level, other)) << "round " << round;
    }
    EXPECT_GT(changed, 10000u);
}

}  // namespace
}  // namespace codegraph
