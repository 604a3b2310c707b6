#include "diff/compare.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace codegraph {

// Chunks of one side. In reader order their addresses ascend, because they lie in the caller's array.
using Chunks = std::vector<const ComparedChunk*>;

template <class Key>
static void sort_by(Chunks& chunks, Key key) {
    std::sort(chunks.begin(), chunks.end(), [&](const ComparedChunk* a, const ComparedChunk* b) {
        const auto order = key(*a) <=> key(*b);
        return order != 0 ? order < 0 : a < b;
    });
}

// Calls group(before, after), two spans in reader order, for each value of the key that occurs.
template <class Key, class Group>
static void for_each_group(Chunks from, Chunks to, Key key, Group group) {
    sort_by(from, key);
    sort_by(to, key);
    for (auto a = from.begin(), b = to.begin(); a != from.end() || b != to.end();) {
        const bool first_is_a = b == to.end() || (a != from.end() && key(**a) <= key(**b));
        const auto value = key(first_is_a ? **a : **b);
        const auto differs = [&](const ComparedChunk* chunk) { return key(*chunk) != value; };
        const auto a_end = std::find_if(a, from.end(), differs);
        const auto b_end = std::find_if(b, to.end(), differs);
        group(std::span(a, a_end), std::span(b, b_end));
        a = a_end;
        b = b_end;
    }
}

// Makes one pass: pairs the k-th with the k-th of the chunks with an equal key. Pairs leave the two lists. The order of
// the lists does not matter, because each pass finds the reader order again.
template <class Key>
static void pair_by(Chunks& from, Chunks& to, Key key, std::vector<ChunkPair>& pairs) {
    if (from.empty() || to.empty()) return;
    Chunks from_left, to_left;
    for_each_group(std::move(from), std::move(to), key, [&](auto before, auto after) {
        const size_t pair_count = std::min(before.size(), after.size());
        for (size_t k = 0; k < pair_count; k++) pairs.push_back({before[k], after[k]});
        from_left.insert(from_left.end(), before.begin() + pair_count, before.end());
        to_left.insert(to_left.end(), after.begin() + pair_count, after.end());
    });
    from = std::move(from_left);
    to = std::move(to_left);
}

static void add_unpaired(const Chunks& from, const Chunks& to, std::vector<ChunkPair>& pairs) {
    for (const ComparedChunk* chunk : from) pairs.push_back({chunk, nullptr});
    for (const ComparedChunk* chunk : to) pairs.push_back({nullptr, chunk});
}

static void pair_with_fqn(const Chunks& all_from, const Chunks& all_to, std::vector<ChunkPair>& pairs) {
    const auto fqn_and_kind = [](const ComparedChunk& c) { return std::tuple(*c.fqn, c.kind); };
    const auto content_and_file = [](const ComparedChunk& c) { return std::tuple(c.content_hash, c.file_path); };
    const auto content = [](const ComparedChunk& c) { return c.content_hash; };
    const auto file = [](const ComparedChunk& c) { return c.file_path; };
    const auto any = [](const ComparedChunk&) { return 0; };
    for_each_group(all_from, all_to, fqn_and_kind, [&](auto before, auto after) {
        Chunks from(before.begin(), before.end());
        Chunks to(after.begin(), after.end());
        pair_by(from, to, content_and_file, pairs);
        pair_by(from, to, content, pairs);
        pair_by(from, to, file, pairs);
        pair_by(from, to, any, pairs);
        add_unpaired(from, to, pairs);
    });
}

// A pair of chunks without an FQN is no change, whatever else of them differs. Such chunks are only added or deleted.
static void pair_without_fqn(Chunks from, Chunks to, std::vector<ChunkPair>& pairs) {
    std::vector<ChunkPair> unchanged;
    const auto key = [](const ComparedChunk& c) { return std::tuple(c.file_path, c.kind, c.content_hash); };
    pair_by(from, to, key, unchanged);
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

ChunkComparison::ChunkComparison(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to,
                                 std::span<const std::string_view> rebound_names) {
    pair_with_fqn(chunks_where(from, true), chunks_where(to, true), pairs_);
    pair_without_fqn(chunks_where(from, false), chunks_where(to, false), pairs_);
    const auto is_rebound = [&](const ComparedDependency& d) {
        return std::binary_search(rebound_names.begin(), rebound_names.end(), d.target);
    };
    for (ChunkPair& pair : pairs_)
        pair.same_dependencies = pair.before && pair.after && pair.before->dependencies == pair.after->dependencies &&
                                 (rebound_names.empty() || std::ranges::none_of(pair.before->dependencies, is_rebound));
}

std::vector<std::string_view> ChunkComparison::targets_to_bind() const {
    std::vector<std::string_view> targets;
    for (const ChunkPair& pair : pairs_)
        for (const ComparedChunk* chunk : {pair.before, pair.after})
            if (chunk && !pair.same_dependencies)
                for (const ComparedDependency& dependency : chunk->dependencies) targets.push_back(dependency.target);
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    return targets;
}

std::vector<ChangedChunk> ChunkComparison::changes(const Symbols& from_symbols, const Symbols& to_symbols) const {
    std::vector<ChangedChunk> changes;
    for (const ChunkPair& pair : pairs_) {
        int64_t added = 0, removed = 0;
        if (!pair.same_dependencies) {
            const auto before = bound_dependencies(pair.before, from_symbols),
                       after = bound_dependencies(pair.after, to_symbols);
            added = count_missing(after, before);
            removed = count_missing(before, after);
        }
        const std::optional<Change> change = change_of(pair.before, pair.after, added + removed > 0);
        if (change) changes.push_back({*change, pair.before, pair.after, added, removed});
    }
    std::sort(changes.begin(), changes.end(),
              [](const ChangedChunk& a, const ChangedChunk& b) { return place_in_result(a) < place_in_result(b); });
    return changes;
}

// A name T stands for the FQN of the live chunk with the id T. It stands for T when that chunk has no FQN, or when
// there is no such chunk.
std::vector<std::string_view> rebound_targets(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to) {
    using Binding = std::pair<std::string_view, std::string_view>;  // a name, another that it stands for
    const auto bindings_of = [](std::span<const ComparedChunk> side) {
        std::vector<Binding> bindings;
        for (const ComparedChunk& chunk : side)
            if (chunk.fqn && *chunk.fqn != chunk.chunk_id) bindings.emplace_back(chunk.chunk_id, *chunk.fqn);
        std::sort(bindings.begin(), bindings.end());
        return bindings;
    };
    const std::vector<Binding> before = bindings_of(from), after = bindings_of(to);
    std::vector<Binding> differing;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                  std::back_inserter(differing));
    std::vector<std::string_view> names;
    for (const Binding& binding : differing)
        if (names.empty() || names.back() != binding.first) names.push_back(binding.first);
    return names;
}

}  // namespace codegraph
