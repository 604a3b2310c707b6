// A set of symbols of one graph, as a bitmap.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/resident_graph.h"

namespace codegraph {

class SymbolSet {
public:
    explicit SymbolSet(uint32_t symbol_count) : words_((size_t{symbol_count} + 63) / 64, 0) {}

    bool insert(Symbol symbol) {  // true: it is new
        uint64_t& word = words_[symbol / 64];
        const uint64_t bit = uint64_t{1} << (symbol % 64);
        const bool is_new = !(word & bit);
        word |= bit;
        return is_new;
    }
    bool contains(Symbol symbol) const { return words_[symbol / 64] >> (symbol % 64) & 1; }

private:
    std::vector<uint64_t> words_;
};

}  // namespace codegraph
