#include "tree/walk.h"

#include <algorithm>

namespace codegraph {

static constexpr size_t nodes_per_step = 256;

void TreeWalk::note_children(const TreeNode& node) {
    if (node.level == 0) return;
    if (pending_.size() < node.level) pending_.resize(node.level);
    for (const TreeEntry& entry : node.entries)
        if (visited_hashes_.insert(entry.value.digest).second) pending_[node.level - 1].push_back(entry);
}

Task<> TreeWalk::load_roots() {
    std::vector<Digest> roots;
    for (; !roots_.empty() && roots.size() < nodes_per_step; roots_.pop_back())
        if (visited_hashes_.insert(roots_.back()).second) roots.push_back(roots_.back());
    hashes_ = roots;
    nodes_ = co_await store_.load_roots(std::move(roots));
}

Task<> TreeWalk::load_children(unsigned level) {
    std::vector<TreeEntry>& pending = pending_[level];
    const size_t count = std::min(pending.size(), nodes_per_step);
    std::vector<TreeEntry> entries(std::make_move_iterator(pending.end() - static_cast<ptrdiff_t>(count)),
                                   std::make_move_iterator(pending.end()));
    pending.resize(pending.size() - count);
    std::vector<const TreeEntry*> entries_to_load;
    hashes_.clear();
    for (const TreeEntry& entry : entries) {
        entries_to_load.push_back(&entry);
        hashes_.push_back(entry.value.digest);
    }
    nodes_ = co_await store_.load_children(std::move(entries_to_load), level);
}

// Visits the lowest pending level first, which keeps what is pending small.
Task<bool> TreeWalk::next() {
    const auto level = std::ranges::find_if(pending_, [](const auto& entries) { return !entries.empty(); });
    if (level != pending_.end()) {
        co_await load_children(static_cast<unsigned>(level - pending_.begin()));
    } else if (!roots_.empty()) {
        co_await load_roots();
    } else {
        co_return false;
    }
    for (const NodePointer& node : nodes_) note_children(*node);
    co_return true;
}

}  // namespace codegraph
