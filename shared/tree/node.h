// Holds one node of the snapshot tree, and makes and reads its bytes. A node of level 0 is a stretch of a sorted map. A
// node of another level is a stretch of the nodes of the level below, each under its last key. The SHA-256 of a node's
// body is its name.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace codegraph {

inline constexpr size_t max_tree_key = size_t(1) << 20;  // bytes; the least is 1

struct TreeValue {
    Digest digest;       // level 0: the value's; above: the hash of the node below
    uint64_t count = 0;  // level 0: how many live chunks the file version has; above: how many map entries are below
    bool operator==(const TreeValue&) const = default;
};

struct TreeEntry {
    std::string key;  // above level 0: the last key of the node below
    TreeValue value;
    bool operator==(const TreeEntry&) const = default;
};

struct TreeNode {
    unsigned level = 0;
    std::vector<TreeEntry> entries;  // keys ascend
    bool operator==(const TreeNode&) const = default;
};

std::string encode_node(const TreeNode& node);
// Throws corrupt() unless these are the bytes that encode_node() makes of a node that may be stored.
TreeNode decode_node(std::string_view body);

// Returns how many entries of the map are in and below the node.
uint64_t entries_below(const TreeNode& node);
// Returns the root of the map without entries. Its node is never stored.
Digest empty_root();

}  // namespace codegraph
