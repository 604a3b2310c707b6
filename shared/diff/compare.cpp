#include "diff/compare.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

#include "engine/long_sort.h"
#include "engine/pace.h"

namespace codegraph {

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

static std::vector<ComparedDependency> bound_dependencies(const ComparedChunk* chunk, const Symbols& symbols) {
    if (!chunk) return {};
    std::vector<ComparedDependency> distinct = chunk->dependencies;
    for (ComparedDependency& dependency : distinct) {
        const auto symbol = symbols.find(dependency.target);
        if (symbol != symbols.end()) dependency.target = symbol->second;
    }
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

Task<ChunkComparison> ChunkComparison::make(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to,
                                            std::span<const std::string_view> rebound_names) {
    ChunkComparison made;
    co_await pair_with_fqn(chunks_where(from, true), chunks_where(to, true), made.pairs_);
    co_await pair_without_fqn(chunks_where(from, false), chunks_where(to, false), made.pairs_);
    const auto is_rebound = [&](const ComparedDependency& d) {
        return std::binary_search(rebound_names.begin(), rebound_names.end(), d.target);
    };
    Pace pace;
    for (ChunkPair& pair : made.pairs_) {
        pair.same_dependencies = pair.before && pair.after && pair.before->dependencies == pair.after->dependencies &&
                                 (rebound_names.empty() || std::ranges::none_of(pair.before->dependencies, is_rebound));
        if (pace.is_due(1 + (pair.before ? pair.before->dependencies.size() : 0))) co_await checkpoint();
    }
    co_return made;
}

Task<std::vector<std::string_view>> ChunkComparison::targets_to_bind() const {
    std::vector<std::string_view> targets;
    for (const ChunkPair& pair : pairs_)
        for (const ComparedChunk* chunk : {pair.before, pair.after})
            if (chunk && !pair.same_dependencies)
                for (const ComparedDependency& dependency : chunk->dependencies) targets.push_back(dependency.target);
    co_await sort_in_pieces(targets, std::less<>());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    co_return targets;
}

Task<std::vector<ChangedChunk>> ChunkComparison::changes(const Symbols& from_symbols, const Symbols& to_symbols) const {
    std::vector<ChangedChunk> changes;
    Pace pace;
    for (const ChunkPair& pair : pairs_) {
        int64_t added = 0, removed = 0;
        if (!pair.same_dependencies) {
            const auto before = bound_dependencies(pair.before, from_symbols),
                       after = bound_dependencies(pair.after, to_symbols);
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

// Returns the ids of chunks with an FQN, each with that: what the name T stands for.
static std::vector<std::pair<std::string_view, std::string_view>> bindings_of(std::span<const ComparedChunk> side) {
    std::vector<std::pair<std::string_view, std::string_view>> bindings;
    for (const ComparedChunk& chunk : side)
        if (chunk.fqn && *chunk.fqn != chunk.chunk_id) bindings.emplace_back(chunk.chunk_id, *chunk.fqn);
    return bindings;
}

// A name T stands for the FQN of the live chunk with the id T. It stands for T when that chunk has no FQN, or when
// there is no such chunk.
Task<std::vector<std::string_view>> rebound_targets(std::span<const ComparedChunk> from,
                                                    std::span<const ComparedChunk> to) {
    auto before = bindings_of(from), after = bindings_of(to);
    co_await sort_in_pieces(before, std::less<>());
    co_await sort_in_pieces(after, std::less<>());
    std::vector<std::pair<std::string_view, std::string_view>> differing;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                  std::back_inserter(differing));
    std::vector<std::string_view> names;
    for (const auto& [name, symbol] : differing)
        if (names.empty() || names.back() != name) names.push_back(name);
    co_return names;
}

}  // namespace codegraph
