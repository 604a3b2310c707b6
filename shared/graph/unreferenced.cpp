#include "graph/unreferenced.h"

#include <algorithm>
#include <utility>

namespace codegraph {

Unreferenced::Unreferenced(const ResidentGraph& graph, EdgeFilter filter)
    : graph_(graph), filter_(std::move(filter)), symbols_(graph.symbol_count()) {}

bool Unreferenced::step(size_t budget) {
    budget = std::max<size_t>(budget, 1);
    while (symbol_ < graph_.symbol_count() && budget > 0) look_at_symbol(budget);
    return symbol_ == graph_.symbol_count();
}

void Unreferenced::look_at_symbol(size_t& budget) {
    const EdgeView edges = graph_.edges_to(symbol_);
    const size_t first = edge_, end = first + std::min(edges.size() - first, budget);
    while (edge_ < end && (edges.symbol(edge_) == symbol_ || !filter_.takes(edges.label(edge_)))) edge_++;
    budget -= edge_ - first;
    if (edge_ == end && end < edges.size()) return;  // the budget is used up
    if (edge_ == edges.size()) symbols_.insert(symbol_);
    symbol_++;
    edge_ = 0;
    budget -= std::min<size_t>(budget, 1);
}

}  // namespace codegraph
