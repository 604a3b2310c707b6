// Finds what symbols depend on, directly or not, or what depends on them. The search is breadth first, and goes in
// steps of bounded work, so that a coroutine around it can look for an interrupt between two steps:
//     Traversal traversal(graph, starts, options);
//     while (!traversal.step(n)) co_await checkpoint();
//
// Invariants of a Traversal:
// 1. A row's `via` is the least symbol one level up that reaches the row's symbol. A level is therefore ordered by
//    symbol before its edges are followed: whoever reaches a symbol first is its least predecessor.
// 2. A row's `label` is the least of the edges between these two. The edges of a pair lie ordered by relationship.
// 3. Each symbol has at most one row; a bitmap of all symbols tells which have one.
// 4. Scores cost nothing where nobody wants them, and where all edges that are followed have the confidence 1.
//
// A query that leads here:
//     SELECT depth, fqn, via FROM cg_transitive_dependents('app', 'main', 'auth.login', 3);
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/edge_filter.h"
#include "graph/path_scores.h"
#include "graph/resident_graph.h"
#include "graph/symbol_set.h"

namespace codegraph {

enum class Direction { dependencies, dependents };  // with the arrows, against them

struct TraversalOptions {
    Direction direction = Direction::dependencies;
    std::optional<int64_t> max_depth = {};        // no limit without it
    std::vector<std::string> relationships = {};  // of the edges that are followed; empty: all
    double min_confidence = 0;                    // of the edges that are followed
    bool with_scores = false;
};

void check_max_depth(int64_t max_depth);  // throws invalid() when negative

struct ReachedSymbol {
    uint32_t depth;  // the least
    Symbol symbol;
    Symbol via;   // the least symbol one level up with an edge to (or, against the arrows, from) this one
    Label label;  // of the least relationship among those edges
    bool operator==(const ReachedSymbol&) const = default;
};

struct CountedSymbol {
    Symbol symbol;
};

// The search, with the one step loop of both searches below. `Row` says what is kept of each symbol that is reached.
template <class Row>
class BreadthFirst {
public:
    // Takes each start once, in any order, and each joining symbol once, none of them a start. The graph stays in place
    // as long as this, and has its reverse where it is followed against the arrows. Throws as the checks do.
    BreadthFirst(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options,
                 std::vector<JoiningSymbol> joining = {});

    // Goes on for about `budget` symbols and edges, and at least one. Returns true when all is done. A hub is split as
    // well. Ordering a complete level is not split: it costs a few nanoseconds a symbol.
    bool step(size_t budget);

    // Returns the rows without the starts, even when a cycle leads back to one. Those of a Traversal come by depth,
    // then symbol. The rows are complete when step() has returned true; until then they are those of the whole levels.
    std::span<const Row> reached() const { return {rows_.get() + start_count_, level_end_ - start_count_}; }
    size_t count() const { return reached().size(); }
    // Returns the score of a row of reached(). Requires with_scores.
    double score(size_t row) const { return scores_[start_count_ + row]; }

private:
    struct Arrival {
        Symbol via;
        Label label;
    };
    template <bool filtered, bool scored>
    void follow(size_t& budget);
    template <bool filtered, bool scored>
    Row* look_at(Symbol from, const Symbol* neighbours, LabelView labels, size_t begin, size_t end, Row* row);
    void join();
    void finish_level();
    void order_by_bitmap(std::span<Row> level);

    const ResidentGraph& graph_;
    const ResidentGraph::Adjacency adjacency_;
    const bool merges_;  // edges of symbols that several chunks define have to be merged
    const std::optional<int64_t> max_depth_;
    const EdgeFilter filter_;
    PathScores scores_;
    std::vector<JoiningSymbol> joining_;  // until the first level is whole

    SymbolSet seen_;
    // The starts, the whole levels, and the level in the making: row_count_ rows. There is room for all symbols and one
    // more, not touched before it is used: a row is written without asking, and counts when its symbol is new.
    std::unique_ptr<Row[]> rows_;
    size_t row_count_, start_count_;
    size_t level_end_;                     // of the last whole level
    size_t from_ = 0;                      // the row whose edges are followed, in the last whole level
    size_t edge_ = 0;                      // how many of them are followed
    uint32_t depth_ = 0;                   // of the last whole level
    EdgeScratch scratch_;                  // has the merged edges of that row's symbol
    std::unique_ptr<Arrival[]> arrivals_;  // by symbol, of the level that is ordered; made when it is needed
    bool done_ = false;
};

extern template class BreadthFirst<ReachedSymbol>;
extern template class BreadthFirst<CountedSymbol>;

using Traversal = BreadthFirst<ReachedSymbol>;
// Counts what a traversal would reach, at the least cost: without predecessors, and in any order.
using ReachCount = BreadthFirst<CountedSymbol>;

}  // namespace codegraph
