#include "operations/read/files_with_chunk.h"

#include <algorithm>

namespace codegraph {

static constexpr size_t most_nodes_remembered = 1 << 18;

Task<std::vector<TreeEntry>> FilesWithChunk::find(Digest root) {
    if (found_below_.size() > most_nodes_remembered) found_below_.clear();
    NodePointer top = co_await nodes_.load_root(root);
    Found found;
    co_await look_into(*top, std::string(), found);
    co_return found;
}

// Returns the entries of a node that have a wanted path or stand above one. All paths below the node come after
// `after`.
std::vector<const TreeEntry*> FilesWithChunk::wanted_entries(const TreeNode& node, std::string_view after) const {
    std::vector<const TreeEntry*> wanted;
    auto path = std::ranges::upper_bound(paths_, after, std::less<>());
    while (path != paths_.end()) {
        const auto entry = std::ranges::lower_bound(node.entries, *path, {}, &TreeEntry::key);
        if (entry == node.entries.end()) break;
        const bool has_it = node.level > 0 || entry->key == *path;
        if (has_it) wanted.push_back(&*entry);
        path = has_it ? std::ranges::upper_bound(path, paths_.end(), entry->key) : std::next(path);
    }
    return wanted;
}

// Adds what is found below a node. Where few files are wanted it loads little at first: the chunk may be in the first.
Task<> FilesWithChunk::look_into(const TreeNode& node, std::string after, Found& found) {
    if (node.level == 0) {
        co_await look_into_leaf(node, std::move(after), found);
        co_return;
    }
    const std::vector<const TreeEntry*> wanted = wanted_entries(node, after);
    size_t at_once = most_ == SIZE_MAX ? wanted.size() : 1;
    for (size_t next = 0; next < wanted.size() && found.size() < most_; at_once *= 2) {
        const size_t end = std::min(wanted.size(), next + at_once);
        std::vector<const TreeEntry*> unknown;
        for (size_t i = next; i < end; i++)
            if (!found_below_.contains(wanted[i]->value.digest)) unknown.push_back(wanted[i]);
        std::vector<NodePointer> children = co_await nodes_.load_children(unknown, node.level - 1);
        for (size_t i = 0; i < children.size(); i++) {
            std::string before_child = after;
            if (unknown[i] != node.entries.data()) before_child = (unknown[i] - 1)->key;
            Found below;
            co_await look_into(*children[i], std::move(before_child), below);
            found_below_.emplace(unknown[i]->value.digest, std::move(below));
        }
        for (; next < end; next++)
            for (const TreeEntry& file : found_below_.at(wanted[next]->value.digest))
                if (found.size() < most_) found.push_back(file);
        co_await checkpoint();
    }
}

Task<> FilesWithChunk::look_into_leaf(const TreeNode& leaf, std::string after, Found& found) {
    const std::vector<const TreeEntry*> wanted = wanted_entries(leaf, after);
    size_t at_once = most_ == SIZE_MAX ? wanted.size() : 1;
    for (size_t next = 0; next < wanted.size() && found.size() < most_; at_once *= 2) {
        const size_t end = std::min(wanted.size(), next + at_once);
        std::vector<TreeEntry> unknown;
        for (size_t i = next; i < end; i++)
            if (!has_chunk_.contains(wanted[i]->value.digest)) unknown.push_back(*wanted[i]);
        if (!unknown.empty()) {
            const std::vector<bool> have = co_await have_chunk(unknown);
            for (size_t i = 0; i < unknown.size(); i++) has_chunk_.emplace(unknown[i].value.digest, have[i]);
        }
        for (; next < end; next++)
            if (has_chunk_.at(wanted[next]->value.digest) && found.size() < most_) found.push_back(*wanted[next]);
    }
}

}  // namespace codegraph
