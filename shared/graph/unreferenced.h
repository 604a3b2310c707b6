// Finds the symbols that no other symbol points at. That a symbol points at itself does not count.
#pragma once
#include "graph/edge_filter.h"
#include "graph/symbol_set.h"

namespace codegraph {

class Unreferenced {
public:
    // The graph stays alive and in place as long as this, and has its reverse.
    Unreferenced(const ResidentGraph& graph, EdgeFilter filter);

    bool step(size_t budget);  // goes on for about `budget` symbols and edges; returns true when all is done

    const SymbolSet& symbols() const { return symbols_; }  // requires that step() has returned true

private:
    void look_at_symbol(size_t& budget);

    const ResidentGraph& graph_;
    const EdgeFilter filter_;
    Symbol symbol_ = 0;  // the one whose turn it is
    size_t edge_ = 0;    // how many of the edges that point at it do not count
    SymbolSet symbols_;
};

}  // namespace codegraph
