// Builds a tree from the sorted list of its entries, without a request. build() is also the oracle for apply(), because
// a tree's shape does not depend on how the tree came about.
#pragma once
#include <span>

#include "tree/node_store.h"

namespace codegraph {

// Returns the root. Keys must ascend and be 1 to max_tree_key bytes long.
Digest build(NodeStore& store, std::span<const TreeEntry> sorted);

// Cuts a level, or a stretch of one between two cuts that stay, into nodes, and puts these. Returns their entries for
// the level above.
std::vector<TreeEntry> put_level(NodeStore& store, std::span<const TreeEntry> items, unsigned level);

// Puts all levels above `level`, which has these nodes. Returns the root.
Digest put_levels_above(NodeStore& store, std::vector<TreeEntry> nodes, unsigned level);

void check_tree_key(std::string_view key);  // throws unless it has 1 to max_tree_key bytes

}  // namespace codegraph
