#include "diff/token_bag.h"

#include <algorithm>
#include <functional>

#include "engine/long_sort.h"

namespace codegraph {

Task<TokenBag> bag_of(std::vector<Token> tokens) {
    co_await sort_in_pieces(tokens, std::less<Token>());
    TokenBag bag;
    bag.size = tokens.size();
    for (Token token : tokens) {
        if (bag.counts.empty() || bag.counts.back().token != token) bag.counts.push_back({token, 0});
        bag.counts.back().count++;
    }
    bag.counts.shrink_to_fit();
    co_return bag;
}

uint64_t overlap_of(const TokenBag& a, const TokenBag& b, uint64_t needed) {
    uint64_t overlap = 0, left_a = a.size, left_b = b.size;
    for (auto x = a.counts.begin(), y = b.counts.begin(); x != a.counts.end() && y != b.counts.end();) {
        if (overlap + std::min(left_a, left_b) < needed) return overlap;
        const bool takes_x = x->token <= y->token, takes_y = y->token <= x->token;
        if (takes_x && takes_y) overlap += std::min(x->count, y->count);
        if (takes_x) left_a -= x++->count;
        if (takes_y) left_b -= y++->count;
    }
    return overlap;
}

}  // namespace codegraph
