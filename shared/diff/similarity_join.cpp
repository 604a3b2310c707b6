#include "diff/similarity_join.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>

#include "engine/long_sort.h"
#include "engine/pace.h"

namespace codegraph {

Task<> number_by_rarity(std::span<TokenBag* const> bags, uint32_t tokens) {
    std::vector<uint32_t> frequencies(tokens, 0);
    Pace pace;
    for (const TokenBag* bag : bags) {
        for (const TokenCount& count : bag->counts) frequencies[count.token]++;
        if (pace.is_due(bag->counts.size() / 64)) co_await checkpoint();
    }
    std::vector<Token> by_rarity(tokens);
    std::iota(by_rarity.begin(), by_rarity.end(), Token(0));
    const auto is_rarer = [&](Token a, Token b) {
        return std::tuple(frequencies[a], a) < std::tuple(frequencies[b], b);
    };
    co_await sort_in_pieces(by_rarity, is_rarer);
    std::vector<Token>& numbers = frequencies;  // which are not needed any more
    for (Token number = 0; number < tokens; number++) numbers[by_rarity[number]] = number;
    const auto comes_before = [](const TokenCount& a, const TokenCount& b) { return a.token < b.token; };
    for (TokenBag* bag : bags) {
        for (TokenCount& count : bag->counts) count.token = numbers[count.token];
        co_await sort_in_pieces(bag->counts, comes_before);
        if (pace.is_due(bag->counts.size() / 16)) co_await checkpoint();
    }
}

namespace {

constexpr size_t counts_a_microsecond = 256;
constexpr size_t first_partners = 16;

struct Partner {
    double similarity;
    uint32_t place;  // in `to`
};

// Returns whether `a` is the better one.
bool is_better(const Partner& a, const Partner& b) {
    return std::tuple(-a.similarity, a.place) < std::tuple(-b.similarity, b.place);
}

// Returns how many tokens a bag must share with any other to be as similar as that: the other one has at least as many
// tokens as they share.
uint64_t least_overlap(uint64_t size, double similarity) {
    const double least = similarity / (2 - similarity) * static_cast<double>(size);
    return static_cast<uint64_t>(std::max(1.0, std::floor(least * (1 - 1e-9))));  // too little does no harm
}

// Finds bags by the tokens that they begin with.
class PrefixIndex {
public:
    Task<> build(std::span<const TokenBag* const> bags, double min_similarity) {
        Pace pace;
        for (size_t place = 0; place < bags.size(); place++) {
            const TokenBag& bag = *bags[place];
            const uint64_t last = bag.size - least_overlap(bag.size, min_similarity);  // token that is looked at
            uint64_t before = 0;
            for (auto next = bag.counts.begin(); next != bag.counts.end() && before <= last; ++next) {
                entries_.push_back(uint64_t{next->token} << 32 | place);
                before += next->count;
            }
            if (pace.is_due(bag.counts.size() / counts_a_microsecond)) co_await checkpoint();
        }
        co_await sort_in_pieces(entries_, std::less<uint64_t>());
    }
    // Returns the bags that have the token: its low 32 bits are a place, and the places ascend.
    std::span<const uint64_t> bags_with(Token token) const {
        const auto first = std::ranges::lower_bound(entries_, uint64_t{token} << 32);
        const auto end = std::lower_bound(first, entries_.end(), (uint64_t{token} + 1) << 32);
        return {first, end};
    }

private:
    std::vector<uint64_t> entries_;  // token and place
};

// Finds the best free partners of one bag after the other.
class PartnerSearch {
public:
    PartnerSearch(std::span<const TokenBag* const> to, double min_similarity)
        : to_(to), min_similarity_(min_similarity), seen_in_(to.size(), 0), is_taken_(to.size(), false) {}

    Task<> prepare() { co_await index_.build(to_, min_similarity_); }
    void take(uint32_t place) { is_taken_[place] = true; }
    bool is_taken(uint32_t place) const { return is_taken_[place]; }

    // Returns at most that many free partners, the best first.
    Task<std::vector<Partner>> find(const TokenBag& bag, size_t most) {
        search_++;
        most_ = most;
        found_.clear();
        uint64_t left = bag.size;  // tokens from here on, all that one not seen yet can share
        for (const TokenCount& count : bag.counts) {
            if (!may_take(similarity_of(left, bag.size, left))) break;
            for (uint64_t entry : index_.bags_with(count.token)) {
                const size_t work = look_at(bag, static_cast<uint32_t>(entry));
                if (pace_.is_due(work)) co_await checkpoint();
            }
            left -= count.count;
        }
        std::sort_heap(found_.begin(), found_.end(), is_better);
        co_return found_;
    }

private:
    bool is_full() const { return found_.size() == most_; }
    // Returns whether a partner of this similarity is looked for. Where it is as good as the worst, its place decides.
    bool may_take(double similarity) const {
        return similarity >= (is_full() ? found_.front().similarity : min_similarity_);
    }
    // Returns the work that it was, in microseconds.
    size_t look_at(const TokenBag& bag, uint32_t place) {
        if (is_taken_[place] || seen_in_[place] == search_) return 1;
        seen_in_[place] = search_;
        const TokenBag& other = *to_[place];
        if (!may_take(similarity_of(std::min(bag.size, other.size), bag.size, other.size))) return 1;
        add({similarity_of(overlap_of(bag, other, needed(bag.size + other.size)), bag.size, other.size), place});
        return 1 + (bag.counts.size() + other.counts.size()) / counts_a_microsecond;
    }
    // Returns an overlap below which two bags that have so many tokens together are not looked for.
    uint64_t needed(uint64_t sum) const {
        const double least = is_full() ? found_.front().similarity : min_similarity_;
        return static_cast<uint64_t>(least * static_cast<double>(sum) / 2 * (1 - 1e-9));
    }
    void add(Partner partner) {
        if (partner.similarity < min_similarity_) return;
        if (is_full()) {
            if (!is_better(partner, found_.front())) return;
            std::pop_heap(found_.begin(), found_.end(), is_better);
            found_.pop_back();
        }
        found_.push_back(partner);
        std::push_heap(found_.begin(), found_.end(), is_better);
    }

    std::span<const TokenBag* const> to_;
    const double min_similarity_;
    PrefixIndex index_;
    std::vector<uint64_t> seen_in_;  // by place: the search that saw it last
    std::vector<bool> is_taken_;     // by place
    uint64_t search_ = 0;
    size_t most_ = 0;
    std::vector<Partner> found_;  // a heap, the worst on top
    Pace pace_;
};

// A bag of `from` with its best partners.
struct Seeker {
    std::vector<Partner> partners;  // the best first
    size_t next = 0;                // those before it are taken
    size_t most = first_partners;
};

// The best partner of a seeker, as far as is known.
struct Offer {
    Partner partner;
    uint32_t seeker;
};

struct IsWorse {
    bool operator()(const Offer& a, const Offer& b) const {
        return std::tuple(-a.partner.similarity, a.seeker, a.partner.place) >
               std::tuple(-b.partner.similarity, b.seeker, b.partner.place);
    }
};

class SimilarityJoin {
public:
    SimilarityJoin(std::span<const TokenBag* const> from, std::span<const TokenBag* const> to, double min_similarity)
        : from_(from), search_(to, min_similarity), seekers_(from.size()) {}

    Task<std::vector<std::pair<size_t, size_t>>> run() {
        co_await search_.prepare();
        for (uint32_t seeker = 0; seeker < from_.size(); seeker++) {
            seekers_[seeker].partners = co_await search_.find(*from_[seeker], first_partners);
            offer(seeker);
        }
        std::vector<std::pair<size_t, size_t>> pairs;
        Pace pace;
        while (!offers_.empty()) {
            if (pace.is_due()) co_await checkpoint();
            const Offer best = offers_.top();
            offers_.pop();
            if (search_.is_taken(best.partner.place)) {
                co_await look_further(best.seeker);
                continue;
            }
            search_.take(best.partner.place);
            seekers_[best.seeker].partners = {};
            pairs.emplace_back(best.seeker, best.partner.place);
        }
        co_return pairs;
    }

private:
    void offer(uint32_t number) {
        const Seeker& seeker = seekers_[number];
        if (seeker.next < seeker.partners.size()) offers_.push({seeker.partners[seeker.next], number});
    }
    // The partner that the seeker offered was taken. Offers the next one.
    Task<> look_further(uint32_t number) {
        Seeker& seeker = seekers_[number];
        while (seeker.next < seeker.partners.size() && search_.is_taken(seeker.partners[seeker.next].place))
            seeker.next++;
        if (seeker.next == seeker.partners.size() && seeker.next == seeker.most) {
            seeker.most *= 2;
            seeker.next = 0;
            seeker.partners = co_await search_.find(*from_[number], seeker.most);
        }
        offer(number);
    }

    std::span<const TokenBag* const> from_;
    PartnerSearch search_;
    std::vector<Seeker> seekers_;  // by place in `from`
    std::priority_queue<Offer, std::vector<Offer>, IsWorse> offers_;
};

}  // namespace

Task<std::vector<std::pair<size_t, size_t>>> pair_by_similarity(std::span<const TokenBag* const> from,
                                                                std::span<const TokenBag* const> to,
                                                                double min_similarity) {
    SimilarityJoin join(from, to, min_similarity);
    co_return co_await join.run();
}

}  // namespace codegraph
