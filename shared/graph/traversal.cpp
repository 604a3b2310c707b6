#include "graph/traversal.h"

#include <algorithm>
#include <string>

#include "base/error.h"

namespace codegraph {

void check_max_depth(int64_t max_depth) {
    if (max_depth < 0) throw invalid("max_depth must not be negative: " + std::to_string(max_depth));
}

static EdgeView edges_along(const ResidentGraph& graph, Symbol symbol, Direction direction, EdgeScratch& scratch) {
    return direction == Direction::dependencies ? graph.edges_from(symbol, scratch) : graph.edges_to(symbol);
}

// Is a level so great that going over the bitmap of all symbols orders it faster than sorting does?
static bool is_great(size_t level_size, uint32_t symbol_count) {
    constexpr size_t least = 512, symbols_a_row = 64;  // a word of the bitmap holds 64
    return level_size >= least && level_size >= symbol_count / symbols_a_row;
}

template <class Item>
static void make_room(std::vector<Item>& items, size_t needed) {
    if (needed > items.size()) items.resize(std::max(needed, items.size() * 2));
}

// ---- Traversal ----

Traversal::Traversal(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options)
    : graph_(graph),
      direction_(options.direction),
      max_depth_(options.max_depth),
      filter_(graph, options.relationships, options.min_confidence),
      seen_(graph.symbol_count()),
      row_count_(starts.size()),
      start_count_(starts.size()) {
    if (max_depth_) check_max_depth(*max_depth_);
    for (Symbol start : starts) {
        seen_.insert(start);
        rows_.push_back({.depth = 0, .symbol = start, .via = start, .label = 0});
    }
    std::ranges::sort(rows_, {}, &ReachedSymbol::symbol);
    level_end_ = rows_.size();
    done_ = max_depth_ == 0;
}

bool Traversal::step(size_t budget) {
    for (size_t left = std::max<size_t>(budget, 1); !done_ && left > 0;) {
        if (from_ == level_end_)
            finish_level();
        else
            left -= std::min(left, follow(left));
    }
    return done_;
}

std::span<const ReachedSymbol> Traversal::reached() const {
    return std::span(rows_).subspan(start_count_, level_end_ - start_count_);
}

// Follows up to `limit` of the edges of the symbol whose turn it is; tells how much work that was.
size_t Traversal::follow(size_t limit) {
    if (edge_ == 0) edges_ = edges_along(graph_, rows_[from_].symbol, direction_, scratch_);
    const size_t first = edge_, end = std::min(edges_.size(), edge_ + limit);
    make_room(rows_, row_count_ + end - first + 1);
    if (filter_.takes_all())
        look_at_edges<false>(end);
    else
        look_at_edges<true>(end);
    if (end == edges_.size()) {
        from_++;
        edge_ = 0;
    } else {
        edge_ = end;
    }
    return end - first + 1;
}

// A level's symbols are followed in ascending order, and the edges of a pair by relationship, so the first that arrives
// has the least predecessor and relationship.
template <bool filtered>
void Traversal::look_at_edges(size_t end) {
    const EdgeView edges = edges_;
    const uint32_t depth = rows_[from_].depth + 1;
    const Symbol via = rows_[from_].symbol;
    ReachedSymbol* row = rows_.data() + row_count_;
    for (size_t i = edge_; i < end; i++) {
        const Label label = edges.label(i);
        if (filtered && !filter_.takes(label)) continue;
        const Symbol next = edges.symbol(i);
        *row = {depth, next, via, label};
        row += seen_.insert(next);
    }
    row_count_ = static_cast<size_t>(row - rows_.data());
}

void Traversal::finish_level() {
    const std::span<ReachedSymbol> level = std::span(rows_).subspan(level_end_, row_count_ - level_end_);
    if (is_great(level.size(), graph_.symbol_count()))
        order_by_bitmap(level);
    else
        std::ranges::sort(level, {}, &ReachedSymbol::symbol);
    level_end_ = row_count_;
    done_ = level.empty() || (max_depth_ && level.back().depth == *max_depth_);
}

// What is known of each symbol is put in its place among all symbols, and taken from there in their order.
void Traversal::order_by_bitmap(std::span<ReachedSymbol> level) {
    if (!arrivals_) arrivals_ = std::make_unique_for_overwrite<Arrival[]>(graph_.symbol_count());
    for (const ReachedSymbol& row : level) arrivals_[row.symbol] = {row.via, row.label};
    const uint32_t depth = level.front().depth;
    SymbolSet before = seen_;
    for (const ReachedSymbol& row : level) before.erase(row.symbol);
    ReachedSymbol* row = level.data();
    seen_.for_each_since(before, [&](Symbol symbol) {
        *row++ = {depth, symbol, arrivals_[symbol].via, arrivals_[symbol].label};
    });
}

// ---- ReachCount ----

ReachCount::ReachCount(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options)
    : graph_(graph),
      direction_(options.direction),
      max_depth_(options.max_depth),
      filter_(graph, options.relationships, options.min_confidence),
      seen_(graph.symbol_count()),
      reached_(starts.begin(), starts.end()),
      reached_count_(starts.size()),
      start_count_(starts.size()),
      level_end_(starts.size()) {
    if (max_depth_) check_max_depth(*max_depth_);
    for (Symbol start : starts) seen_.insert(start);
}

template <bool filtered>
void ReachCount::look_at_edges(size_t end) {
    const EdgeView edges = edges_;
    make_room(reached_, reached_count_ + end - edge_ + 1);
    Symbol* place = reached_.data() + reached_count_;
    for (size_t i = edge_; i < end; i++) {
        if (filtered && !filter_.takes(edges.label(i))) continue;
        const Symbol next = edges.symbol(i);
        *place = next;
        place += seen_.insert(next);
    }
    reached_count_ = static_cast<size_t>(place - reached_.data());
}

// A great level is ordered before it is followed, only because memory is read faster from front to back.
bool ReachCount::step(size_t budget) {
    for (size_t left = std::max<size_t>(budget, 1); left > 0;) {
        if (from_ == level_end_) {
            if (level_end_ == reached_count_) return true;
            const std::span<Symbol> level = std::span(reached_).subspan(level_end_, reached_count_ - level_end_);
            if (is_great(level.size(), graph_.symbol_count())) {
                SymbolSet before = seen_;
                for (Symbol symbol : level) before.erase(symbol);
                Symbol* place = level.data();
                seen_.for_each_since(before, [&](Symbol symbol) { *place++ = symbol; });
            }
            level_end_ = reached_count_;
            depth_++;
        }
        if (max_depth_ && depth_ >= *max_depth_) return true;
        if (edge_ == 0) edges_ = edges_along(graph_, reached_[from_], direction_, scratch_);
        const size_t end = std::min(edges_.size(), edge_ + left);
        left -= std::min(left, end - edge_ + 1);
        if (filter_.takes_all())
            look_at_edges<false>(end);
        else
            look_at_edges<true>(end);
        edge_ = end == edges_.size() ? 0 : end;
        if (edge_ == 0) from_++;
    }
    return false;
}

}  // namespace codegraph
