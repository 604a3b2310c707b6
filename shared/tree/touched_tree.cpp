#include "tree/touched_tree.h"

#include <algorithm>

#include "base/error.h"

namespace codegraph {

// Returns the entry of an inner node under which the key is or would be. Keys behind all entries belong to the last
// one.
static const TreeEntry* entry_towards(const TreeNode& node, std::string_view key) {
    auto found = std::ranges::lower_bound(node.entries, key, {}, &TreeEntry::key);
    return found == node.entries.end() ? &node.entries.back() : &*found;
}

static bool is_at_edge(const TreeNode& node, const TreeEntry* entry, Side side) {
    return entry == (side == Side::left ? &node.entries.front() : &node.entries.back());
}

TouchedTree::Level::const_iterator TouchedTree::find_holder(unsigned level, std::string_view key) const {
    const Level& nodes = levels_[level];
    auto found = nodes.lower_bound(key);
    return found == nodes.end() ? std::prev(found) : found;
}

// Throws when neighbours overlap. Nodes that another program made may do so though their hashes are right, and all that
// follows relies on their order.
static void check_order(const TouchedTree::Level& nodes, TouchedTree::Level::const_iterator at) {
    auto follows = [](const TouchedTree::Level::value_type& node, std::string_view last_key) {
        return node.second.node->entries.front().key > last_key;
    };
    auto next = std::next(at);
    if ((at != nodes.begin() && !follows(*at, std::prev(at)->first)) ||
        (next != nodes.end() && !follows(*next, at->first)))
        throw corrupt("neighbouring tree nodes overlap");
}

Task<> TouchedTree::load(std::vector<const TreeEntry*> entries, unsigned level) {
    std::vector<NodePointer> nodes = co_await store_.load_children(entries, level);
    for (size_t i = 0; i < nodes.size(); i++) {
        auto [at, is_new] =
            levels_[level].emplace(nodes[i]->entries.back().key, Place{entries[i]->value.digest, nodes[i]});
        check_order(levels_[level], at);
    }
}

Task<> TouchedTree::load_paths(Digest root, std::vector<std::string_view> keys) {
    NodePointer top = co_await store_.load_root(root);
    levels_.resize(top->level + 1);
    levels_[top->level].emplace(top->entries.back().key, Place{root, top});
    for (unsigned level = top->level; level-- > 0;) {
        std::vector<const TreeEntry*> entries_to_load;
        for (std::string_view key : keys) {
            const TreeEntry* entry = entry_towards(*find_holder(level + 1, key)->second.node, key);
            if (entries_to_load.empty() || entries_to_load.back() != entry) entries_to_load.push_back(entry);
        }
        co_await load(std::move(entries_to_load), level);
    }
}

bool TouchedTree::is_outermost(unsigned level, std::string_view node, Side side) const {
    for (unsigned above = level + 1; above <= top(); above++) {
        const TreeNode& parent = *find_holder(above, node)->second.node;
        if (!is_at_edge(parent, entry_towards(parent, node), side)) return false;
    }
    return true;
}

const TreeEntry* TouchedTree::neighbour(unsigned level, std::string_view node, Side side) const {
    if (is_outermost(level, node, side)) return nullptr;
    auto place = find_holder(level + 1, node);
    const TreeNode& parent = *place->second.node;
    const TreeEntry* entry = entry_towards(parent, node);
    if (side == Side::left)
        return is_at_edge(parent, entry, side) ? &std::prev(place)->second.node->entries.back() : entry - 1;
    return is_at_edge(parent, entry, side) ? &std::next(place)->second.node->entries.front() : entry + 1;
}

// Goes upwards first: a neighbour that has another parent is a child of the parent's neighbour, which is then needed
// too. Then goes downwards, with a request for each level where there is something to load.
Task<> TouchedTree::load_neighbours(unsigned level, std::vector<std::string_view> nodes) {
    struct Beside {
        std::string_view node;
        Side side;
    };
    std::vector<std::vector<Beside>> sides_to_load(1);  // from `level` upwards
    for (std::string_view node : nodes) {
        sides_to_load.front().push_back({node, Side::left});
        sides_to_load.front().push_back({node, Side::right});
    }
    for (unsigned above = level + 1; above < top(); above++) {
        std::vector<Beside> parents;
        for (const auto& [node, side] : sides_to_load.back()) {
            const auto& [last_key, place] = *find_holder(above, node);
            if (is_at_edge(*place.node, entry_towards(*place.node, node), side)) parents.push_back({last_key, side});
        }
        sides_to_load.push_back(std::move(parents));
    }
    for (; !sides_to_load.empty(); sides_to_load.pop_back()) {
        unsigned at = level + static_cast<unsigned>(sides_to_load.size()) - 1;
        std::vector<const TreeEntry*> entries;
        for (const auto& [node, side] : sides_to_load.back()) {
            const TreeEntry* entry = neighbour(at, node, side);
            if (entry && !levels_[at].contains(entry->key)) entries.push_back(entry);
        }
        std::ranges::sort(entries);  // one node may stand between two
        entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
        co_await load(std::move(entries), at);
    }
}

}  // namespace codegraph
