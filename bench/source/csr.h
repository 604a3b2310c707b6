// The physical limit of a traversal: a graph as two bare arrays (compressed sparse rows), and a breadth-first search
// over them with a queue and an array of marks. The search finds who is reached and at which depth. It has no names, no
// predecessors, no order within a level, no filter and no interrupt.
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace codegraph::bench {

inline constexpr uint32_t any_depth = std::numeric_limits<uint32_t>::max();

struct Reach {
    int64_t count = 0;      // of nodes, without the start
    int64_t depth_sum = 0;  // over them
    bool operator==(const Reach&) const = default;
};

class Csr {
public:
    Csr() = default;
    Csr(uint32_t node_count, std::span<const std::pair<uint32_t, uint32_t>> edges);  // the edges in any order

    uint32_t node_count() const { return static_cast<uint32_t>(starts_.size() - 1); }
    uint32_t edge_count() const { return static_cast<uint32_t>(targets_.size()); }
    std::span<const uint32_t> targets(uint32_t node) const {
        return std::span(targets_).subspan(starts_[node], starts_[node + 1] - starts_[node]);
    }

private:
    std::vector<uint32_t> starts_{0};
    std::vector<uint32_t> targets_;
};

// Searches a graph, and keeps its arrays from one search to the next.
class BreadthFirstSearch {
public:
    explicit BreadthFirstSearch(const Csr& graph) : graph_(graph), mark_(graph.node_count()) {
        queue_.resize(graph.node_count());
    }
    Reach run(uint32_t start, uint32_t max_depth);

private:
    const Csr& graph_;
    std::vector<uint32_t> mark_;  // the search that last saw the node
    std::vector<uint32_t> queue_;
    uint32_t search_ = 0;
};

}  // namespace codegraph::bench
