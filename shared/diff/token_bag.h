// A bag of tokens, also called a multiset: which tokens a text has, and how often each.
#pragma once
#include <cstdint>
#include <vector>

#include "diff/tokens.h"

namespace codegraph {

struct TokenCount {
    Token token;
    uint32_t count;
};

struct TokenBag {
    std::vector<TokenCount> counts;  // by token, ascending
    uint64_t size = 0;               // how many tokens there are
};

// Looks for interrupts meanwhile.
Task<TokenBag> bag_of(std::vector<Token> tokens);

// Returns how many tokens two bags share. Returns early, with anything less than `needed`, when they do not share as
// many.
uint64_t overlap_of(const TokenBag& a, const TokenBag& b, uint64_t needed = 0);

// Returns 2·overlap / (a + b) for two bags of these sizes: the coefficient of Sørensen and Dice; 1 for two empty ones.
inline double similarity_of(uint64_t overlap, uint64_t size_a, uint64_t size_b) {
    const uint64_t sum = size_a + size_b;
    return sum == 0 ? 1 : static_cast<double>(2 * overlap) / static_cast<double>(sum);
}

}  // namespace codegraph
