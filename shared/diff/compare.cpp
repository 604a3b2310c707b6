#include "diff/compare.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/long_sort.h"
#include "engine/pace.h"

namespace codegraph {

namespace {

struct ChunkPair {
    const ComparedChunk* before;  // null when `after` was added
    const ComparedChunk* after;   // null when `before` was deleted
};

}  // namespace

// Chunks of one side. In reader order their addresses ascend, because they lie in the caller's array.
using Chunks = std::vector<const ComparedChunk*>;

// Makes one pass: pairs the k-th with the k-th of the chunks with an equal key. Pairs leave the two lists. The order of
// the lists does not matter, because each pass finds the reader order again.
template <class Key>
static Task<> pair_by(Chunks& from, Chunks& to, Key key, std::vector<ChunkPair>& pairs) {
    if (from.empty() || to.empty()) co_return;
    const auto comes_before = [key](const ComparedChunk* a, const ComparedChunk* b) {
        const auto order = key(*a) <=> key(*b);
        return order != 0 ? order < 0 : a < b;
    };
    co_await sort_in_pieces(from, comes_before);
    co_await sort_in_pieces(to, comes_before);
    Chunks from_left, to_left;
    Pace pace;
    auto a = from.begin(), b = to.begin();
    while (a != from.end() && b != to.end()) {
        const auto order = key(**a) <=> key(**b);
        if (order == 0) pairs.push_back({*a++, *b++});
        if (order < 0) from_left.push_back(*a++);
        if (order > 0) to_left.push_back(*b++);
        if (pace.is_due()) co_await checkpoint();
    }
    from_left.insert(from_left.end(), a, from.end());
    to_left.insert(to_left.end(), b, to.end());
    from = std::move(from_left);
    to = std::move(to_left);
}

static void add_unpaired(const Chunks& from, const Chunks& to, std::vector<ChunkPair>& pairs) {
    for (const ComparedChunk* chunk : from) pairs.push_back({chunk, nullptr});
    for (const ComparedChunk* chunk : to) pairs.push_back({nullptr, chunk});
}

static Task<> pair_with_fqn(Chunks from, Chunks to, std::vector<ChunkPair>& pairs) {
    const auto content_and_file = [](const ComparedChunk& c) {
        return std::tuple(*c.fqn, c.kind, c.content_hash, c.file_path);
    };
    const auto content = [](const ComparedChunk& c) { return std::tuple(*c.fqn, c.kind, c.content_hash); };
    const auto file = [](const ComparedChunk& c) { return std::tuple(*c.fqn, c.kind, c.file_path); };
    const auto any = [](const ComparedChunk& c) { return std::tuple(*c.fqn, c.kind); };
    co_await pair_by(from, to, content_and_file, pairs);
    co_await pair_by(from, to, content, pairs);
    co_await pair_by(from, to, file, pairs);
    co_await pair_by(from, to, any, pairs);
    add_unpaired(from, to, pairs);
}

// A pair of chunks without an FQN is no change, whatever else of them differs. Such chunks are only added or deleted.
static Task<> pair_without_fqn(Chunks from, Chunks to, std::vector<ChunkPair>& pairs) {
    std::vector<ChunkPair> unchanged;
    const auto key = [](const ComparedChunk& c) { return std::tuple(c.file_path, c.kind, c.content_hash); };
    co_await pair_by(from, to, key, unchanged);
    add_unpaired(from, to, pairs);
}

static Chunks chunks_where(std::span<const ComparedChunk> side, bool has_fqn) {
    Chunks chunks;
    for (const ComparedChunk& chunk : side)
        if (chunk.fqn.has_value() == has_fqn) chunks.push_back(&chunk);
    return chunks;
}

static std::vector<ComparedDependency> distinct_dependencies(const ComparedChunk* chunk) {
    if (!chunk) return {};
    std::vector<ComparedDependency> distinct = chunk->dependencies;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    return distinct;
}

// Returns how many are in `these` and not in `others`. Both are ascending and distinct.
static int64_t count_missing(const std::vector<ComparedDependency>& these,
                             const std::vector<ComparedDependency>& others) {
    int64_t missing = 0;
    auto other = others.begin();
    for (const ComparedDependency& dependency : these) {
        other = std::lower_bound(other, others.end(), dependency);
        if (other == others.end() || *other != dependency) missing++;
    }
    return missing;
}

// Returns nothing when the two are unchanged.
static std::optional<Change> change_of(const ComparedChunk* before, const ComparedChunk* after, bool has_relinked) {
    if (!before) return Change::added;
    if (!after) return Change::deleted;
    if (before->content_hash != after->content_hash) return Change::modified;
    if (before->file_path != after->file_path) return Change::moved;
    return has_relinked ? std::optional(Change::relinked) : std::nullopt;
}

static auto place_in_result(const ChangedChunk& changed) {
    const ComparedChunk& present = changed.after ? *changed.after : *changed.before;
    const auto id_of = [](const ComparedChunk* chunk) { return chunk ? std::optional(chunk->chunk_id) : std::nullopt; };
    return std::tuple(present.file_path, present.fqn, changed.change, id_of(changed.before), id_of(changed.after));
}

std::string_view name_of(Change change) {
    constexpr std::string_view names[] = {"added", "deleted", "modified", "moved", "relinked"};
    return names[static_cast<size_t>(change)];
}

Task<std::vector<ChangedChunk>> compare_chunks(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to) {
    std::vector<ChunkPair> pairs;
    co_await pair_with_fqn(chunks_where(from, true), chunks_where(to, true), pairs);
    co_await pair_without_fqn(chunks_where(from, false), chunks_where(to, false), pairs);
    std::vector<ChangedChunk> changes;
    Pace pace;
    for (const ChunkPair& pair : pairs) {
        int64_t added = 0, removed = 0;
        const bool is_same = pair.before && pair.after && pair.before->dependencies == pair.after->dependencies;
        if (!is_same) {
            const auto before = distinct_dependencies(pair.before), after = distinct_dependencies(pair.after);
            added = count_missing(after, before);
            removed = count_missing(before, after);
            if (pace.is_due(1 + before.size() + after.size())) co_await checkpoint();
        }
        const std::optional<Change> change = change_of(pair.before, pair.after, added + removed > 0);
        if (change) changes.push_back({*change, pair.before, pair.after, added, removed});
    }
    const auto comes_before = [](const ChangedChunk& a, const ChangedChunk& b) {
        return place_in_result(a) < place_in_result(b);
    };
    co_await sort_in_pieces(changes, comes_before);
    co_return changes;
}

}  // namespace codegraph
