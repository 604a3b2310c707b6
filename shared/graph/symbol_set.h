// Holds a set of symbols of one graph, with a bit for each symbol that the graph has.
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

#include "graph/resident_graph.h"

namespace codegraph {

class SymbolSet {
public:
    explicit SymbolSet(uint32_t symbol_count) : words_((size_t{symbol_count} + 63) / 64, 0) {}

    bool insert(Symbol symbol) {  // returns true when it is new
        uint64_t& word = words_[symbol / 64];
        const uint64_t before = word;
        word |= bit(symbol);
        return word != before;
    }
    bool erase(Symbol symbol) {  // returns true when it was there
        uint64_t& word = words_[symbol / 64];
        const uint64_t before = word;
        word &= ~bit(symbol);
        return word != before;
    }
    bool contains(Symbol symbol) const { return (words_[symbol / 64] & bit(symbol)) != 0; }
    uint32_t count() const {  // looks at all words
        uint32_t count = 0;
        for (uint64_t word : words_) count += static_cast<uint32_t>(std::popcount(word));
        return count;
    }

    // Calls visit(symbol), in ascending order, for each symbol that is not in `before`, which is a subset.
    template <class Visit>
    void for_each_since(const SymbolSet& before, const Visit& visit) const {
        for (size_t i = 0; i < words_.size(); i++)
            for (uint64_t word = words_[i] ^ before.words_[i]; word != 0; word &= word - 1)
                visit(static_cast<Symbol>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
    }

    std::vector<Symbol> symbols() const {  // in ascending order
        std::vector<Symbol> all;
        all.reserve(count());
        for (size_t i = 0; i < words_.size(); i++)
            for (uint64_t word = words_[i]; word != 0; word &= word - 1)
                all.push_back(static_cast<Symbol>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
        return all;
    }

private:
    static uint64_t bit(Symbol symbol) { return uint64_t{1} << symbol % 64; }

    std::vector<uint64_t> words_;
};

}  // namespace codegraph
