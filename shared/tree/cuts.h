// Decides where a level of the tree is cut into nodes. All functions are pure.
//
// 1. An item ends a node when at least `cut_window` items stand on each side of it and it is the strict minimum among
//    these 2 * cut_window + 1. The last item of a level ends a node too.
// 2. The keys alone decide, in integers alone. So the same keys are cut in the same places, on every machine and after
//    any edits.
// 3. The rule is local: an edit changes whether an item ends a node only within `cut_window` items on either side.
// 4. No two minima of rule 1 lie within a window. So every node but the last of a level has more than `cut_window`
//    items.
#pragma once
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace codegraph {

inline constexpr size_t cut_window = 11;

// Returns the hash of a key, which is the same at every level.
uint64_t sha256_key_hash(Sha256& sha, std::string_view key);
// Returns the hash by which an item of a level is compared.
uint64_t item_hash(uint64_t key_hash, unsigned level);

// Items are compared by hash, and those of equal hash by key.
struct CutItem {
    uint64_t hash;
    std::string_view key;
    auto operator<=>(const CutItem&) const = default;
};

// Returns the index behind the last item of each node of a level, in order.
std::vector<size_t> node_ends(std::span<const CutItem> level);

// Returns whether the border between two neighbouring nodes of a level is a cut. Nodes and their neighbours alone tell
// whether a whole level is cut by the rule: it is when node_ends() cuts none of its nodes further and this function
// holds for every two neighbours.
// - No two ends lie within a window, because each is the least of its window.
// - So the last item of a node and the items that it must beat are the last cut_window + 1 of that node and the first
//   cut_window of the next. Both nodes have that many.
// - In a node, the first cut_window items and those before its end lie within the window of an end that beats them. At
//   an end of the level they may not end a node anyway. The windows of all other items lie within the node.
bool is_cut_between(std::span<const CutItem> left, std::span<const CutItem> right);

}  // namespace codegraph
