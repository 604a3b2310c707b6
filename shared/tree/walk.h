// Visits every node of several trees, each once however many trees share it. The cost grows with the distinct nodes:
//     TreeWalk walk(store, roots);
//     for (bool more = ...) { for (const NodePointer& node : walk.nodes()) ... }
// where `more` comes from `more = co_await walk.next();`.
#pragma once
#include <span>
#include <unordered_set>

#include "tree/node_store.h"

namespace codegraph {

using DigestSet = std::unordered_set<Digest, DigestHash>;

class TreeWalk {
public:
    TreeWalk(NodeStore& store, std::vector<Digest> roots) : store_(store), roots_(std::move(roots)) {}

    Task<bool> next();                                              // false when there was no further node
    std::span<const NodePointer> nodes() const { return nodes_; }   // until the next next()
    std::span<const Digest> hashes() const { return hashes_; }      // of these nodes, in their order
    DigestSet take_hashes() { return std::move(visited_hashes_); }  // after the last next(): the hashes of all nodes

private:
    Task<> load_roots();
    Task<> load_children(unsigned level);
    void note_children(const TreeNode& node);

    NodeStore& store_;
    std::vector<Digest> roots_;
    std::vector<std::vector<TreeEntry>> pending_;  // by level: entries of nodes that were not visited yet
    std::vector<NodePointer> nodes_;
    std::vector<Digest> hashes_;
    DigestSet visited_hashes_;
};

}  // namespace codegraph
