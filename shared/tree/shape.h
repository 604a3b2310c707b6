// Checks whether a tree that came from elsewhere is the one tree of its entries. Hashes do not tell: they also fit a
// tree that is cut in other places.
#pragma once
#include "tree/node_store.h"

namespace codegraph {

// Returns whether this node and the borders between its children are cut by the rule of cuts.h. The children must be
// stored, and must have passed this check. So a root that passes it is the root of its map.
Task<bool> has_canonical_shape(NodeStore& store, const TreeNode& node);

}  // namespace codegraph
