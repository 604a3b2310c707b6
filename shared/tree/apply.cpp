// apply() makes one pass over each level, leaves first. The edits of a level turn some of its nodes into others. For
// the level above this is again a batch of edits: of entries that are named by last keys.
//
// 1. An edit that only changes a value moves no cut. Its node is rewritten alone.
// 2. For a node that gains or loses keys the cuts are decided anew over a stretch: the node and both its neighbours.
// 3. The stretch is long enough. Every node but the last of a level has more than `cut_window` items and the last has
//    as many, so the neighbours reach past every item whose cut can change.
// 4. Inside a neighbour without edits nothing but its last item can become or stay a cut, because that item, within
//    the window of all that changed, is less than all around it.
// 5. So the rule for a whole level, applied to a stretch, cuts the stretch as it is cut in the whole level. Stretches
//    that share a node are joined.
#include "tree/apply.h"

#include <algorithm>

#include "base/error.h"
#include "tree/build.h"
#include "tree/touched_tree.h"

namespace codegraph {

namespace {

struct NodeEdits {
    TouchedTree::Level::const_iterator at;
    std::vector<const TreeEdit*> edits;  // by key; each changes something
    bool moves_keys = false;             // inserts or deletes
};

struct Stretch {
    std::string_view first, last;  // nodes, by last key
};

struct LevelResult {
    std::optional<Digest> root;   // of the new tree, when no level is above
    std::vector<TreeEdit> above;  // the edits of the level above, when there is one
};

}  // namespace

static const TreeEntry* entry_of(const TreeNode& node, std::string_view key) {
    auto found = std::ranges::lower_bound(node.entries, key, {}, &TreeEntry::key);
    return found == node.entries.end() || found->key != key ? nullptr : &*found;
}

// Hands sorted edits to the nodes that hold their keys, and drops those that change nothing.
static std::vector<NodeEdits> edits_by_node(const TouchedTree& old, unsigned level,
                                            const std::vector<TreeEdit>& edits) {
    std::vector<NodeEdits> nodes;
    for (const TreeEdit& edit : edits) {
        auto at = old.find_holder(level, edit.key);
        const TreeEntry* entry = entry_of(*at->second.node, edit.key);
        if (entry ? edit.value == entry->value : !edit.value) continue;
        if (nodes.empty() || nodes.back().at != at) nodes.push_back({at, {}});
        nodes.back().edits.push_back(&edit);
        nodes.back().moves_keys |= !entry || !edit.value;
    }
    return nodes;
}

static std::vector<Stretch> stretches_to_cut(const TouchedTree& old, unsigned level,
                                             const std::vector<NodeEdits>& nodes) {
    std::vector<Stretch> stretches;
    for (const NodeEdits& node : nodes) {
        if (!node.moves_keys) continue;
        const TreeEntry* left = old.neighbour(level, node.at->first, Side::left);
        const TreeEntry* right = old.neighbour(level, node.at->first, Side::right);
        std::string_view first = left ? std::string_view(left->key) : node.at->first;
        std::string_view last = right ? std::string_view(right->key) : node.at->first;
        if (!stretches.empty() && first <= stretches.back().last)
            stretches.back().last = last;
        else
            stretches.push_back({first, last});
    }
    return stretches;
}

// Appends the node's entries as they are after the edits.
static void append_edited(const TreeNode& node, std::span<const TreeEdit* const> edits, std::vector<TreeEntry>& out) {
    auto edit = edits.begin();
    for (const TreeEntry& entry : node.entries) {
        for (; edit != edits.end() && (*edit)->key < entry.key; ++edit) out.push_back({(*edit)->key, *(*edit)->value});
        if (edit == edits.end() || (*edit)->key != entry.key) {
            out.push_back(entry);
            continue;
        }
        if ((*edit)->value) out.push_back({entry.key, *(*edit)->value});
        ++edit;
    }
    for (; edit != edits.end(); ++edit) out.push_back({(*edit)->key, *(*edit)->value});
}

// Appends the edits of the level above that turn `before` into `after`. Both ascend.
static void append_difference(const std::vector<TreeEntry>& before, const std::vector<TreeEntry>& after,
                              std::vector<TreeEdit>& edits) {
    auto old = before.begin();
    for (const TreeEntry& entry : after) {
        for (; old != before.end() && old->key < entry.key; ++old) edits.push_back({old->key, std::nullopt});
        bool same_key = old != before.end() && old->key == entry.key;
        if (!same_key || old->value != entry.value) edits.push_back({entry.key, entry.value});
        if (same_key) ++old;
    }
    for (; old != before.end(); ++old) edits.push_back({old->key, std::nullopt});
}

static void cut_stretch(NodeStore& store, const TouchedTree& old, unsigned level, const Stretch& stretch,
                        const std::vector<NodeEdits>& nodes, LevelResult& result) {
    std::vector<TreeEntry> before, items;
    auto edited = std::ranges::lower_bound(nodes, stretch.first, {}, [](const NodeEdits& n) { return n.at->first; });
    for (auto at = old.find_holder(level, stretch.first);; ++at) {
        const auto& [last_key, place] = *at;
        before.push_back({std::string(last_key), {place.hash, entries_below(*place.node)}});
        std::span<const TreeEdit* const> edits;
        if (edited != nodes.end() && edited->at == at) edits = (edited++)->edits;
        append_edited(*place.node, edits, items);
        if (last_key == stretch.last) break;
    }
    std::vector<TreeEntry> after = put_level(store, items, level);
    if (old.is_outermost(level, stretch.first, Side::left) && old.is_outermost(level, stretch.last, Side::right))
        result.root = put_levels_above(store, std::move(after), level);  // these are all nodes of the level
    else
        append_difference(before, after, result.above);
}

static void rewrite_node(NodeStore& store, const TouchedTree& old, unsigned level, const NodeEdits& node,
                         LevelResult& result) {
    TreeNode edited{level, {}};
    append_edited(*node.at->second.node, node.edits, edited.entries);
    TreeEntry entry{edited.entries.back().key, {{}, entries_below(edited)}};
    entry.value.digest = store.put(std::move(edited));
    if (level == old.top())
        result.root = entry.value.digest;
    else
        result.above.push_back({std::move(entry.key), entry.value});
}

static constexpr size_t nodes_per_checkpoint = 256;

static Task<LevelResult> apply_to_level(NodeStore& store, TouchedTree& old, unsigned level,
                                        const std::vector<TreeEdit>& edits) {
    LevelResult result;
    std::vector<NodeEdits> nodes = edits_by_node(old, level, edits);
    std::vector<std::string_view> moving;
    for (const NodeEdits& node : nodes)
        if (node.moves_keys) moving.push_back(node.at->first);
    co_await old.load_neighbours(level, std::move(moving));

    std::vector<Stretch> stretches = stretches_to_cut(old, level, nodes);
    auto stretch = stretches.begin();
    size_t done = 0;
    for (const NodeEdits& node : nodes) {
        if (++done % nodes_per_checkpoint == 0) co_await checkpoint();
        // The stretches that begin at or before this node, and then, when none of them holds it, the node by itself.
        for (; stretch != stretches.end() && stretch->first <= node.at->first; ++stretch)
            cut_stretch(store, old, level, *stretch, nodes, result);
        bool is_cut = stretch != stretches.begin() && node.at->first <= std::prev(stretch)->last;
        if (!is_cut) rewrite_node(store, old, level, node, result);
    }
    co_return result;
}

static void sort_and_check(std::vector<TreeEdit>& edits) {
    std::ranges::sort(edits, {}, &TreeEdit::key);
    for (size_t i = 0; i < edits.size(); i++) {
        check_tree_key(edits[i].key);
        if (i > 0 && edits[i].key == edits[i - 1].key)
            throw Error(ErrorKind::internal, "two edits of one key of the snapshot tree: " + quote(edits[i].key));
    }
}

static Digest build_from(NodeStore& store, std::vector<TreeEdit> edits) {
    std::vector<TreeEntry> entries;
    for (TreeEdit& edit : edits)
        if (edit.value) entries.push_back({std::move(edit.key), *edit.value});
    return build(store, entries);
}

Task<Digest> apply(NodeStore& store, Digest root, std::vector<TreeEdit> edits) {
    sort_and_check(edits);
    if (edits.empty()) co_return root;
    if (root == empty_root()) co_return build_from(store, std::move(edits));
    TouchedTree old(store);
    std::vector<std::string_view> keys(edits.size());
    std::ranges::transform(edits, keys.begin(), [](const TreeEdit& edit) { return std::string_view(edit.key); });
    co_await old.load_paths(root, std::move(keys));
    for (unsigned level = 0; !edits.empty(); level++) {
        LevelResult result = co_await apply_to_level(store, old, level, edits);
        if (result.root) co_return *result.root;
        edits = std::move(result.above);
    }
    co_return root;
}

}  // namespace codegraph
