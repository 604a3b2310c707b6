#include "graph/graph_cache.h"

#include <algorithm>

namespace codegraph {

GraphCache::Graph GraphCache::find(const GraphKey& key) {
    const auto found = std::ranges::find(entries_, key, &Entry::key);
    if (found == entries_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found);
    return found->graph;
}

void GraphCache::keep(const GraphKey& key, Graph graph) {
    if (graph->bytes() > bound_) return;
    entries_.remove_if([&](const Entry& entry) { return entry.key == key; });
    entries_.push_front({key, std::move(graph)});
    enforce_bound();
}

size_t GraphCache::bytes() const {
    size_t bytes = 0;
    for (const Entry& entry : entries_) bytes += entry.graph->bytes();
    return bytes;
}

void GraphCache::enforce_bound() {
    for (size_t held = bytes(); held > bound_ && !entries_.empty(); entries_.pop_back())
        held -= entries_.back().graph->bytes();
}

void GraphCache::set_bound(size_t bytes) {
    bound_ = bytes;
    enforce_bound();
}

std::vector<GraphCache::Entry> GraphCache::relatives(const GraphKey& key) const {
    std::vector<Entry> others;
    for (const Entry& entry : entries_)
        if (entry.key.repo_id == key.repo_id && entry.key.user == key.user) others.push_back(entry);
    return others;
}

}  // namespace codegraph
