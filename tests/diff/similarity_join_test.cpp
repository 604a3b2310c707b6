#include "diff/similarity_join.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "random.h"
#include "task_runner.h"

namespace codegraph {
namespace {

using Bags = std::vector<TokenBag>;
using Places = std::vector<std::pair<size_t, size_t>>;

TokenBag bag(std::vector<Token> tokens) {
    return result_of(bag_of(std::move(tokens)));
}

Task<Places> join_task(Bags& from, Bags& to, double min_similarity, uint32_t tokens) {
    std::vector<TokenBag*> all;
    for (Bags* side : {&from, &to})
        for (TokenBag& bag : *side) all.push_back(&bag);
    co_await number_by_rarity(all, tokens);
    const std::vector<const TokenBag*> left(all.begin(), all.begin() + static_cast<ptrdiff_t>(from.size())),
        right(all.begin() + static_cast<ptrdiff_t>(from.size()), all.end());
    co_return co_await pair_by_similarity(left, right, min_similarity);
}

Places join(Bags from, Bags to, double min_similarity, uint32_t tokens) {
    Places pairs = result_of(join_task(from, to, min_similarity, tokens));
    std::ranges::sort(pairs);
    return pairs;
}

// The definition: all pairs, sorted.
Places join_all_with_all(const Bags& from, const Bags& to, double min_similarity) {
    std::vector<std::tuple<double, size_t, size_t>> all;
    for (size_t a = 0; a < from.size(); a++)
        for (size_t b = 0; b < to.size(); b++) {
            const double similarity = similarity_of(overlap_of(from[a], to[b]), from[a].size, to[b].size);
            if (similarity >= min_similarity) all.emplace_back(-similarity, a, b);
        }
    std::ranges::sort(all);
    std::vector<bool> from_taken(from.size()), to_taken(to.size());
    Places pairs;
    for (const auto& [similarity, a, b] : all) {
        if (from_taken[a] || to_taken[b]) continue;
        from_taken[a] = to_taken[b] = true;
        pairs.emplace_back(a, b);
    }
    std::ranges::sort(pairs);
    return pairs;
}

Bags random_bags(Random& random, size_t most_bags, size_t most_tokens, uint32_t tokens) {
    Bags bags;
    for (size_t n = random.below(most_bags); n > 0; n--) {
        std::vector<Token> made(1 + random.below(most_tokens));
        for (Token& token : made) token = static_cast<Token>(random.below(1 + random.below(tokens)));
        bags.push_back(bag(std::move(made)));
    }
    return bags;
}

TEST(TokenBags, CountWhatTheyShare) {
    EXPECT_EQ(overlap_of(bag({1, 1, 1, 2, 5}), bag({1, 1, 3, 5, 5})), 3u);
    EXPECT_EQ(overlap_of(bag({}), bag({1})), 0u);
    EXPECT_EQ(similarity_of(3, 5, 5), 0.6);
    EXPECT_EQ(similarity_of(0, 0, 0), 1);
    for (uint64_t seed = 0; seed < 2000; seed++) {
        Random random(seed);
        const Bags bags = random_bags(random, 10, 20, 8);
        for (size_t i = 1; i < bags.size(); i++) {
            const uint64_t overlap = overlap_of(bags[0], bags[i]);
            for (uint64_t needed = 0; needed < 20; needed++) {
                const uint64_t found = overlap_of(bags[0], bags[i], needed);
                ASSERT_TRUE(found == overlap || (found < needed && overlap < needed)) << "seed " << seed;
            }
        }
    }
}

TEST(SimilarityJoin, GivesWhatAllPairsSortedGive) {
    size_t pairs = 0;
    for (uint64_t seed = 0; seed < 3000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const uint32_t tokens = 2 + static_cast<uint32_t>(random.below(30));
        const size_t most_tokens = 2 + random.below(20);
        const Bags from = random_bags(random, 30, most_tokens, tokens),
                   to = random_bags(random, 30, most_tokens, tokens);
        const double min_similarity = std::vector<double>{0.3, 0.5, 0.6, 0.75, 1}[random.below(5)];
        const Places expected = join_all_with_all(from, to, min_similarity);
        ASSERT_EQ(join(from, to, min_similarity, tokens), expected);
        pairs += expected.size();
    }
    EXPECT_GT(pairs, 10000u);
}

// More bags than partners are kept of one, so that these are searched for again and again.
TEST(SimilarityJoin, SearchesFurtherWhenAllPartnersAreTaken) {
    for (uint64_t seed = 0; seed < 30; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        Bags from, to;
        for (Bags* side : {&from, &to})
            for (size_t i = 0; i < 150; i++) {
                std::vector<Token> tokens(12, 1);
                for (size_t n = random.below(4); n > 0; n--)
                    tokens[random.below(12)] = static_cast<Token>(random.below(5));
                side->push_back(bag(std::move(tokens)));
            }
        ASSERT_EQ(join(from, to, 0.3, 5), join_all_with_all(from, to, 0.3));
    }
}

Bags near_duplicates(size_t count, Token first_own) {
    Bags bags;
    for (size_t i = 0; i < count; i++) {
        std::vector<Token> tokens(50);
        for (Token token = 0; token < 50; token++) tokens[token] = token;
        tokens[i % 50] = first_own + static_cast<Token>(i);
        bags.push_back(bag(std::move(tokens)));
    }
    return bags;
}

// All of the pairs are similar enough, and few of them are kept.
TEST(SimilarityJoin, PairsThousandsThatDifferInOneTokenEach) {
    constexpr size_t count = 2000;
    const Bags from = near_duplicates(count, 50), to = near_duplicates(count, 50 + count);
    ScriptedDatabase database;
    Bags left = from, right = to;
    const Places pairs = database.run(join_task(left, right, 0.6, 50 + 2 * count));
    ASSERT_EQ(pairs.size(), count);
    EXPECT_GE(database.checkpoints, 50);
    // Those that lack the same token are the most similar, and pair in their order.
    for (const auto& [a, b] : pairs) ASSERT_EQ(a, b);
}

}  // namespace
}  // namespace codegraph
