// Is a tree that came from elsewhere the one of its entries? A node's hash does not say so: it would also fit a tree
// that is cut in other places.
#pragma once
#include "tree/node_store.h"

namespace codegraph {

// Are this node and the borders between its children cut where the rule says? Its children are stored, and this holds
// for each of them. So a root for which it holds is the root of its map.
Task<bool> has_canonical_shape(NodeStore& store, const TreeNode& node);

}  // namespace codegraph
