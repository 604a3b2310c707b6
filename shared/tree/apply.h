// A batch of edits to a map: the root after it. What it reads and puts follows the edits, not the size of the map.
#pragma once
#include <optional>

#include "tree/node_store.h"

namespace codegraph {

struct TreeEdit {
    std::string key;
    std::optional<TreeValue> value;  // nullopt: delete. Deleting a key that is not there changes nothing
};

// The edits come in any order, at most one for a key. The new nodes are put; saving them is the caller's.
Task<Digest> apply(NodeStore& store, Digest root, std::vector<TreeEdit> edits);

}  // namespace codegraph
