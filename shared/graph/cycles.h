// What depends on itself: the strongly connected components of two or more symbols, and single symbols with an edge to
// themselves. Components are the same against the arrows, and edges lie ready by their target, so that way it goes.
//
// This is algorithm PEA_FIND_SCC3 of D. J. Pearce, A Space-Efficient Algorithm for Finding Strongly Connected
// Components (Information Processing Letters 116, 2016), a form of Tarjan's (1972) with one number for each symbol: 0
// at first, then its place in the order of visits, lowered to the least place that it leads back to, and at last that
// of its component, which is above all places.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "graph/edge_filter.h"
#include "graph/resident_graph.h"

namespace codegraph {

class Cycles {
public:
    // The graph stays alive and in place as long as this, and is built in reverse.
    Cycles(const ResidentGraph& graph, EdgeFilter filter);

    // Goes on for about `budget` symbols and edges; true when all is done. Closing one component is not split.
    bool step(size_t budget);

    // In the order of their least symbols; the symbols of each in ascending order. When step() has said true.
    uint32_t count() const { return static_cast<uint32_t>(starts_.size() - 1); }
    std::span<const Symbol> operator[](uint32_t cycle) const {
        return std::span(symbols_).subspan(starts_[cycle], starts_[cycle + 1] - starts_[cycle]);
    }

private:
    struct Visit {
        Symbol symbol;
        uint32_t edge;  // how many of the edges to it are followed
        bool is_root;   // leads back to nothing visited before it, as far as known
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
    std::vector<Visit> visits_;    // open ones, each begun by the one before
    std::vector<Symbol> waiting_;  // visited, of a component that is still open
    uint32_t next_place_ = 1;
    uint32_t next_component_;
    Symbol symbol_ = 0;  // the next to look at, in each phase

    std::vector<uint32_t> order_;   // by component, as closed: its place in the result + 1; 0 until it is known
    std::vector<uint32_t> starts_;  // by place in the result, and one more: places in symbols_
    std::vector<uint32_t> ends_;    // by place in the result: of what is placed
    std::vector<Symbol> symbols_;
};

}  // namespace codegraph
