// Applies a batch of edits to a map, and returns its root after that.
//
// 1. The root is the one that build() makes of all entries after the edits: a tree's shape depends on its keys alone.
// 2. What apply() reads and puts grows with the edits, not with the map: the nodes on the paths to the edited keys,
//    and the neighbours of nodes that gain or lose keys.
// 3. apply() only puts the new nodes. Its caller saves them.
#pragma once
#include <optional>

#include "tree/node_store.h"

namespace codegraph {

struct TreeEdit {
    std::string key;
    std::optional<TreeValue> value;  // nothing: deletes the key, which need not be there
};

// The edits come in any order, and there is at most one for a key.
Task<Digest> apply(NodeStore& store, Digest root, std::vector<TreeEdit> edits);

}  // namespace codegraph
