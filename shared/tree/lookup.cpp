#include "tree/lookup.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace codegraph {

// Returns the first entry at or after the key, or the end when there is none.
static const TreeEntry* find_first_from(const TreeNode& node, std::string_view key) {
    return std::to_address(std::ranges::lower_bound(node.entries, key, {}, &TreeEntry::key));
}

static const TreeEntry* end_of(const TreeNode& node) {
    return node.entries.data() + node.entries.size();
}

static std::optional<TreeValue> find_value(const TreeNode& leaf, std::string_view key) {
    const TreeEntry* entry = find_first_from(leaf, key);
    if (entry == end_of(leaf) || entry->key != key) return std::nullopt;
    return entry->value;
}

Task<std::optional<TreeValue>> find(NodeStore& store, Digest root, std::string key) {
    NodePointer node = co_await store.load_root(root);
    while (node->level > 0) {
        const TreeEntry* entry = find_first_from(*node, key);
        if (entry == end_of(*node)) co_return std::nullopt;
        std::vector<NodePointer> below =
            co_await store.load_children(std::vector<const TreeEntry*>(1, entry), node->level - 1);
        node = below.front();
    }
    co_return find_value(*node, key);
}

namespace {

struct ChildToLoad {  // a node below `entry`, and which of the sorted keys it would hold
    const TreeEntry* entry;
    size_t begin, end;
};

struct SortedKeys {
    explicit SortedKeys(const std::vector<std::string>& keys) : keys_(keys), order(keys.size()) {
        std::iota(order.begin(), order.end(), size_t(0));
        std::ranges::sort(order, {}, [&](size_t i) { return std::string_view(keys[i]); });
    }
    std::string_view operator[](size_t i) const { return keys_[order[i]]; }

    const std::vector<std::string>& keys_;
    std::vector<size_t> order;
};

}  // namespace

// Distributes keys of a node to the nodes below it. Keys after the last one are nowhere.
static void append_children_to_load(const TreeNode& node, const SortedKeys& keys, size_t begin, size_t end,
                                    std::vector<ChildToLoad>& children) {
    while (begin < end) {
        const TreeEntry* entry = find_first_from(node, keys[begin]);
        if (entry == end_of(node)) return;
        size_t next = begin + 1;
        while (next < end && keys[next] <= entry->key) ++next;
        children.push_back({entry, begin, next});
        begin = next;
    }
}

static std::vector<const TreeEntry*> entries_of(std::span<const ChildToLoad> children) {
    std::vector<const TreeEntry*> entries;
    entries.reserve(children.size());
    for (const ChildToLoad& w : children) entries.push_back(w.entry);
    return entries;
}

static constexpr size_t leaves_per_step = 256;  // the leaves of a long list of keys are not held all at once

Task<std::vector<std::optional<TreeValue>>> find_many(NodeStore& store, Digest root, std::vector<std::string> keys) {
    std::vector<std::optional<TreeValue>> values(keys.size());
    const SortedKeys sorted(keys);
    NodePointer top = co_await store.load_root(root);
    if (top->level == 0) {
        for (size_t i = 0; i < keys.size(); i++) values[i] = find_value(*top, keys[i]);
        co_return values;
    }
    std::vector<ChildToLoad> children;
    append_children_to_load(*top, sorted, 0, keys.size(), children);
    std::vector<NodePointer> parents(1, top);  // which hold the entries of the children
    for (unsigned level = top->level - 1; level > 0; level--) {
        std::vector<NodePointer> nodes = co_await store.load_children(entries_of(children), level);
        std::vector<ChildToLoad> below;
        for (size_t i = 0; i < nodes.size(); i++)
            append_children_to_load(*nodes[i], sorted, children[i].begin, children[i].end, below);
        children = std::move(below);
        parents = std::move(nodes);
    }
    for (size_t begin = 0; begin < children.size(); begin += leaves_per_step) {
        std::span<const ChildToLoad> step = std::span(children).subspan(begin);
        step = step.first(std::min(step.size(), leaves_per_step));
        std::vector<NodePointer> leaves = co_await store.load_children(entries_of(step), 0);
        for (size_t i = 0; i < leaves.size(); i++)
            for (size_t k = step[i].begin; k < step[i].end; k++)
                values[sorted.order[k]] = find_value(*leaves[i], sorted[k]);
    }
    co_return values;
}

Task<uint64_t> count_entries(NodeStore& store, Digest root) {
    NodePointer node = co_await store.load_root(root);
    co_return entries_below(*node);
}

static constexpr size_t leaves_per_group = 64;
static constexpr size_t inner_nodes_per_group = 8;

Task<> TreeCursor::start() {
    started_ = true;
    NodePointer root = co_await store_.load_root(root_);
    upcoming_.resize(root->level);
    if (root->level > 0)
        upcoming_.back().assign(root->entries.begin(), root->entries.end());
    else if (!root->entries.empty())
        leaves_.push_back(std::move(root));
}

// Loads the next group of leaves, and of each level in between only as much as that takes.
Task<> TreeCursor::load_leaves() {
    size_t level = 0;
    while (level < upcoming_.size() && upcoming_[level].empty()) ++level;
    if (level == upcoming_.size()) co_return;
    while (leaves_.empty()) {
        std::deque<TreeEntry>& queue = upcoming_[level];
        size_t count = std::min(level == 0 ? leaves_per_group : inner_nodes_per_group, queue.size());
        std::vector<const TreeEntry*> entries;
        for (size_t i = 0; i < count; i++) entries.push_back(&queue[i]);
        std::vector<NodePointer> nodes = co_await store_.load_children(std::move(entries), level);
        queue.erase(queue.begin(), queue.begin() + static_cast<ptrdiff_t>(count));
        if (level == 0) {
            leaves_.assign(nodes.begin(), nodes.end());
        } else {
            --level;
            for (const NodePointer& node : nodes)
                upcoming_[level].insert(upcoming_[level].end(), node->entries.begin(), node->entries.end());
        }
    }
    co_await checkpoint();
}

Task<bool> TreeCursor::next() {
    std::string before;  // the last key so far
    if (!started_) {
        co_await start();
    } else if (!leaves_.empty()) {
        before = leaves_.front()->entries.back().key;
        leaves_.pop_front();
    }
    if (leaves_.empty()) co_await load_leaves();
    if (!leaves_.empty() && leaves_.front()->entries.front().key <= before)
        throw corrupt("neighbouring tree nodes overlap");
    co_return !leaves_.empty();
}

}  // namespace codegraph
