// Finds cycles: the strongly connected components of two or more symbols, and single symbols with an edge to
// themselves. Edges are followed against the arrows, where they need no merging; components are the same in both
// directions.
//
// The algorithm is algorithm PEA_FIND_SCC3 of D. J. Pearce, A Space-Efficient Algorithm for Finding Strongly Connected
// Components (Information Processing Letters 116, 2016), a form of Tarjan's (1972) with one rank for each symbol. A
// symbol's rank is 0 at first. Then it is the symbol's place in the order of visits, lowered to the least place that
// the symbol leads back to. At last it is the rank of its component, which is above all places.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "graph/edge_filter.h"
#include "graph/resident_graph.h"

namespace codegraph {

class Cycles {
public:
    // The graph stays alive and in place as long as this, and has its reverse.
    Cycles(const ResidentGraph& graph, EdgeFilter filter);

    // Goes on for about `budget` symbols and edges. Returns true when all is done. Closing one component is not split.
    bool step(size_t budget);

    // Cycles come in the order of their least symbols, and the symbols of each ascend. Requires that step() has
    // returned true.
    uint32_t count() const { return static_cast<uint32_t>(starts_.size() - 1); }
    std::span<const Symbol> operator[](uint32_t cycle) const {
        return std::span(symbols_).subspan(starts_[cycle], starts_[cycle + 1] - starts_[cycle]);
    }

private:
    struct Visit {
        Symbol symbol;
        uint32_t edge;  // how many of the edges that point at it are followed
        bool is_root;   // it leads back to nothing visited before it, as far as is known
        bool has_loop;
    };
    enum class Phase { visit, size, place, done };

    void begin(Symbol symbol);
    void visit(size_t& budget);
    void look_at(Visit& visit, Symbol next);
    void finish();
    void close(const Visit& root);
    void size_components(size_t& budget);
    void place_symbols(size_t& budget);

    const ResidentGraph& graph_;
    const EdgeFilter filter_;
    Phase phase_ = Phase::visit;
    std::vector<uint32_t> rank_;   // by symbol
    std::vector<Visit> visits_;    // the open ones, each begun by the one before
    std::vector<Symbol> waiting_;  // visited, of a component that is still open
    uint32_t next_place_ = 1;
    uint32_t next_component_;
    Symbol symbol_ = 0;  // the next one to look at, in each phase

    std::vector<uint32_t>
        order_;  // by component in the order of closing: its place in the result + 1, or 0 until that is known
    std::vector<uint32_t> starts_;  // by place in the result, and one more: where its part of symbols_ begins
    std::vector<uint32_t> ends_;    // by place in the result: the end of what is placed so far
    std::vector<Symbol> symbols_;
};

}  // namespace codegraph
