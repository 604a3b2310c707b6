#include "graph/cycles.h"

#include <algorithm>
#include <utility>

namespace codegraph {

static constexpr uint32_t alone = ~uint32_t{0};         // the component of all symbols without a cycle
static constexpr uint32_t first_component = alone - 1;  // the next ones are lower; there are fewer symbols than that

Cycles::Cycles(const ResidentGraph& graph, EdgeFilter filter)
    : graph_(graph),
      filter_(std::move(filter)),
      rank_(graph.symbol_count(), 0),
      next_component_(first_component),
      starts_{0} {}

bool Cycles::step(size_t budget) {
    budget = std::max<size_t>(budget, 1);
    while (phase_ != Phase::done && budget > 0) {
        if (phase_ == Phase::visit)
            visit(budget);
        else if (phase_ == Phase::size)
            size_components(budget);
        else
            place_symbols(budget);
    }
    return phase_ == Phase::done;
}

void Cycles::begin(Symbol symbol) {
    rank_[symbol] = next_place_++;
    visits_.push_back({.symbol = symbol, .edge = 0, .is_root = true, .has_loop = false});
}

// Goes on with the innermost visit, or begins one at the next symbol that was not visited.
void Cycles::visit(size_t& budget) {
    if (visits_.empty()) {
        if (symbol_ == graph_.symbol_count()) {
            order_.assign(first_component - next_component_, 0);
            symbol_ = 0;
            phase_ = Phase::size;
            return;
        }
        budget--;
        if (rank_[symbol_] == 0) begin(symbol_);
        symbol_++;
        return;
    }
    const size_t depth = visits_.size();
    const EdgeView edges = graph_.edges_to(visits_.back().symbol);
    while (budget > 0 && visits_.back().edge < edges.size()) {
        budget--;
        Visit& innermost = visits_.back();
        const size_t edge = innermost.edge;
        if (filter_.takes(edges.label(edge))) look_at(innermost, edges.symbol(edge));
        if (visits_.size() > depth) return;  // the neighbour is visited first, and then this edge is looked at again
        innermost.edge++;
    }
    if (visits_.back().edge == edges.size()) finish();
}

void Cycles::look_at(Visit& visit, Symbol next) {
    if (rank_[next] == 0) {
        begin(next);
        return;
    }
    if (next == visit.symbol) visit.has_loop = true;
    if (rank_[next] >= rank_[visit.symbol]) return;
    rank_[visit.symbol] = rank_[next];
    visit.is_root = false;
}

void Cycles::finish() {
    const Visit finished = visits_.back();
    visits_.pop_back();
    if (finished.is_root)
        close(finished);
    else
        waiting_.push_back(finished.symbol);
}

// Closes the component of a root: the symbols that wait since its visit began.
void Cycles::close(const Visit& root) {
    const uint32_t place = rank_[root.symbol];
    const bool is_cycle = root.has_loop || (!waiting_.empty() && rank_[waiting_.back()] >= place);
    const uint32_t component = is_cycle ? next_component_-- : alone;
    next_place_--;
    for (; !waiting_.empty() && rank_[waiting_.back()] >= place; waiting_.pop_back()) {
        rank_[waiting_.back()] = component;
        next_place_--;
    }
    rank_[root.symbol] = component;
}

// Goes over symbols in ascending order, so that the first one of a component is its least, which gives it its place.
void Cycles::size_components(size_t& budget) {
    for (; symbol_ < graph_.symbol_count() && budget > 0; symbol_++, budget--) {
        if (rank_[symbol_] == alone) continue;
        uint32_t& order = order_[first_component - rank_[symbol_]];
        if (order == 0) {
            starts_.push_back(0);
            order = count();
        }
        starts_[order]++;
    }
    if (symbol_ < graph_.symbol_count()) return;
    for (uint32_t cycle = 0; cycle < count(); cycle++) starts_[cycle + 1] += starts_[cycle];
    ends_.assign(starts_.begin(), starts_.end() - 1);
    symbols_.resize(starts_.back());
    symbol_ = 0;
    phase_ = Phase::place;
}

void Cycles::place_symbols(size_t& budget) {
    for (; symbol_ < graph_.symbol_count() && budget > 0; symbol_++, budget--)
        if (rank_[symbol_] != alone) symbols_[ends_[order_[first_component - rank_[symbol_]] - 1]++] = symbol_;
    if (symbol_ == graph_.symbol_count()) phase_ = Phase::done;
}

}  // namespace codegraph
