// A cut is at least `cut_window` items away from the ends of its level and from other cuts. So within a node only the
// items that have this many neighbours in the node itself can be cuts, and whether a node ends rightly is decided by
// the last items of it and the first ones of the next.
#include "tree/shape.h"

#include <span>

namespace codegraph {

static bool is_cut_after(NodeStore& store, std::span<const TreeEntry> left, std::span<const TreeEntry> right,
                         unsigned level) {
    if (left.size() <= cut_window || right.size() < cut_window) return false;
    std::vector<CutItem> items;
    for (const TreeEntry& entry : left.last(cut_window + 1))
        items.push_back({item_hash(store.key_hash(entry.key), level), entry.key});
    for (const TreeEntry& entry : right.first(cut_window))
        items.push_back({item_hash(store.key_hash(entry.key), level), entry.key});
    return node_ends(items).front() == cut_window + 1;
}

static bool is_uncut(NodeStore& store, const TreeNode& node) {
    std::vector<CutItem> items;
    for (const TreeEntry& entry : node.entries)
        items.push_back({item_hash(store.key_hash(entry.key), node.level), entry.key});
    return node_ends(items).front() == items.size();
}

static std::vector<const TreeEntry*> pointers_to(const std::vector<TreeEntry>& entries) {
    std::vector<const TreeEntry*> pointers;
    for (const TreeEntry& entry : entries) pointers.push_back(&entry);
    return pointers;
}

Task<bool> has_the_shape(NodeStore& store, const TreeNode& node) {
    if (!is_uncut(store, node)) co_return false;
    // The borders between children, and further down the nodes that meet at these borders.
    std::vector<TreeEntry> left(node.entries.begin(), node.entries.end() - 1);
    std::vector<TreeEntry> right(node.entries.begin() + 1, node.entries.end());
    for (unsigned level = node.level; level > 0; level--) {
        std::vector<NodePointer> ending = co_await store.load_children(pointers_to(left), level - 1);
        std::vector<NodePointer> beginning = co_await store.load_children(pointers_to(right), level - 1);
        for (size_t i = 0; i < ending.size(); i++) {
            if (!is_cut_after(store, ending[i]->entries, beginning[i]->entries, level - 1)) co_return false;
            left[i] = ending[i]->entries.back();
            right[i] = beginning[i]->entries.front();
        }
    }
    co_return true;
}

}  // namespace codegraph
