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

}  // namespace codegraph
