// The golden roots: the same on any machine, in any database, for ever.
#include "base/bytes.h"
#include "tree_fixture.h"

namespace codegraph {
namespace {

struct Golden {
    size_t keys;
    const char* root;
    unsigned height;  // levels
    size_t nodes, bytes;
};

constexpr Golden golden_roots[] = {
    {1, "652bb83fb7fab2102359e78e2b0bd68c663e0da22e84534b51f8a773b583f914", 1, 1, 65},
    {16, "ec8c5b7f29548e6d2516f9a2751142ece522bde46cbf7d023a2b14060edfbb4d", 1, 1, 906},
    {17, "9c2a8628dace1e75ee4aec392a9af8028a8aa8800cc97190cf2c04977ca8e5ee", 1, 1, 962},
    {1000, "aa166a06cb9e2acc520df0ff3e828fc4d2198716d99d673dfcd54e09669b5ff7", 3, 46, 55267},
    {100000, "46572994dcfe097589ec6972425a25b691e751d5d7f243f690529ef840ef9bd2", 4, 4505, 4748261},
};

TEST(TreeBuild, GivesTheGoldenRootsHeightsNodesAndBytes) {
    for (const Golden& golden : golden_roots) {
        NodeTable table;
        Digest root = table.save(golden_model(golden.keys));
        EXPECT_EQ(to_hex(root.view()), golden.root);
        EXPECT_EQ(table.nodes.size(), golden.nodes);
        size_t bytes = 0;
        for (const auto& [name, body] : table.nodes) bytes += body.size();
        EXPECT_EQ(bytes, golden.bytes);
        NodeStore store(NodeTable::repo_key);
        EXPECT_EQ(table.run(store.load_root(root))->level + 1, golden.height);
    }
}

TEST(TreeBuild, TheEmptyMapHasItsRootAndNoNode) {
    NodeTable table;
    Digest root = table.save({});
    EXPECT_EQ(to_hex(root.view()), "fb50dc0717ff266cf9baf82b1ce7a1c2ef6d9247859680b11a19fb7077f5f222");
    EXPECT_EQ(root, empty_root());
    EXPECT_TRUE(table.nodes.empty());
    EXPECT_EQ(table.requests, 0);
}

TEST(TreeBuild, TheBodyOfAOneKeyMapIsTheSpecifiedOne) {
    NodeTable table;
    table.save(golden_model(1));
    std::string key = golden_key(0);
    std::string expected = std::string({1, 0, 1, 0, 0x1b}) + key + std::string(Sha256().hash(key).view()) + '\0';
    EXPECT_EQ(table.nodes.begin()->second, expected);
}

TEST(TreeBuild, RefusesKeysThatDoNotAscendOrAreEmptyOrTooLong) {
    NodeStore store(1);
    auto refused = [&](std::vector<TreeEntry> entries) {
        return kind_of_error([&] { build(store, entries); }) == ErrorKind::internal;
    };
    EXPECT_TRUE(refused({{"b", {}}, {"a", {}}}));
    EXPECT_TRUE(refused({{"a", {}}, {"a", {}}}));
    EXPECT_TRUE(refused({{"", {}}}));
    EXPECT_TRUE(refused({{std::string(max_tree_key + 1, 'a'), {}}}));
    EXPECT_FALSE(refused({{std::string(max_tree_key, 'a'), {}}}));
}

TEST(TreeBuild, RootsDependOnKeysDigestsAndExtras) {
    Model model = golden_model(500);
    Digest root = rebuilt(model);
    Model other = model;
    other.begin()->second.count++;
    EXPECT_NE(rebuilt(other), root);
    other = model;
    other.rbegin()->second.digest.bytes[31] ^= 1;
    EXPECT_NE(rebuilt(other), root);
    other = model;
    other.erase(golden_key(77));
    EXPECT_NE(rebuilt(other), root);
    other[golden_key(77)] = model[golden_key(77)];
    EXPECT_EQ(rebuilt(other), root);
}

}  // namespace
}  // namespace codegraph
