#include "graph/traversal.h"

#include <algorithm>
#include <string>
#include <type_traits>

#include "base/error.h"

namespace codegraph {

void check_max_depth(int64_t max_depth) {
    if (max_depth < 0) throw invalid("max_depth must not be negative: " + std::to_string(max_depth));
}

static ResidentGraph::Adjacency adjacency_of(const ResidentGraph& graph, Direction direction) {
    return direction == Direction::dependencies ? graph.edges_along_arrows() : graph.edges_against_arrows();
}

// Tells whether a level is so great that going over the bitmap of all symbols orders it faster than sorting does.
static bool is_great(size_t level_size, uint32_t symbol_count) {
    constexpr size_t least = 512, symbols_a_row = 64;  // a word of the bitmap holds 64
    return level_size >= least && level_size >= symbol_count / symbols_a_row;
}

// Without predecessors, neither the order of a level nor that of a symbol's edges matters.
template <class Row>
static constexpr bool has_predecessors = std::is_same_v<Row, ReachedSymbol>;

template <class Row>
static Row make_row(uint32_t depth, Symbol symbol, Symbol via, Label label) {
    if constexpr (has_predecessors<Row>)
        return {depth, symbol, via, label};
    else
        return {symbol};
}

template <class Row>
BreadthFirst<Row>::BreadthFirst(const ResidentGraph& graph, std::span<const Symbol> starts,
                                const TraversalOptions& options, std::vector<JoiningSymbol> joining)
    : graph_(graph),
      adjacency_(adjacency_of(graph, options.direction)),
      merges_(has_predecessors<Row> && options.direction == Direction::dependencies && graph.has_shared_symbols()),
      max_depth_(options.max_depth),
      filter_(graph, options.relationships, options.min_confidence),
      scores_(graph, filter_, options.with_scores, joining),
      joining_(std::move(joining)),
      seen_(graph.symbol_count()),
      rows_(std::make_unique_for_overwrite<Row[]>(size_t{graph.symbol_count()} + 1)),
      row_count_(0),
      start_count_(starts.size()),
      level_end_(starts.size()) {
    if (max_depth_) check_max_depth(*max_depth_);
    for (Symbol start : starts) {
        seen_.insert(start);
        rows_[row_count_++] = make_row<Row>(0, start, start, 0);
    }
    std::ranges::sort(std::span(rows_.get(), row_count_), {}, &Row::symbol);
    for (size_t row = 0; scores_.are_kept() && row < row_count_; row++) scores_.set_start(row, rows_[row].symbol);
    done_ = max_depth_ == 0;
}

template <class Row>
bool BreadthFirst<Row>::step(size_t budget) {
    for (budget = std::max<size_t>(budget, 1); !done_ && budget > 0;) {
        if (from_ == level_end_)
            finish_level();
        else if (scores_.are_kept())
            follow<true, true>(budget);
        else if (filter_.takes_all())
            follow<false, false>(budget);
        else
            follow<true, false>(budget);
    }
    return done_;
}

// A level's symbols are followed in ascending order, and the edges of a pair by relationship, so the first that arrives
// has the least predecessor and relationship. A row is written before it is known whether its symbol is new: there is
// no branch to mispredict.
template <class Row>
template <bool filtered, bool scored>
Row* BreadthFirst<Row>::look_at(Symbol from, const Symbol* neighbours, LabelView labels, size_t begin, size_t end,
                                Row* row) {
    const uint32_t depth = depth_ + 1;
    for (size_t i = begin; i < end; i++) {
        const Label label = labels[i];
        if (filtered && !filter_.takes(label)) continue;
        const Symbol next = neighbours[i];
        *row = make_row<Row>(depth, next, from, label);
        const bool is_new = seen_.insert(next);
        if (scored) scores_.arrive(from_, label, next, is_new);
        row += is_new;
    }
    return row;
}

// Goes on with the edges of the last whole level until the budget is used up.
template <class Row>
template <bool filtered, bool scored>
void BreadthFirst<Row>::follow(size_t& budget) {
    Row* row = rows_.get() + row_count_;
    while (from_ < level_end_ && budget > 0) {
        const Symbol from = rows_[from_].symbol;
        const size_t first = adjacency_.starts[from], count = adjacency_.starts[from + 1] - first;
        const size_t begin = edge_, end = std::min(count, edge_ + budget);
        if (merges_ && graph_.is_shared(from)) {
            if (begin == 0) (void)graph_.edges_from(from, scratch_);
            row = look_at<filtered, scored>(from, scratch_.symbols.data(), LabelView(nullptr, scratch_.labels.data()),
                                            begin, end, row);
        } else {
            row = look_at<filtered, scored>(from, adjacency_.neighbours, adjacency_.labels, first + begin, first + end,
                                            row);
        }
        budget -= std::min(budget, end - begin + 1);
        edge_ = end == count ? 0 : end;
        from_ += end == count;
    }
    row_count_ = static_cast<size_t>(row - rows_.get());
}

template <class Row>
void BreadthFirst<Row>::join() {
    for (const auto& [symbol, score] : joining_) {
        const bool is_new = seen_.insert(symbol);
        if (is_new) rows_[row_count_++] = make_row<Row>(depth_ + 1, symbol, no_name, 0);
        if (scores_.are_kept()) scores_.arrive_with(score, symbol, is_new);
    }
    joining_.clear();
}

// A great level is ordered even where its order does not matter, because memory is read faster from front to back.
template <class Row>
void BreadthFirst<Row>::finish_level() {
    join();
    const std::span<Row> level(rows_.get() + level_end_, row_count_ - level_end_);
    if (is_great(level.size(), graph_.symbol_count()))
        order_by_bitmap(level);
    else if (has_predecessors<Row>)
        std::ranges::sort(level, {}, &Row::symbol);
    for (size_t row = level_end_; scores_.are_kept() && row < row_count_; row++)
        scores_.set_row(row, rows_[row].symbol);
    level_end_ = row_count_;
    depth_++;
    done_ = level.empty() || (max_depth_ && depth_ >= *max_depth_);
}

// Puts what is known of each symbol at its place among all symbols, and takes it from there in their order.
template <class Row>
void BreadthFirst<Row>::order_by_bitmap(std::span<Row> level) {
    SymbolSet before = seen_;
    for (const Row& row : level) before.erase(row.symbol);
    Row* row = level.data();
    if constexpr (has_predecessors<Row>) {
        if (!arrivals_) arrivals_ = std::make_unique_for_overwrite<Arrival[]>(graph_.symbol_count());
        for (const Row& reached : level) arrivals_[reached.symbol] = {reached.via, reached.label};
        seen_.for_each_since(before, [&](Symbol symbol) {
            *row++ = {depth_ + 1, symbol, arrivals_[symbol].via, arrivals_[symbol].label};
        });
    } else {
        seen_.for_each_since(before, [&](Symbol symbol) { *row++ = {symbol}; });
    }
}

template class BreadthFirst<ReachedSymbol>;
template class BreadthFirst<CountedSymbol>;

}  // namespace codegraph
