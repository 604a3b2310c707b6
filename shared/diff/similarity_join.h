// Pairs the most similar bags of two lists.
//
// The result is that of taking all pairs by similarity, greatest first, ties by the place in `from` and then by that in
// `to`, and of keeping a pair when both of its bags are free. But few pairs are ever looked at:
//
// 1. Prefixes. Tokens are numbered by how many bags have them, rarest first. Two bags that share at least s tokens
//    share one of the first size - s + 1 tokens of each. So the index has the beginning of each bag only, and a bag
//    looks up its own beginning only. That, and the bounds of size, are from Xiao, Wang, Lin and Yu, "Efficient
//    Similarity Joins for Near Duplicate Detection", WWW 2008 (PPJoin).
// 2. The best few. For each bag of `from` the best partners are kept, a number that doubles each time that all of them
//    were taken by others. While they are searched for, the worst of them raises the similarity that the next one has
//    to have, which stops the search early: Xiao, Wang, Lin and Shang, "Top-k Set Similarity Joins", ICDE 2009.
// 3. A heap has the best partner of each bag of `from`. The pair on its top is the greatest of all that are left.
//
// In the worst case all pairs are compared, for each bag as often as its number doubles.
#pragma once
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "diff/token_bag.h"
#include "engine/task.h"

namespace codegraph {

// Numbers the tokens of all these bags anew, by how many of them have the token. `tokens` is above all of theirs.
Task<> number_by_rarity(std::span<TokenBag* const> bags, uint32_t tokens);

// Returns pairs of places. `min_similarity` is greater than 0. No bag is empty. Looks for interrupts meanwhile.
Task<std::vector<std::pair<size_t, size_t>>> pair_by_similarity(std::span<const TokenBag* const> from,
                                                                std::span<const TokenBag* const> to,
                                                                double min_similarity);

}  // namespace codegraph
