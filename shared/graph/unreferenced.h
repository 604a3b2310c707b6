// The symbols that no other symbol points at; that they point at themselves does not count.
#pragma once
#include "graph/edge_filter.h"
#include "graph/symbol_set.h"

namespace codegraph {

class Unreferenced {
public:
    // The graph stays alive and in place as long as this, and is built in reverse.
    Unreferenced(const ResidentGraph& graph, EdgeFilter filter);

    bool step(size_t budget);  // goes on for about `budget` symbols and edges; true when all is done

    const SymbolSet& symbols() const { return symbols_; }  // complete when step() has said true

private:
    void look_at_symbol(size_t& budget);

    const ResidentGraph& graph_;
    const EdgeFilter filter_;
    Symbol symbol_ = 0;  // whose turn it is
    size_t edge_ = 0;    // how many of the edges to it do not count
    SymbolSet symbols_;
};

}  // namespace codegraph
