#include "tree/node_store.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/changes.h"
#include "tree/node_statements.h"

namespace codegraph {

static constexpr size_t nodes_per_request = 512;     // about 600 KB of typical bodies
static constexpr size_t remembered_bytes = 8 << 20;  // by each of the two generations

NodeStore::NodeStore(int64_t repo_key, KeyHash key_hash) : repo_key_(repo_key), key_hash_(key_hash) {}

static size_t memory_of(const TreeNode& node) {
    size_t bytes = sizeof node;
    for (const TreeEntry& entry : node.entries) bytes += sizeof entry + entry.key.size();
    return bytes;
}

void NodeStore::remember(const Digest& hash, NodePointer node) {
    recent_bytes_ += memory_of(*node);
    recent_.insert_or_assign(hash, std::move(node));
    if (recent_bytes_ < remembered_bytes) return;
    older_ = std::move(recent_);
    recent_.clear();
    recent_bytes_ = 0;
}

NodePointer NodeStore::find_in_memory(const Digest& hash) {
    if (auto found = recent_.find(hash); found != recent_.end()) return found->second;
    NodePointer node;
    if (auto found = older_.find(hash); found != older_.end()) {
        node = std::move(found->second);
        older_.erase(found);
    } else if (auto body = unsaved_.find(hash); body != unsaved_.end()) {
        node = std::make_shared<const TreeNode>(decode_node(body->second));
    }
    if (node) remember(hash, node);
    return node;
}

Task<NodeStore::Nodes> NodeStore::fetch(std::span<const Digest> hashes) {
    Nodes fetched;
    Batch batch(statements::find_tree_nodes);
    for (const Digest& hash : hashes) batch.add(repo_key_, blob_cell(hash.view()));
    counters_.requests += !batch.empty();
    Rows rows = co_await run(batch);
    for (size_t row = 0; row < rows.size(); row++) {
        Digest hash =
            Digest::from_bytes(rows.blob(row, statements::find_tree_nodes["hash"]), "the hash of a tree node");
        std::string_view body = rows.blob(row, statements::find_tree_nodes["body"]);
        if (sha_.hash(body) != hash) throw corrupt("tree node " + to_hex(hash.view()) + " does not match its hash");
        NodePointer node = std::make_shared<const TreeNode>(decode_node(body));
        counters_.nodes_read++;
        counters_.bytes_read += body.size();
        remember(hash, node);
        fetched.emplace(hash, std::move(node));
    }
    co_return fetched;
}

Task<std::vector<NodePointer>> NodeStore::load(std::vector<Digest> hashes) {
    std::vector<NodePointer> nodes;
    nodes.reserve(hashes.size());
    for (size_t begin = 0; begin < hashes.size(); begin += nodes_per_request) {
        size_t end = std::min(begin + nodes_per_request, hashes.size());
        std::vector<Digest> unknown;
        for (size_t i = begin; i < end; i++) {
            nodes.push_back(find_in_memory(hashes[i]));
            if (!nodes[i]) unknown.push_back(hashes[i]);
        }
        Nodes fetched = co_await fetch(unknown);
        for (size_t i = begin; i < end; i++) {
            if (nodes[i]) continue;
            auto found = fetched.find(hashes[i]);
            if (found == fetched.end()) throw missing("tree node " + to_hex(hashes[i].view()) + " is missing");
            nodes[i] = found->second;
        }
    }
    co_return nodes;
}

Task<std::vector<NodePointer>> NodeStore::load_roots(std::vector<Digest> roots) {
    std::vector<Digest> stored;
    for (const Digest& root : roots)
        if (root != empty_root()) stored.push_back(root);
    std::vector<NodePointer> loaded = co_await load(std::move(stored));
    std::vector<NodePointer> nodes;
    auto next = loaded.begin();
    for (const Digest& root : roots)
        nodes.push_back(root == empty_root() ? std::make_shared<const TreeNode>() : std::move(*next++));
    co_return nodes;
}

Task<NodePointer> NodeStore::load_root(Digest root) {
    std::vector<NodePointer> nodes = co_await load_roots(std::vector<Digest>(1, root));
    co_return nodes.front();
}

Task<bool> NodeStore::has_tree(Digest root) {
    if (root == empty_root() || find_in_memory(root)) co_return true;
    Nodes fetched = co_await fetch(std::span(&root, 1));
    co_return !fetched.empty();
}

const char* find_mismatch(const TreeNode& node, const TreeEntry& entry, unsigned level) {
    if (node.level != level) return "level";
    if (node.entries.back().key != entry.key) return "last key";
    if (entries_below(node) != entry.value.count) return "number of entries";
    return nullptr;
}

void check_against_entry(const TreeNode& node, const TreeEntry& entry, unsigned level) {
    const char* wrong = find_mismatch(node, entry, level);
    if (wrong)
        throw corrupt("tree node " + to_hex(entry.value.digest.view()) + " has another " + wrong +
                      " than the node above it says");
}

Task<std::vector<NodePointer>> NodeStore::load_children(std::vector<const TreeEntry*> entries, unsigned level) {
    std::vector<Digest> hashes;
    hashes.reserve(entries.size());
    for (const TreeEntry* entry : entries) hashes.push_back(entry->value.digest);
    std::vector<NodePointer> nodes = co_await load(std::move(hashes));
    for (size_t i = 0; i < nodes.size(); i++) check_against_entry(*nodes[i], *entries[i], level);
    co_return nodes;
}

Digest NodeStore::put(TreeNode node) {
    std::string body = encode_node(node);
    Digest hash = sha_.hash(body);
    if (recent_.contains(hash) || older_.contains(hash) || unsaved_.contains(hash)) return hash;
    unsaved_.emplace(hash, std::move(body));
    remember(hash, std::make_shared<const TreeNode>(std::move(node)));
    return hash;
}

Task<> NodeStore::save() {
    Batch batch(statements::insert_tree_nodes);
    for (const auto& [hash, body] : unsaved_) {
        batch.add(repo_key_, blob_cell(hash.view()), blob_cell(body));
        counters_.nodes_written++;
        counters_.bytes_written += body.size();
    }
    co_await insert_missing(batch, statements::find_stored_tree_nodes);
    unsaved_.clear();
}

}  // namespace codegraph
