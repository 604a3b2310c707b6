// What differs between two maps. What it reads follows the difference: the nodes that only one of the trees has.
#pragma once
#include <optional>

#include "tree/node_store.h"

namespace codegraph {

struct TreeChange {
    std::string key;
    std::optional<TreeValue> before, after;  // nullopt: the key is not there; not both
    bool operator==(const TreeChange&) const = default;
};

Task<std::vector<TreeChange>> diff(NodeStore& store, Digest from, Digest to);  // by key

}  // namespace codegraph
