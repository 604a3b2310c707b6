// One node of the snapshot tree and its bytes. A node is a stretch of a sorted map: of the map itself (level 0), or of
// the nodes of the level below, each under its last key. Its body's SHA-256 is its name.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace codegraph {

inline constexpr size_t max_tree_key = size_t(1) << 20;  // bytes; and a key is not empty

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
TreeNode decode_node(std::string_view body);  // corrupt() unless it is the one body of a node that may be stored

uint64_t entries_below(const TreeNode& node);  // map entries in and below the node
Digest empty_root();                           // of the map without entries, whose node is never stored

}  // namespace codegraph
