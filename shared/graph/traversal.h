// What symbols depend on, directly or not, or what depends on them: breadth first, in pieces of bounded work, so that a
// coroutine around it can look for an interrupt between them:
//     Traversal traversal(graph, starts, options);
//     while (!traversal.step(n)) co_await checkpoint();
// A symbol is looked up in a bitmap; a level is ordered by symbol before its edges are followed, so that whoever
// reaches a symbol first is its least predecessor.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/edge_filter.h"
#include "graph/resident_graph.h"
#include "graph/symbol_set.h"

namespace codegraph {

enum class Direction { dependencies, dependents };  // with the arrows, against them

struct TraversalOptions {
    Direction direction = Direction::dependencies;
    std::optional<int64_t> max_depth = {};        // no limit without it
    std::vector<std::string> relationships = {};  // of the edges that are followed; empty: all
    double min_confidence = 0;                    // of the edges that are followed
};

void check_max_depth(int64_t max_depth);  // throws invalid() when negative

struct ReachedSymbol {
    uint32_t depth;  // the least
    Symbol symbol;
    Symbol via;   // the least symbol one level up with an edge to (or, against the arrows, from) this one
    Label label;  // of the least relationship among those edges
    bool operator==(const ReachedSymbol&) const = default;
};

class Traversal {
public:
    // Each start once, in any order. The graph stays in place as long as the traversal, and has its reverse where it is
    // followed against the arrows. Throws as the checks do.
    Traversal(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options);

    // Goes on for about `budget` symbols and edges, and at least one; true when all is done. A hub is split as well;
    // ordering a level that is complete is not: it costs a few nanoseconds a symbol.
    bool step(size_t budget);

    // By depth, then symbol; without the starts, even when a cycle leads back to one. Complete when step() has said
    // true; until then, the levels that are.
    std::span<const ReachedSymbol> reached() const { return {rows_.get() + start_count_, level_end_ - start_count_}; }

private:
    struct Arrival {
        Symbol via;
        Label label;
    };
    template <bool filtered>
    void follow(size_t& budget);
    template <bool filtered>
    ReachedSymbol* look_at(const ReachedSymbol& from, const Symbol* neighbours, LabelView labels, size_t begin,
                           size_t end, ReachedSymbol* row);
    void finish_level();
    void order_by_bitmap(std::span<ReachedSymbol> level);

    const ResidentGraph& graph_;
    const ResidentGraph::Adjacency adjacency_;
    const bool merges_;  // symbols that several chunks define have to be looked for
    const std::optional<int64_t> max_depth_;
    const EdgeFilter filter_;

    SymbolSet seen_;
    // The starts, whole levels, the level in the making: row_count_ of them. There is room for all symbols and one
    // more, not touched before it is used: a row is written without asking, and counts when its symbol is new.
    std::unique_ptr<ReachedSymbol[]> rows_;
    size_t row_count_, start_count_;
    size_t level_end_;                     // of the last whole level
    size_t from_ = 0;                      // the row whose edges are followed, in the last whole level
    size_t edge_ = 0;                      // how many of them are followed
    EdgeScratch scratch_;                  // of that row's symbol, where edges are merged
    std::unique_ptr<Arrival[]> arrivals_;  // by symbol, of the level that is ordered; made when it is needed
    bool done_ = false;
};

// How many symbols a traversal would reach, at the least cost: without predecessors, and in any order.
class ReachCount {
public:
    ReachCount(const ResidentGraph& graph, std::span<const Symbol> starts, const TraversalOptions& options);
    bool step(size_t budget);                                       // as Traversal's
    size_t count() const { return reached_count_ - start_count_; }  // when it is done

private:
    template <bool filtered>
    void follow(size_t& budget);
    void finish_level();

    const uint32_t symbol_count_;
    const ResidentGraph::Adjacency adjacency_;
    const std::optional<int64_t> max_depth_;
    const EdgeFilter filter_;
    SymbolSet seen_;
    std::unique_ptr<Symbol[]> reached_;  // as Traversal's rows
    size_t reached_count_, start_count_;
    size_t level_end_;
    size_t from_ = 0, edge_ = 0;
    int64_t depth_ = 0;  // of the symbols whose edges are followed
    bool done_ = false;
};

}  // namespace codegraph
