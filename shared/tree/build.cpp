#include "tree/build.h"

#include "base/error.h"

namespace codegraph {

void check_tree_key(std::string_view key) {
    if (key.empty() || key.size() > max_tree_key)
        throw Error(ErrorKind::internal, "a key of the snapshot tree has " + std::to_string(key.size()) + " bytes");
}

std::vector<TreeEntry> put_level(NodeStore& store, std::span<const TreeEntry> items, unsigned level) {
    std::vector<CutItem> cut_items;
    cut_items.reserve(items.size());
    for (const TreeEntry& item : items) cut_items.push_back({item_hash(store.key_hash(item.key), level), item.key});
    std::vector<TreeEntry> nodes;
    size_t begin = 0;
    for (size_t end : node_ends(cut_items)) {
        TreeNode node{level, {items.begin() + begin, items.begin() + end}};
        TreeEntry& entry = nodes.emplace_back();
        entry.key = node.entries.back().key;
        entry.value.count = entries_below(node);
        entry.value.digest = store.put(std::move(node));
        begin = end;
    }
    return nodes;
}

Digest put_levels_above(NodeStore& store, std::vector<TreeEntry> nodes, unsigned level) {
    if (nodes.empty()) return empty_root();
    while (nodes.size() > 1) nodes = put_level(store, nodes, ++level);
    return nodes.front().value.digest;
}

Digest build(NodeStore& store, std::span<const TreeEntry> sorted) {
    std::string_view before;
    for (const TreeEntry& entry : sorted) {
        check_tree_key(entry.key);
        if (entry.key <= before) throw Error(ErrorKind::internal, "entries of a snapshot tree must ascend");
        before = entry.key;
    }
    return put_levels_above(store, put_level(store, sorted, 0), 0);
}

}  // namespace codegraph
