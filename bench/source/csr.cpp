#include "csr.h"

namespace codegraph::bench {

Csr::Csr(uint32_t node_count, std::span<const std::pair<uint32_t, uint32_t>> edges)
    : starts_(size_t{node_count} + 1), targets_(edges.size()) {
    for (auto [from, to] : edges) starts_[from + 1]++;
    for (uint32_t node = 0; node < node_count; node++) starts_[node + 1] += starts_[node];
    std::vector<uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (auto [from, to] : edges) targets_[next[from]++] = to;
}

Reach BreadthFirstSearch::run(uint32_t start, uint32_t max_depth) {
    search_++;
    mark_[start] = search_;
    queue_[0] = start;
    size_t first = 0, end = 1, level_end = 1;
    Reach reach;
    for (uint32_t depth = 1; depth <= max_depth && first < level_end; depth++) {
        for (; first < level_end; first++)
            for (uint32_t target : graph_.targets(queue_[first])) {
                if (mark_[target] == search_) continue;
                mark_[target] = search_;
                queue_[end++] = target;
            }
        reach.depth_sum += static_cast<int64_t>(end - level_end) * depth;
        level_end = end;
    }
    reach.count = static_cast<int64_t>(end) - 1;
    return reach;
}

}  // namespace codegraph::bench
