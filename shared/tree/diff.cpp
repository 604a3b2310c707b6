// diff() goes level by level from the top. Nodes of a level that both trees have are left out with all below them. The
// others are replaced by what is below them, for both trees in one request. At the end the leaves that only one tree
// has are left, and their entries are compared.
#include "tree/diff.h"

#include <algorithm>

#include "base/error.h"

namespace codegraph {

namespace {

// Nodes of one tree, all of one level, by last key.
struct Frontier {
    unsigned level = 0;
    std::vector<TreeEntry> nodes;
};

// The entries of leaves that were loaded and not yet compared.
struct Leaves {
    std::vector<TreeEntry> nodes;    // by last key
    size_t loaded_count = 0;         // how many of these were loaded
    std::vector<TreeEntry> entries;  // of what was loaded, where not yet compared

    bool all_loaded() const { return loaded_count == nodes.size(); }
    // Entries up to this key are known; the rest of the tree may hold any key after it.
    std::string_view last_known_key() const {
        return loaded_count == 0 ? std::string_view() : nodes[loaded_count - 1].key;
    }
};

}  // namespace

static Frontier frontier_at(const TreeNode& root, Digest hash) {
    Frontier frontier{root.level, {}};
    if (!root.entries.empty()) frontier.nodes.push_back({root.entries.back().key, {hash, entries_below(root)}});
    return frontier;
}

static void leave_out_shared(Frontier& a, Frontier& b) {
    std::vector<TreeEntry> only_a, only_b;
    auto i = a.nodes.begin(), j = b.nodes.begin();
    while (i != a.nodes.end() && j != b.nodes.end()) {
        int order = i->key.compare(j->key);
        if (order == 0 && i->value.digest == j->value.digest) {
            ++i, ++j;
            continue;
        }
        if (order <= 0) only_a.push_back(std::move(*i++));
        if (order >= 0) only_b.push_back(std::move(*j++));
    }
    std::move(i, a.nodes.end(), std::back_inserter(only_a));
    std::move(j, b.nodes.end(), std::back_inserter(only_b));
    a.nodes = std::move(only_a);
    b.nodes = std::move(only_b);
}

static void append_pointers(const std::vector<TreeEntry>& nodes, std::vector<const TreeEntry*>& out) {
    for (const TreeEntry& node : nodes) out.push_back(&node);
}

// Throws where nodes overlap. Nodes that another program made may do so though their hashes are right; and where nodes
// of a level share nodes below, their number could double with each level.
static Frontier children_of(unsigned level, std::span<const NodePointer> nodes) {
    Frontier frontier{level - 1, {}};
    for (const NodePointer& node : nodes) {
        if (!frontier.nodes.empty() && node->entries.front().key <= frontier.nodes.back().key)
            throw corrupt("neighbouring tree nodes overlap");
        frontier.nodes.insert(frontier.nodes.end(), node->entries.begin(), node->entries.end());
    }
    return frontier;
}

// Replaces the nodes of the taller tree, or of both, by those below.
static Task<> descend(NodeStore& store, Frontier& a, Frontier& b) {
    unsigned level = std::max(a.level, b.level);
    std::vector<const TreeEntry*> entries_to_load;
    if (a.level == level) append_pointers(a.nodes, entries_to_load);
    size_t count_of_a = entries_to_load.size();
    if (b.level == level) append_pointers(b.nodes, entries_to_load);
    std::vector<NodePointer> nodes = co_await store.load_children(std::move(entries_to_load), level);
    if (a.level == level) a = children_of(level, std::span(nodes).first(count_of_a));
    if (b.level == level) b = children_of(level, std::span(nodes).subspan(count_of_a));
}

static constexpr size_t leaves_per_step = 128;

// Loads the next leaves of both sides in one request, by last key.
static Task<> load_more(NodeStore& store, Leaves& a, Leaves& b) {
    std::vector<const TreeEntry*> entries_to_load;
    std::vector<Leaves*> owners;
    while (entries_to_load.size() < leaves_per_step && !(a.all_loaded() && b.all_loaded())) {
        bool from_a = b.all_loaded() || (!a.all_loaded() && a.nodes[a.loaded_count].key <= b.nodes[b.loaded_count].key);
        Leaves& side = from_a ? a : b;
        entries_to_load.push_back(&side.nodes[side.loaded_count++]);
        owners.push_back(&side);
    }
    std::vector<NodePointer> leaves = co_await store.load_children(std::move(entries_to_load), 0);
    for (size_t i = 0; i < leaves.size(); i++) {
        std::vector<TreeEntry>& entries = owners[i]->entries;
        entries.insert(entries.end(), leaves[i]->entries.begin(), leaves[i]->entries.end());
    }
}

// Returns how many entries can be compared: those up to the last known key of either side.
static size_t count_comparable(const Leaves& side, const Leaves& a, const Leaves& b) {
    size_t count = side.entries.size();
    for (const Leaves* limit : {&a, &b}) {
        if (limit->all_loaded()) continue;
        auto end = std::ranges::upper_bound(side.entries, limit->last_known_key(), {}, &TreeEntry::key);
        count = std::min(count, static_cast<size_t>(end - side.entries.begin()));
    }
    return count;
}

static void compare(std::span<TreeEntry> from, std::span<TreeEntry> to, std::vector<TreeChange>& changes) {
    auto i = from.begin(), j = to.begin();
    while (i != from.end() || j != to.end()) {
        int order = i == from.end() ? 1 : j == to.end() ? -1 : i->key.compare(j->key);
        if (order < 0) {
            changes.push_back({std::move(i->key), i->value, std::nullopt});
        } else if (order > 0) {
            changes.push_back({std::move(j->key), std::nullopt, j->value});
        } else if (i->value != j->value) {
            changes.push_back({std::move(i->key), i->value, j->value});
        }
        if (order <= 0) ++i;
        if (order >= 0) ++j;
    }
}

static void compare_known(Leaves& from, Leaves& to, std::vector<TreeChange>& changes) {
    size_t from_count = count_comparable(from, from, to);
    size_t to_count = count_comparable(to, from, to);
    compare(std::span(from.entries).first(from_count), std::span(to.entries).first(to_count), changes);
    from.entries.erase(from.entries.begin(), from.entries.begin() + static_cast<ptrdiff_t>(from_count));
    to.entries.erase(to.entries.begin(), to.entries.begin() + static_cast<ptrdiff_t>(to_count));
}

Task<std::vector<TreeChange>> diff(NodeStore& store, Digest from, Digest to) {
    std::vector<TreeChange> changes;
    if (from == to) co_return changes;
    NodePointer from_root = co_await store.load_root(from);
    NodePointer to_root = co_await store.load_root(to);
    Frontier a = frontier_at(*from_root, from), b = frontier_at(*to_root, to);
    for (;;) {
        if (a.level == b.level) leave_out_shared(a, b);
        if (a.level == 0 && b.level == 0) break;
        co_await descend(store, a, b);
    }
    Leaves before, after;
    before.nodes = std::move(a.nodes);
    after.nodes = std::move(b.nodes);
    while (!before.all_loaded() || !after.all_loaded()) {
        co_await load_more(store, before, after);
        compare_known(before, after, changes);
        co_await checkpoint();
    }
    co_return changes;
}

}  // namespace codegraph
