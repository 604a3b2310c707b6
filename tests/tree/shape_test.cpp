// Trees that came from elsewhere: a node whose hash fits and that is cut in other places is found.
#include "tree/shape.h"

#include "tree/cuts.h"
#include "tree_fixture.h"

namespace codegraph {
namespace {

struct Tree {
    Digest root;
    std::vector<std::vector<Digest>> levels;  // the hashes of the nodes
};

std::vector<size_t> ends_by_the_rule(NodeStore& store, const std::vector<TreeEntry>& items, unsigned level) {
    std::vector<CutItem> hashed;
    for (const TreeEntry& item : items) hashed.push_back({item_hash(store.key_hash(item.key), level), item.key});
    return node_ends(hashed);
}

// One end more, less, or elsewhere.
void disturb(std::vector<size_t>& ends, Random& random) {
    size_t count = ends.back(), i = random.below(ends.size());
    size_t kind = random.below(3);
    if (kind != 0 && i + 1 < ends.size()) ends.erase(ends.begin() + i);
    if (kind != 1) ends.push_back(kind == 0 ? 1 + random.below(count) : std::min(count, ends[i] + 1));
    std::ranges::sort(ends);
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
}

// The map's tree, with the cuts of one level disturbed; saved.
Tree save_disturbed(NodeTable& table, const Model& model, std::optional<unsigned> disturbed, Random& random) {
    NodeStore store(NodeTable::repo_key);
    std::vector<TreeEntry> items;
    for (const auto& [key, value] : model) items.push_back({key, value});
    Tree tree;
    for (unsigned level = 0; level == 0 || items.size() > 1; level++) {
        std::vector<size_t> ends = ends_by_the_rule(store, items, level);
        if (level == disturbed) disturb(ends, random);
        std::vector<TreeEntry> above;
        size_t begin = 0;
        tree.levels.emplace_back();
        for (size_t end : ends) {
            TreeNode node{level, {items.begin() + begin, items.begin() + end}};
            TreeEntry entry{node.entries.back().key, {Digest(), entries_below(node)}};
            // A node above a single node cannot be stored; it stays where it is, for what follows to be other cuts.
            if (level > 0 && node.entries.size() == 1) return {};
            entry.value.digest = store.put(std::move(node));
            tree.levels.back().push_back(entry.value.digest);
            above.push_back(std::move(entry));
            begin = end;
        }
        items = std::move(above);
    }
    tree.root = items.front().value.digest;
    table.run(store.save());
    return tree;
}

bool every_node_has_the_shape(NodeTable& table, const Tree& tree) {
    NodeStore store(NodeTable::repo_key);
    for (const std::vector<Digest>& level : tree.levels)
        for (const Digest& hash : level) {
            std::vector<NodePointer> nodes = table.run(store.load({hash}));
            if (!table.run(has_canonical_shape(store, *nodes[0]))) return false;
        }
    return true;
}

TEST(TreeShape, HoldsForTheTreeOfAMapAndForNoOtherTreeOfIt) {
    size_t others = 0;
    for (uint64_t seed : fresh_seeds(400)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        Model model;
        size_t count = 1 + random.below(size_t(1) << random.below(13));
        for (size_t i = 0; i < count; i++) model[golden_key(random.below(100000))] = random_value(random);
        NodeTable table;
        std::optional<unsigned> disturbed;
        if (!random.one_in(4)) disturbed = unsigned(random.below(3));
        Tree tree = save_disturbed(table, model, disturbed, random);
        if (tree.levels.empty()) continue;
        bool canonical = tree.root == rebuilt(model);
        others += !canonical;
        ASSERT_EQ(every_node_has_the_shape(table, tree), canonical);
    }
    if (!std::getenv("CODEGRAPH_TEST_SEED")) {
        EXPECT_GT(others, 0u);
    }
}

}  // namespace
}  // namespace codegraph
