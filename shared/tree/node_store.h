// The nodes of one repository's trees, for one operation.
//
// 1. A node is named by the SHA-256 of its body. Every body that is loaded is hashed and compared with its name.
// 2. A child agrees with the entry of its parent in level, last key and entry count. load_children() checks that.
// 3. A node that is missing or fails such a check throws corrupt().
// 4. Memory is bounded: up to two times 8 MB of nodes stay for the next look-up. The bodies of new nodes stay until
//    save().
// 5. Nodes are loaded in batches: there is a request for each few hundred nodes that are not in memory.
#pragma once
#include <map>
#include <memory>
#include <unordered_map>

#include "engine/request.h"
#include "tree/cuts.h"
#include "tree/node.h"

namespace codegraph {

using NodePointer = std::shared_ptr<const TreeNode>;  // not null in what the functions below return
using KeyHash = uint64_t (*)(Sha256&, std::string_view key);

// Returns the first field (level, last key or entry count) in which a node contradicts its parent's entry, or nullptr.
const char* find_mismatch(const TreeNode& node, const TreeEntry& entry, unsigned level);
// Throws corrupt() when find_mismatch() finds one.
void check_against_entry(const TreeNode& node, const TreeEntry& entry, unsigned level);

class NodeStore {
public:
    // Another key hash makes other trees. Tests use one to force ties.
    explicit NodeStore(int64_t repo_key, KeyHash key_hash = sha256_key_hash);

    // Returns the node of a root. That of the empty map has no entries.
    Task<NodePointer> load_root(Digest root);
    // Returns the nodes of many roots, in their order.
    Task<std::vector<NodePointer>> load_roots(std::vector<Digest> roots);
    // Returns whether the tree of a root is stored. Looking for the root's node is enough, because a transaction that
    // is rolled back and cg_gc both take trees away whole.
    Task<bool> has_tree(Digest root);
    // Returns the children that these entries stand for, in the order of the entries. The entries are of nodes of
    // `level` + 1, and must stay alive until the task is done.
    Task<std::vector<NodePointer>> load_children(std::vector<const TreeEntry*> entries, unsigned level);

    // Returns nodes by hash, in the order of the hashes. Checks rule 1, but not rule 2.
    Task<std::vector<NodePointer>> load(std::vector<Digest> hashes);

    // Takes a node that save() will write, unless it is known to be stored or was put already. Returns its hash.
    Digest put(TreeNode node);
    // Writes the nodes that were put since the last save(), sorted by hash.
    Task<> save();

    uint64_t key_hash(std::string_view key) { return key_hash_(sha_, key); }

    // How much has passed between the store and the database.
    struct Counters {
        uint64_t nodes_read = 0;
        uint64_t bytes_read = 0;
        uint64_t nodes_written = 0;
        uint64_t bytes_written = 0;
        uint64_t requests = 0;  // only those that read
    };
    const Counters& counters() const { return counters_; }

private:
    using Nodes = std::unordered_map<Digest, NodePointer, DigestHash>;

    Task<Nodes> fetch(std::span<const Digest> hashes);
    NodePointer find_in_memory(const Digest& hash);  // returns null when it is not there
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
