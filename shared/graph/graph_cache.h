// The resident graphs that a connection keeps, the least recently used leaving first, within a bound of bytes. What is
// kept is only what the key determines, so it is never stale: a graph's content follows from the root, a repository's
// id is part of computed chunk ids, and what a user may read can be less than another.
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

    Graph find(const GraphKey& key);  // null: not kept; else it is now the one used last
    // Keeps it, unless it alone exceeds the bound; replaces one of that key.
    void keep(const GraphKey& key, Graph graph);
    // After a graph has grown by its reverse: lets others leave, or that one.
    void enforce_bound();
    void set_bound(size_t bytes);
    size_t bytes() const;

    struct Entry {
        GraphKey key;
        Graph graph;
    };
    // Graphs of other snapshots of the repository for the same user, the last used first.
    std::vector<Entry> relatives(const GraphKey& key) const;

private:
    size_t bound_ = 256 << 20;
    std::list<Entry> entries_;  // the last used first
};

}  // namespace codegraph
