// Finds what differs between two maps. What diff() reads grows with the difference: it reads the nodes that only one of
// the trees has.
#pragma once
#include <optional>

#include "tree/node_store.h"

namespace codegraph {

struct TreeChange {
    std::string key;
    std::optional<TreeValue> before, after;  // nothing: the key is not there. At least one has a value
    bool operator==(const TreeChange&) const = default;
};

// Returns the changes from one map to the other, in the order of their keys.
Task<std::vector<TreeChange>> diff(NodeStore& store, Digest from, Digest to);

}  // namespace codegraph
