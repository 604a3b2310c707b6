// Reads a map: one key, many keys, the count of its entries, or all of them in order.
#pragma once
#include <deque>
#include <optional>
#include <span>

#include "tree/node_store.h"

namespace codegraph {

Task<std::optional<TreeValue>> find(NodeStore& store, Digest root, std::string key);

// Returns the values in the order of the keys. Keys come in any order, and a key may come twice. The search goes level
// by level, with a request for each few hundred nodes.
Task<std::vector<std::optional<TreeValue>>> find_many(NodeStore& store, Digest root, std::vector<std::string> keys);

Task<uint64_t> count_entries(NodeStore& store, Digest root);  // reads only the root's node

// Goes over all entries in order, leaf by leaf. A request reads a group of leaves:
//     TreeCursor cursor(store, root);
//     for (bool more = ...) { for (const TreeEntry& entry : cursor.entries()) ... }
// where `more` comes from `more = co_await cursor.next();`.
class TreeCursor {
public:
    TreeCursor(NodeStore& store, Digest root) : store_(store), root_(root) {}
    Task<bool> next();                                                               // false: there was no further leaf
    std::span<const TreeEntry> entries() const { return leaves_.front()->entries; }  // until the next next()

private:
    Task<> start();
    Task<> load_leaves();

    NodeStore& store_;
    Digest root_;
    bool started_ = false;
    std::deque<NodePointer> leaves_;               // the current leaf and those that were loaded with it
    std::vector<std::deque<TreeEntry>> upcoming_;  // by level: nodes still to be visited
};

}  // namespace codegraph
