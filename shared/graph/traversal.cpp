#include "graph/traversal.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/error.h"

namespace codegraph {

void check_max_depth(int64_t max_depth) {
    if (max_depth < 0) throw invalid("max_depth must not be negative: " + std::to_string(max_depth));
}

static EdgeView edges_along(const ResidentGraph& graph, Symbol symbol, Direction direction, EdgeScratch& scratch) {
    return direction == Direction::dependencies ? graph.edges_from(symbol, scratch) : graph.edges_to(symbol);
}

// ---- Traversal ----

Traversal::Traversal(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options)
    : graph_(graph),
      direction_(options.direction),
      max_depth_(options.max_depth),
      filter_(graph, options.relationships, options.min_confidence),
      seen_(graph.symbol_count()),
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
    const ReachedSymbol from = rows_[from_];
    for (size_t i = edge_; i < end; i++) {
        if (filtered && !filter_.takes(edges_.label(i))) continue;
        const Symbol next = edges_.symbol(i);
        if (seen_.insert(next)) rows_.push_back({from.depth + 1, next, from.symbol, edges_.label(i)});
    }
}

// Orders rows by symbol: counts the values of 11 bits at a time, as often as the numbers need.
static void order_by_symbol(std::span<ReachedSymbol> rows, std::vector<ReachedSymbol>& other,
                            std::vector<uint32_t>& counts, uint32_t symbol_count) {
    constexpr unsigned bits = 11;
    other.resize(rows.size());
    std::span<ReachedSymbol> from = rows, to = other;
    for (unsigned shift = 0; shift == 0 || symbol_count >> shift != 0; shift += bits) {
        counts.assign(size_t{1} << bits, 0);
        const auto digit = [&](const ReachedSymbol& row) { return row.symbol >> shift & ((1U << bits) - 1); };
        for (const ReachedSymbol& row : from) counts[digit(row)]++;
        uint32_t place = 0;
        for (uint32_t& count : counts) place += std::exchange(count, place);
        for (const ReachedSymbol& row : from) to[counts[digit(row)]++] = row;
        std::swap(from, to);
        if (shift + bits >= 32) break;
    }
    if (from.data() != rows.data()) std::ranges::copy(from, rows.begin());
}

void Traversal::finish_level() {
    const std::span<ReachedSymbol> level = std::span(rows_).subspan(level_end_);
    constexpr size_t few = 512;  // below, the counts cost more than comparing
    if (level.size() < few)
        std::ranges::sort(level, {}, &ReachedSymbol::symbol);
    else
        order_by_symbol(level, ordered_, counts_, graph_.symbol_count());
    level_end_ = rows_.size();
    done_ = level.empty() || (max_depth_ && rows_.back().depth == *max_depth_);
}

// ---- ReachCount ----

ReachCount::ReachCount(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options)
    : graph_(graph),
      direction_(options.direction),
      max_depth_(options.max_depth),
      filter_(graph, options.relationships, options.min_confidence),
      seen_(graph.symbol_count()),
      reached_(starts.begin(), starts.end()),
      start_count_(starts.size()),
      level_end_(starts.size()) {
    if (max_depth_) check_max_depth(*max_depth_);
    for (Symbol start : starts) seen_.insert(start);
}

bool ReachCount::step(size_t budget) {
    for (size_t left = std::max<size_t>(budget, 1); left > 0;) {
        if (from_ == level_end_) {
            if (level_end_ == reached_.size()) return true;
            level_end_ = reached_.size();
            depth_++;
        }
        if (max_depth_ && depth_ >= *max_depth_) return true;
        if (edge_ == 0) edges_ = edges_along(graph_, reached_[from_], direction_, scratch_);
        const size_t end = std::min(edges_.size(), edge_ + left);
        const bool all = filter_.takes_all();
        for (size_t i = edge_; i < end; i++)
            if ((all || filter_.takes(edges_.label(i))) && seen_.insert(edges_.symbol(i)))
                reached_.push_back(edges_.symbol(i));
        left -= std::min(left, end - edge_ + 1);
        edge_ = end == edges_.size() ? 0 : end;
        if (edge_ == 0) from_++;
    }
    return false;
}

}  // namespace codegraph
