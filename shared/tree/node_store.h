// The nodes of one repository's trees, during one operation: loads them in batches and checks them, keeps a bounded
// number in memory, and collects new ones until they are saved together.
#pragma once
#include <map>
#include <memory>
#include <unordered_map>

#include "engine/request.h"
#include "tree/cuts.h"
#include "tree/node.h"

namespace codegraph {

using NodePointer = std::shared_ptr<const TreeNode>;  // never null
using KeyHash = uint64_t (*)(Sha256&, std::string_view key);

// Which of its level, last key and number of entries a node has otherwise than the entry that stands for it says;
// nullptr: none.
const char* find_mismatch(const TreeNode& node, const TreeEntry& entry, unsigned level);
// corrupt() unless the node is of that level, and what the entry of the node above says.
void check_against_entry(const TreeNode& node, const TreeEntry& entry, unsigned level);

class NodeStore {
public:
    // Another key hash makes other trees: it is there for tests that force ties.
    explicit NodeStore(int64_t repo_key, KeyHash key_hash = sha256_key_hash);

    // The root's node; that of the empty map has no entries.
    Task<NodePointer> load_root(Digest root);
    // The same for many, a few hundred a request, in their order.
    Task<std::vector<NodePointer>> load_roots(std::vector<Digest> roots);
    // Whether this root's tree is stored: a transaction that is rolled back, or cg_gc, takes trees away whole, so the
    // node of the root stands for it.
    Task<bool> has_tree(Digest root);
    // The nodes of `level` that these entries of nodes of the level above stand for, in their order. Asks once for each
    // few hundred nodes that are not in memory. Missing, damaged or of another level, last key or count: corrupt().
    // The entries must stay alive until it is done.
    Task<std::vector<NodePointer>> load_children(std::vector<const TreeEntry*> entries, unsigned level);

    // Nodes by hash, in the order of the hashes. Missing or damaged: corrupt().
    Task<std::vector<NodePointer>> load(std::vector<Digest> hashes);

    Digest put(TreeNode node);  // to be saved, unless it was loaded or put before; returns its hash
    Task<> save();              // writes what was put since, sorted by hash

    uint64_t key_hash(std::string_view key) { return key_hash_(sha_, key); }

    struct Counters {  // of the traffic with the database
        uint64_t nodes_read = 0;
        uint64_t bytes_read = 0;
        uint64_t nodes_written = 0;
        uint64_t bytes_written = 0;
        uint64_t requests = 0;  // that read
    };
    const Counters& counters() const { return counters_; }

private:
    using Nodes = std::unordered_map<Digest, NodePointer, DigestHash>;

    Task<Nodes> fetch(std::span<const Digest> hashes);
    NodePointer find_in_memory(const Digest& hash);  // null: not there
    void remember(const Digest& hash, NodePointer node);

    const int64_t repo_key_;
    const KeyHash key_hash_;
    Sha256 sha_;
    std::map<Digest, std::string> unsaved_;  // bodies
    Nodes recent_, older_;                   // when recent_ is full it becomes older_, and older_ is forgotten
    size_t recent_bytes_ = 0;
    Counters counters_;
};

}  // namespace codegraph
