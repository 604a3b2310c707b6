#include "diff/compare.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "diff/token_bag.h"
#include "engine/long_sort.h"
#include "engine/pace.h"

namespace codegraph {

std::string_view name_of(Change change) {
    constexpr std::string_view names[] = {"added", "deleted", "enclosing", "modified", "moved", "relinked", "renamed"};
    return names[static_cast<size_t>(change)];
}

std::string Aspects::text() const {
    constexpr std::string_view names[] = {"name",       "path", "signature", "body",        "whitespace",
                                          "visibility", "kind", "nested",    "dependencies"};
    std::string text;
    for (size_t i = 0; i < std::size(names); i++) {
        if (!has(static_cast<Aspect>(i))) continue;
        if (!text.empty()) text += ',';
        text += names[i];
    }
    return text;
}

bool has_other_signature(const ComparedChunk& before, const ComparedChunk& after) {
    if (!before.signature || !after.signature) return false;
    return !have_same_own_tokens(*before.signature, before.name, *after.signature, after.name);
}

// Of two chunks with equal contents the own contents count as equal.
bool has_other_own_content(const ComparedChunk& before, const ComparedChunk& after) {
    return before.content_hash != after.content_hash && before.own_hash != after.own_hash;
}

// ---- dependencies

namespace {

// Calls visit(before, after) for each dependency of a pair; one of the two is null where only one chunk has it.
template <class Visit>
void visit_dependencies(const ChunkPair& pair, Visit visit) {
    std::span<const ComparedDependency> before, after;
    if (pair.before) before = pair.before->dependencies;
    if (pair.after) after = pair.after->dependencies;
    auto a = before.begin(), b = after.begin();
    while (a != before.end() || b != after.end()) {
        const bool takes_a = a != before.end() && (b == after.end() || a->identity() <= b->identity());
        const bool takes_b = b != after.end() && (a == before.end() || b->identity() <= a->identity());
        visit(takes_a ? &*a : nullptr, takes_b ? &*b : nullptr);
        if (takes_a) ++a;
        if (takes_b) ++b;
    }
}

size_t count_dependencies(const ChunkPair& pair) {
    return (pair.before ? pair.before->dependencies.size() : 0) + (pair.after ? pair.after->dependencies.size() : 0);
}

// ---- changes

bool has_other_kind(const ChunkPair& pair) {
    return pair.before->kind != pair.after->kind;
}
bool has_other_visibility(const ChunkPair& pair) {
    return pair.before->visibility != pair.after->visibility;
}

// Returns nothing for a pair that is unchanged. Chunks without an FQN pair where they are equal.
std::optional<Change> change_of(const ChunkPair& pair, bool has_relinked) {
    if (!pair.before) return Change::added;
    if (!pair.after) return Change::deleted;
    const ComparedChunk &before = *pair.before, &after = *pair.after;
    if (!before.fqn) return std::nullopt;
    if (before.fqn != after.fqn) return Change::renamed;
    if (has_other_own_content(before, after) || has_other_visibility(pair) || has_other_kind(pair) ||
        has_other_signature(before, after))
        return Change::modified;
    if (before.file_path != after.file_path) return Change::moved;
    if (before.content_hash != after.content_hash) return Change::enclosing;
    return has_relinked ? std::optional(Change::relinked) : std::nullopt;
}

// Returns the aspects that can be told without the own contents.
Aspects aspects_of(const ChunkPair& pair, bool has_relinked) {
    const ComparedChunk &before = *pair.before, &after = *pair.after;
    const bool has_other_content = before.content_hash != after.content_hash;
    Aspects aspects;
    aspects.add_if(before.name != after.name, Aspect::name);
    aspects.add_if(before.file_path != after.file_path, Aspect::path);
    aspects.add_if(has_other_signature(before, after), Aspect::signature);
    aspects.add_if(has_other_visibility(pair), Aspect::visibility);
    aspects.add_if(has_other_kind(pair), Aspect::kind);
    aspects.add_if(has_other_content && !has_other_own_content(before, after), Aspect::nested);
    aspects.add_if(has_relinked, Aspect::dependencies);
    return aspects;
}

std::optional<ChangedChunk> changed_chunk(const ChunkPair& pair) {
    int64_t added = 0, removed = 0;
    visit_dependencies(pair, [&](const ComparedDependency* before, const ComparedDependency* after) {
        added += !before;
        removed += !after;
    });
    const bool has_relinked = added + removed > 0;
    const std::optional<Change> change = change_of(pair, has_relinked);
    if (!change) return std::nullopt;
    ChangedChunk changed{*change, pair, {}, 1, added, removed};
    if (pair.before && pair.after) changed.aspects = aspects_of(pair, has_relinked);
    return changed;
}

// Returns whether own contents have to be read to tell how similar the chunks are. Equal texts have equal tokens, where
// the names are equal.
bool needs_texts(const ChangedChunk& changed) {
    const auto [before, after] = changed.pair;
    return before && after && (before->own_hash != after->own_hash || before->name != after->name);
}

// ---- the texts of a pair

using Parts = std::vector<std::string_view>;

// Returns whether two texts have the same own tokens when their signatures are left out, if both have them.
Task<bool> have_same_bodies(TokenTable& table, const ChunkPair& pair, std::span<const Token> before,
                            std::span<const Token> after) {
    size_t old_size = 0, new_size = 0, old_place = no_run, new_place = no_run;  // of the signatures
    if (pair.before->signature && pair.after->signature) {
        const Parts old_parts(1, *pair.before->signature), new_parts(1, *pair.after->signature);
        const std::vector<Token> old_signature = co_await table.read_own(old_parts, pair.before->name);
        const std::vector<Token> new_signature = co_await table.read_own(new_parts, pair.after->name);
        old_size = old_signature.size();
        new_size = new_signature.size();
        old_place = co_await find_run(before, old_signature);
        new_place = co_await find_run(after, new_signature);
    }
    if (old_place == no_run || new_place == no_run) co_return std::ranges::equal(before, after);
    std::vector<Token> old_body(before.begin(), before.end()), new_body(after.begin(), after.end());
    const auto cut = [](std::vector<Token>& tokens, size_t place, size_t size) {
        const auto begin = tokens.begin() + static_cast<ptrdiff_t>(place);
        tokens.erase(begin, begin + static_cast<ptrdiff_t>(size));
    };
    cut(old_body, old_place, old_size);
    cut(new_body, new_place, new_size);
    co_return old_body == new_body;
}

Task<> compare_texts(ChangedChunk& changed, const Parts& old_parts, const Parts& new_parts) {
    const ComparedChunk &before = *changed.pair.before, &after = *changed.pair.after;
    TokenTable table;
    std::vector<Token> old_tokens = co_await table.read(old_parts);
    std::vector<Token> new_tokens = co_await table.read(new_parts);
    const bool has_same_tokens = old_tokens == new_tokens;
    table.put_name(old_tokens, before.name);
    table.put_name(new_tokens, after.name);
    if (has_other_own_content(before, after)) {
        bool has_same_body = has_same_tokens;
        if (!has_same_tokens) has_same_body = co_await have_same_bodies(table, changed.pair, old_tokens, new_tokens);
        changed.aspects.add_if(has_same_tokens, Aspect::whitespace);
        changed.aspects.add_if(!has_same_body, Aspect::body);
    }
    const TokenBag old_bag = co_await bag_of(std::move(old_tokens));
    const TokenBag new_bag = co_await bag_of(std::move(new_tokens));
    changed.similarity = similarity_of(overlap_of(old_bag, new_bag), old_bag.size, new_bag.size);
}

Task<> compare_texts(std::vector<ChangedChunk>& changes, OwnContents& contents) {
    std::vector<ChangedChunk*> to_compare;
    for (ChangedChunk& changed : changes)
        if (needs_texts(changed)) to_compare.push_back(&changed);
    constexpr size_t pairs_at_once = OwnContents::most_at_once / 2;
    for (size_t begin = 0; begin < to_compare.size(); begin += pairs_at_once) {
        const size_t end = std::min(begin + pairs_at_once, to_compare.size());
        std::vector<const ComparedChunk*> chunks;
        for (size_t i = begin; i < end; i++) {
            chunks.push_back(to_compare[i]->pair.before);
            chunks.push_back(to_compare[i]->pair.after);
        }
        const OwnContents::Texts texts = co_await contents.read(chunks);
        for (size_t i = begin; i < end; i++) {
            const size_t place = 2 * (i - begin);
            co_await compare_texts(*to_compare[i], texts.parts[place], texts.parts[place + 1]);
        }
        co_await checkpoint();
    }
}

std::optional<std::string_view> id_of(const ComparedChunk* chunk) {
    return chunk ? std::optional(chunk->chunk_id) : std::nullopt;
}

auto place_in_result(const ChangedChunk& changed) {
    const auto [before, after] = changed.pair;
    const ComparedChunk& present = after ? *after : *before;
    return std::tuple(present.file_path, present.fqn, changed.change, id_of(before), id_of(after));
}

}  // namespace

Task<std::vector<ChangedChunk>> find_changes(std::span<const ChunkPair> pairs, OwnContents& contents) {
    std::vector<ChangedChunk> changes;
    Pace pace;
    for (const ChunkPair& pair : pairs) {
        if (const std::optional<ChangedChunk> changed = changed_chunk(pair)) changes.push_back(*changed);
        if (pace.is_due(1 + count_dependencies(pair) / 8)) co_await checkpoint();
    }
    co_await compare_texts(changes, contents);
    const auto comes_before = [](const ChangedChunk& a, const ChangedChunk& b) {
        return place_in_result(a) < place_in_result(b);
    };
    co_await sort_in_pieces(changes, comes_before);
    co_return changes;
}

// ---- changed dependencies

std::string_view name_of(DependencyChange change) {
    constexpr std::string_view names[] = {"added", "changed", "removed"};
    return names[static_cast<size_t>(change)];
}

static auto place_in_result(const ChangedDependency& changed) {
    const auto confidence_of = [](const ComparedDependency* dependency) {
        return dependency ? std::optional(dependency->confidence) : std::nullopt;
    };
    const auto [relationship, target] = (changed.after ? changed.after : changed.before)->identity();
    return std::tuple(changed.from->file_path, changed.from->place_in_file(), changed.from->fqn, target, relationship,
                      changed.change, confidence_of(changed.before), confidence_of(changed.after));
}

static std::optional<ChangedDependency> changed_dependency(const ComparedChunk* from, const ComparedDependency* before,
                                                           const ComparedDependency* after) {
    if (!before) return ChangedDependency{DependencyChange::added, from, nullptr, after};
    if (!after) return ChangedDependency{DependencyChange::removed, from, before, nullptr};
    if (before->confidence == after->confidence) return std::nullopt;
    return ChangedDependency{DependencyChange::changed, from, before, after};
}

Task<std::vector<ChangedDependency>> find_changed_dependencies(std::span<const ChunkPair> pairs) {
    std::vector<ChangedDependency> changes;
    Pace pace;
    for (const ChunkPair& pair : pairs) {
        const ComparedChunk* from = pair.after ? pair.after : pair.before;
        visit_dependencies(pair, [&](const ComparedDependency* before, const ComparedDependency* after) {
            if (const auto changed = changed_dependency(from, before, after)) changes.push_back(*changed);
        });
        if (pace.is_due(1 + count_dependencies(pair) / 8)) co_await checkpoint();
    }
    const auto comes_before = [](const ChangedDependency& a, const ChangedDependency& b) {
        return place_in_result(a) < place_in_result(b);
    };
    co_await sort_in_pieces(changes, comes_before);
    co_return changes;
}

}  // namespace codegraph
