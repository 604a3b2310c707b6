// Holds the resident graphs that a connection keeps.
//
// Invariants:
// 1. The cache never has a stale graph, because the key determines all that a graph holds: the root names the content
//    of the snapshot, and the repository's id is part of computed chunk ids.
// 2. No user gets the graph of another, who may be allowed to read more: the user is a part of the key.
// 3. After keep(), set_bound() and enforce_bound() the graphs together take at most `bound` bytes. Whatever was used
//    least recently leaves first.
// 4. A graph that leaves the cache lives on for the calls that still use it: they share it.
//
// A query that shows what the cache does: the second of two equal calls finds the graph that the first one has loaded.
//     SELECT cg_count_dependents('app', 'main', 'auth.login');
#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "graph/resident_graph.h"

namespace codegraph {

struct GraphKey {
    Digest root;
    std::string repo_id;
    int64_t user;
    bool operator==(const GraphKey&) const = default;
};

class GraphCache {
public:
    using Graph = std::shared_ptr<ResidentGraph>;

    // Returns the graph, which is then the one used last, or null when the cache has none of this key.
    Graph find(const GraphKey& key);
    // Adds the graph in place of one with this key, unless it alone exceeds the bound.
    void keep(const GraphKey& key, Graph graph);
    // Lets graphs leave until the bound is kept. To be called when a graph has grown by its reverse.
    void enforce_bound();
    void set_bound(size_t bytes);
    size_t bytes() const;
    size_t size() const { return entries_.size(); }

    struct Entry {
        GraphKey key;
        Graph graph;
    };
    // Returns the graphs of the same repository and user, the one used last first.
    std::vector<Entry> relatives(const GraphKey& key) const;

private:
    size_t bound_ = 256 << 20;
    std::list<Entry> entries_;  // the last used first
};

}  // namespace codegraph
