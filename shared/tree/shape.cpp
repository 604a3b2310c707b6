// A node and its neighbours alone decide the shape: see is_cut_between().
#include "tree/shape.h"

#include <algorithm>
#include <span>

namespace codegraph {

static std::vector<CutItem> items_of(NodeStore& store, std::span<const TreeEntry> entries, unsigned level) {
    std::vector<CutItem> items;
    for (const TreeEntry& entry : entries) items.push_back({item_hash(store.key_hash(entry.key), level), entry.key});
    return items;
}

static bool is_uncut(NodeStore& store, const TreeNode& node) {
    return node_ends(items_of(store, node.entries, node.level)).front() == node.entries.size();
}

static bool are_cut_apart(NodeStore& store, const TreeNode& left, const TreeNode& right) {
    const std::span<const TreeEntry> before(left.entries), after(right.entries);
    return is_cut_between(items_of(store, before.last(std::min(before.size(), cut_window + 1)), left.level),
                          items_of(store, after.first(std::min(after.size(), cut_window)), right.level));
}

static std::vector<const TreeEntry*> pointers_to(const std::vector<TreeEntry>& entries) {
    std::vector<const TreeEntry*> pointers;
    for (const TreeEntry& entry : entries) pointers.push_back(&entry);
    return pointers;
}

Task<bool> has_canonical_shape(NodeStore& store, const TreeNode& node) {
    if (!is_uncut(store, node)) co_return false;
    // The borders between children, and further down the nodes that meet at these borders.
    std::vector<TreeEntry> left(node.entries.begin(), node.entries.end() - 1);
    std::vector<TreeEntry> right(node.entries.begin() + 1, node.entries.end());
    for (unsigned level = node.level; level > 0; level--) {
        std::vector<NodePointer> ending = co_await store.load_children(pointers_to(left), level - 1);
        std::vector<NodePointer> beginning = co_await store.load_children(pointers_to(right), level - 1);
        for (size_t i = 0; i < ending.size(); i++) {
            if (!are_cut_apart(store, *ending[i], *beginning[i])) co_return false;
            left[i] = ending[i]->entries.back();
            right[i] = beginning[i]->entries.front();
        }
    }
    co_return true;
}

}  // namespace codegraph
