#include "diff/pairing.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "base/equal_items.h"
#include "base/sha256.h"
#include "diff/similarity_join.h"
#include "engine/long_sort.h"
#include "engine/pace.h"

namespace codegraph {

namespace {

// Items of one side. In reader order their addresses ascend, because they lie in an array.
template <class Item>
using Items = std::vector<const Item*>;

template <class Item>
using Pairs = std::vector<std::pair<const Item*, const Item*>>;

// Makes one pass: pairs the k-th with the k-th of the items with an equal key. Pairs leave the two lists. The order of
// the lists does not matter, because each pass finds the reader order again.
template <class Item, class Key>
Task<> pair_by(Items<Item>& from, Items<Item>& to, Key key, Pairs<Item>& pairs) {
    if (from.empty() || to.empty()) co_return;
    const auto comes_before = [key](const Item* a, const Item* b) {
        const auto order = key(*a) <=> key(*b);
        return order != 0 ? order < 0 : a < b;
    };
    co_await sort_in_pieces(from, comes_before);
    co_await sort_in_pieces(to, comes_before);
    Items<Item> from_left, to_left;
    Pace pace;
    auto a = from.begin(), b = to.begin();
    while (a != from.end() && b != to.end()) {
        const auto order = key(**a) <=> key(**b);
        if (order == 0) pairs.emplace_back(*a++, *b++);
        if (order < 0) from_left.push_back(*a++);
        if (order > 0) to_left.push_back(*b++);
        if (pace.is_due()) co_await checkpoint();
    }
    from_left.insert(from_left.end(), a, from.end());
    to_left.insert(to_left.end(), b, to.end());
    from = std::move(from_left);
    to = std::move(to_left);
}

using Chunks = Items<ComparedChunk>;

// ---- by names

Task<> pair_by_names(Chunks& from, Chunks& to, Pairs<ComparedChunk>& pairs) {
    const auto content_and_file = [](const ComparedChunk& c) {
        return std::tuple(*c.fqn, c.kind, c.content_hash, c.file_path);
    };
    const auto content = [](const ComparedChunk& c) { return std::tuple(*c.fqn, c.kind, c.content_hash); };
    const auto file = [](const ComparedChunk& c) { return std::tuple(*c.fqn, c.kind, c.file_path); };
    const auto any = [](const ComparedChunk& c) { return std::tuple(*c.fqn, c.kind); };
    const auto any_kind = [](const ComparedChunk& c) { return *c.fqn; };
    co_await pair_by(from, to, content_and_file, pairs);
    co_await pair_by(from, to, content, pairs);
    co_await pair_by(from, to, file, pairs);
    co_await pair_by(from, to, any, pairs);
    co_await pair_by(from, to, any_kind, pairs);
}

Task<> pair_without_fqn(Chunks& from, Chunks& to, Pairs<ComparedChunk>& pairs) {
    const auto key = [](const ComparedChunk& c) { return std::tuple(c.file_path, c.kind, c.content_hash); };
    co_await pair_by(from, to, key, pairs);
}

// ---- by own tokens

// A chunk that its names did not pair.
struct LeftChunk {
    const ComparedChunk* chunk;
    Digest sequence;  // of its own tokens, as this comparison numbers them
    TokenBag bag;
};

class PairingByTokens {
public:
    PairingByTokens(OwnContents& contents, std::optional<double> min_similarity)
        : contents_(contents), min_similarity_(min_similarity) {}

    // Takes the pairs that it finds out of both lists.
    Task<> run(Chunks& from, Chunks& to, Pairs<ComparedChunk>& pairs) {
        const std::set<std::string_view> old_kinds = kinds_of(from), new_kinds = kinds_of(to);
        std::vector<LeftChunk> old_chunks = co_await learn(from, new_kinds);
        std::vector<LeftChunk> new_chunks = co_await learn(to, old_kinds);
        Items<LeftChunk> old_left = pointers_to(old_chunks), new_left = pointers_to(new_chunks);
        Pairs<LeftChunk> found;
        const auto same_name = [](const LeftChunk& c) { return std::tuple(c.chunk->kind, c.sequence, c.chunk->name); };
        const auto any_name = [](const LeftChunk& c) { return std::tuple(c.chunk->kind, c.sequence); };
        co_await pair_by(old_left, new_left, same_name, found);
        co_await pair_by(old_left, new_left, any_name, found);
        if (min_similarity_) co_await pair_similar(old_chunks, new_chunks, old_left, new_left, found);
        Chunks paired_from, paired_to;
        for (const auto& [before, after] : found) {
            pairs.emplace_back(before->chunk, after->chunk);
            paired_from.push_back(before->chunk);
            paired_to.push_back(after->chunk);
        }
        co_await remove(from, std::move(paired_from));
        co_await remove(to, std::move(paired_to));
    }

private:
    static std::set<std::string_view> kinds_of(const Chunks& chunks) {
        std::set<std::string_view> kinds;
        for (const ComparedChunk* chunk : chunks) kinds.insert(chunk->kind);
        return kinds;
    }
    static Items<LeftChunk> pointers_to(const std::vector<LeftChunk>& chunks) {
        Items<LeftChunk> pointers;
        for (const LeftChunk& chunk : chunks) pointers.push_back(&chunk);
        return pointers;
    }

    static Task<> remove(Chunks& chunks, Chunks leaving) {
        co_await sort_in_pieces(chunks, std::less<const ComparedChunk*>());
        co_await sort_in_pieces(leaving, std::less<const ComparedChunk*>());
        Chunks left;
        std::ranges::set_difference(chunks, leaving, std::back_inserter(left));
        chunks = std::move(left);
    }

    // Returns the chunks of these kinds that have enough own tokens, in reader order.
    Task<std::vector<LeftChunk>> learn(const Chunks& chunks, const std::set<std::string_view>& kinds) {
        Chunks wanted;
        for (const ComparedChunk* chunk : chunks)
            if (kinds.contains(chunk->kind)) wanted.push_back(chunk);
        std::ranges::sort(wanted);
        std::vector<LeftChunk> learned;
        for (size_t begin = 0; begin < wanted.size(); begin += OwnContents::most_at_once) {
            const auto some = std::span<const ComparedChunk* const>(wanted).subspan(
                begin, std::min(OwnContents::most_at_once, wanted.size() - begin));
            const OwnContents::Texts texts = co_await contents_.read(some);
            for (size_t i = 0; i < some.size(); i++) {
                std::vector<Token> tokens = co_await tokens_.read_own(texts.parts[i], some[i]->name);
                if (tokens.size() < least_tokens) continue;
                learned.push_back({some[i], digest_of(tokens), {}});
                if (min_similarity_) learned.back().bag = co_await bag_of(std::move(tokens));
            }
            co_await checkpoint();
        }
        co_return learned;
    }
    Digest digest_of(const std::vector<Token>& tokens) {
        return sha256_.hash({reinterpret_cast<const char*>(tokens.data()), tokens.size() * sizeof(Token)});
    }

    Task<> pair_similar(std::vector<LeftChunk>& old_chunks, std::vector<LeftChunk>& new_chunks,
                        Items<LeftChunk>& old_left, Items<LeftChunk>& new_left, Pairs<LeftChunk>& found) {
        if (old_left.empty() || new_left.empty()) co_return;
        std::vector<TokenBag*> bags;
        for (std::vector<LeftChunk>* side : {&old_chunks, &new_chunks})
            for (LeftChunk& chunk : *side) bags.push_back(&chunk.bag);
        co_await number_by_rarity(bags, tokens_.size());
        const auto by_kind = [](const LeftChunk* a, const LeftChunk* b) {
            return std::tuple(a->chunk->kind, a) < std::tuple(b->chunk->kind, b);
        };
        co_await sort_in_pieces(old_left, by_kind);
        co_await sort_in_pieces(new_left, by_kind);
        const auto kind_of = [](const LeftChunk* chunk) { return chunk->chunk->kind; };
        for (auto begin = old_left.begin(); begin != old_left.end();) {
            const std::string_view kind = kind_of(*begin);
            const auto end = std::ranges::upper_bound(begin, old_left.end(), kind, {}, kind_of);
            const auto others = equal_items(new_left, kind, kind_of);
            const Items<LeftChunk> of_kind(begin, end), others_of_kind(others.begin(), others.end());
            co_await pair_similar_of_kind(of_kind, others_of_kind, found);
            begin = end;
        }
    }
    Task<> pair_similar_of_kind(const Items<LeftChunk>& from, const Items<LeftChunk>& to, Pairs<LeftChunk>& found) {
        const std::vector<const TokenBag*> from_bags = bags_of(from), to_bags = bags_of(to);
        const std::vector<std::pair<size_t, size_t>> pairs =
            co_await pair_by_similarity(from_bags, to_bags, *min_similarity_);
        for (const auto& [a, b] : pairs) found.emplace_back(from[a], to[b]);
    }
    static std::vector<const TokenBag*> bags_of(const Items<LeftChunk>& chunks) {
        std::vector<const TokenBag*> bags;
        for (const LeftChunk* chunk : chunks) bags.push_back(&chunk->bag);
        return bags;
    }

    OwnContents& contents_;
    const std::optional<double> min_similarity_;
    TokenTable tokens_;
    Sha256 sha256_;
};

// ---- both

Chunks chunks_where(std::span<const ComparedChunk> side, bool has_fqn) {
    Chunks chunks;
    for (const ComparedChunk& chunk : side)
        if (chunk.fqn.has_value() == has_fqn) chunks.push_back(&chunk);
    return chunks;
}

void add_unpaired(const Chunks& from, const Chunks& to, std::vector<ChunkPair>& all) {
    for (const ComparedChunk* chunk : from) all.push_back({chunk, nullptr});
    for (const ComparedChunk* chunk : to) all.push_back({nullptr, chunk});
}

}  // namespace

Task<std::vector<ChunkPair>> pair_chunks(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to,
                                         OwnContents& contents, std::optional<double> min_similarity) {
    Pairs<ComparedChunk> pairs;
    Chunks old_left = chunks_where(from, true), new_left = chunks_where(to, true);
    co_await pair_by_names(old_left, new_left, pairs);
    if (!old_left.empty() && !new_left.empty()) {
        PairingByTokens by_tokens(contents, min_similarity);
        co_await by_tokens.run(old_left, new_left, pairs);
    }
    Chunks old_nameless = chunks_where(from, false), new_nameless = chunks_where(to, false);
    co_await pair_without_fqn(old_nameless, new_nameless, pairs);
    std::vector<ChunkPair> all;
    for (const auto& [before, after] : pairs) all.push_back({before, after});
    add_unpaired(old_left, new_left, all);
    add_unpaired(old_nameless, new_nameless, all);
    co_return all;
}

}  // namespace codegraph
