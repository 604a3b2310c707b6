// Where a level of the tree is cut into nodes: decided by the keys alone, in integers alone, and locally. An edit
// changes whether an item ends a node only within `cut_window` items to either side of it. Pure functions.
#pragma once
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace codegraph {

inline constexpr size_t cut_window = 11;

uint64_t sha256_key_hash(Sha256& sha, std::string_view key);  // the same at every level
uint64_t item_hash(uint64_t key_hash, unsigned level);

struct CutItem {  // ordered by hash, ties by key
    uint64_t hash;
    std::string_view key;
    auto operator<=>(const CutItem&) const = default;
};

// For each node of the level, in order, the index after its last item. An item ends a node when at least `cut_window`
// items stand on each side of it and it is the strict minimum among these; the last item ends one too.
std::vector<size_t> node_ends(std::span<const CutItem> level);

// Whether a level is cut rightly can be told from its nodes and their neighbours alone: it is when node_ends() cuts
// none of its nodes further and this holds for every two neighbours. For
// - an item ends a node when it is the least of the `cut_window` on each side of it, so no two ends lie within a
// window;
// - then the last item of a node and the items that it must beat are the last cut_window + 1 of that node and the first
//   cut_window of the next: both have that many;
// - in a node, the first cut_window items and those before its end lie within a window of an end that beats them (at
// the
//   ends of a level they may not end a node anyway), and the windows of all others lie within the node.
bool is_cut_between(std::span<const CutItem> left, std::span<const CutItem> right);

}  // namespace codegraph
