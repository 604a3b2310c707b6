// Follows the edges of many symbols, one after the other, in steps of bounded work. It goes on where it stopped, inside
// a hub as well: a symbol's edges are asked for once.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "graph/resident_graph.h"
#include "graph/traversal.h"

namespace codegraph {

struct AllSymbols {  // the symbols of a graph, as a list
    uint32_t count;
    size_t size() const { return count; }
    Symbol operator[](size_t place) const { return static_cast<Symbol>(place); }
};

class EdgeCursor {
public:
    EdgeCursor(const ResidentGraph& graph, Direction direction) : graph_(graph), direction_(direction) {}
    EdgeCursor(const EdgeCursor&) = delete;  // its view looks into its scratch
    EdgeCursor& operator=(const EdgeCursor&) = delete;

    // Calls visit(symbol, neighbour, label) for each edge of the symbols, and takes one from `budget` for each symbol
    // and each edge. Returns true when all are done. Until then each call gets the same list; after it a new one
    // begins.
    template <class Symbols, class Visit>
    bool follow(const Symbols& symbols, size_t& budget, const Visit& visit) {
        while (place_ < symbols.size()) {
            if (budget == 0) return false;
            const Symbol symbol = symbols[place_];
            if (!opened_) open(symbol, budget);
            const size_t end = edge_ + std::min(edges_.size() - edge_, budget);
            budget -= end - edge_;
            for (; edge_ < end; edge_++) visit(symbol, edges_.symbol(edge_), edges_.label(edge_));
            if (edge_ < edges_.size()) return false;
            place_++;
            opened_ = false;
        }
        place_ = 0;
        return true;
    }

private:
    void open(Symbol symbol, size_t& budget) {
        edges_ = direction_ == Direction::dependencies ? graph_.edges_from(symbol, scratch_) : graph_.edges_to(symbol);
        edge_ = 0;
        opened_ = true;
        budget--;
    }

    const ResidentGraph& graph_;
    const Direction direction_;
    EdgeScratch scratch_;
    EdgeView edges_;    // those of the symbol whose turn it is, once it is opened
    size_t edge_ = 0;   // how many of these are done
    size_t place_ = 0;  // the index of that symbol in the list
    bool opened_ = false;
};

}  // namespace codegraph
