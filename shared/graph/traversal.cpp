#include "graph/traversal.h"

#include <algorithm>
#include <string>

#include "base/error.h"

namespace codegraph {

void check_max_depth(int64_t max_depth) {
    if (max_depth < 0) throw invalid("max_depth must not be negative: " + std::to_string(max_depth));
}

static ResidentGraph::Adjacency adjacency_of(const ResidentGraph& graph, Direction direction) {
    return direction == Direction::dependencies ? graph.edges_along_arrows() : graph.edges_against_arrows();
}

// Is a level so great that going over the bitmap of all symbols orders it faster than sorting does?
static bool is_great(size_t level_size, uint32_t symbol_count) {
    constexpr size_t least = 512, symbols_a_row = 64;  // a word of the bitmap holds 64
    return level_size >= least && level_size >= symbol_count / symbols_a_row;
}

// ---- Traversal ----

Traversal::Traversal(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options)
    : graph_(graph),
      adjacency_(adjacency_of(graph, options.direction)),
      merges_(options.direction == Direction::dependencies && graph.has_shared_symbols()),
      max_depth_(options.max_depth),
      filter_(graph, options.relationships, options.min_confidence),
      seen_(graph.symbol_count()),
      rows_(std::make_unique_for_overwrite<ReachedSymbol[]>(size_t{graph.symbol_count()} + 1)),
      row_count_(0),
      start_count_(starts.size()),
      level_end_(starts.size()) {
    if (max_depth_) check_max_depth(*max_depth_);
    for (Symbol start : starts) {
        seen_.insert(start);
        rows_[row_count_++] = {.depth = 0, .symbol = start, .via = start, .label = 0};
    }
    std::sort(rows_.get(), rows_.get() + row_count_,
              [](const ReachedSymbol& a, const ReachedSymbol& b) { return a.symbol < b.symbol; });
    done_ = max_depth_ == 0;
}

bool Traversal::step(size_t budget) {
    for (budget = std::max<size_t>(budget, 1); !done_ && budget > 0;) {
        if (from_ == level_end_)
            finish_level();
        else if (filter_.takes_all())
            follow<false>(budget);
        else
            follow<true>(budget);
    }
    return done_;
}

// A level's symbols are followed in ascending order, and the edges of a pair by relationship, so the first that arrives
// has the least predecessor and relationship. A row is written before it is known whether its symbol is new: there is
// no branch to mispredict.
template <bool filtered>
ReachedSymbol* Traversal::look_at(const ReachedSymbol& from, const Symbol* neighbours, LabelView labels, size_t begin,
                                  size_t end, ReachedSymbol* row) {
    const uint32_t depth = from.depth + 1;
    const Symbol via = from.symbol;
    for (size_t i = begin; i < end; i++) {
        const Label label = labels[i];
        if (filtered && !filter_.takes(label)) continue;
        const Symbol next = neighbours[i];
        *row = {depth, next, via, label};
        row += seen_.insert(next);
    }
    return row;
}

// Goes on with the edges of the last whole level until the budget is used up.
template <bool filtered>
void Traversal::follow(size_t& budget) {
    ReachedSymbol* row = rows_.get() + row_count_;
    while (from_ < level_end_ && budget > 0) {
        const ReachedSymbol from = rows_[from_];
        const size_t first = adjacency_.starts[from.symbol], count = adjacency_.starts[from.symbol + 1] - first;
        const size_t begin = edge_, end = std::min(count, edge_ + budget);
        if (merges_ && graph_.is_shared(from.symbol)) {
            if (begin == 0) (void)graph_.edges_from(from.symbol, scratch_);
            row = look_at<filtered>(from, scratch_.symbols.data(), LabelView(nullptr, scratch_.labels.data()), begin,
                                    end, row);
        } else {
            row = look_at<filtered>(from, adjacency_.neighbours, adjacency_.labels, first + begin, first + end, row);
        }
        budget -= std::min(budget, end - begin + 1);
        edge_ = end == count ? 0 : end;
        from_ += end == count;
    }
    row_count_ = static_cast<size_t>(row - rows_.get());
}

void Traversal::finish_level() {
    const std::span<ReachedSymbol> level(rows_.get() + level_end_, row_count_ - level_end_);
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
    SymbolSet before = seen_;
    for (const ReachedSymbol& row : level) {
        arrivals_[row.symbol] = {row.via, row.label};
        before.erase(row.symbol);
    }
    const uint32_t depth = level.front().depth;
    ReachedSymbol* row = level.data();
    seen_.for_each_since(before, [&](Symbol symbol) {
        *row++ = {depth, symbol, arrivals_[symbol].via, arrivals_[symbol].label};
    });
}

// ---- ReachCount ----

ReachCount::ReachCount(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options)
    : symbol_count_(graph.symbol_count()),
      adjacency_(adjacency_of(graph, options.direction)),
      max_depth_(options.max_depth),
      filter_(graph, options.relationships, options.min_confidence),
      seen_(graph.symbol_count()),
      reached_(std::make_unique_for_overwrite<Symbol[]>(size_t{graph.symbol_count()} + 1)),
      reached_count_(0),
      start_count_(starts.size()),
      level_end_(starts.size()) {
    if (max_depth_) check_max_depth(*max_depth_);
    for (Symbol start : starts) {
        seen_.insert(start);
        reached_[reached_count_++] = start;
    }
    done_ = max_depth_ == 0;
}

bool ReachCount::step(size_t budget) {
    for (budget = std::max<size_t>(budget, 1); !done_ && budget > 0;) {
        if (from_ == level_end_)
            finish_level();
        else if (filter_.takes_all())
            follow<false>(budget);
        else
            follow<true>(budget);
    }
    return done_;
}

template <bool filtered>
void ReachCount::follow(size_t& budget) {
    Symbol* place = reached_.get() + reached_count_;
    while (from_ < level_end_ && budget > 0) {
        const Symbol symbol = reached_[from_];
        const size_t first = adjacency_.starts[symbol] + edge_, last = adjacency_.starts[symbol + 1];
        const size_t end = std::min(last, first + budget);
        for (size_t i = first; i < end; i++) {
            if (filtered && !filter_.takes(adjacency_.labels[i])) continue;
            const Symbol next = adjacency_.neighbours[i];
            *place = next;
            place += seen_.insert(next);
        }
        budget -= std::min(budget, end - first + 1);
        edge_ = end == last ? 0 : edge_ + (end - first);
        from_ += end == last;
    }
    reached_count_ = static_cast<size_t>(place - reached_.get());
}

// A great level is ordered before it is followed, only because memory is read faster from front to back.
void ReachCount::finish_level() {
    const std::span<Symbol> level(reached_.get() + level_end_, reached_count_ - level_end_);
    if (is_great(level.size(), symbol_count_)) {
        SymbolSet before = seen_;
        for (Symbol symbol : level) before.erase(symbol);
        Symbol* place = level.data();
        seen_.for_each_since(before, [&](Symbol symbol) { *place++ = symbol; });
    }
    level_end_ = reached_count_;
    depth_++;
    done_ = level.empty() || (max_depth_ && depth_ >= *max_depth_);
}

}  // namespace codegraph
