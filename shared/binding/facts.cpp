#include "binding/facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"

namespace codegraph {

bool is_class_like(std::string_view kind) {
    static constexpr std::array<std::string_view, 9> kinds = {"class", "struct", "interface", "trait", "enum",
                                                              "union", "record", "object",    "type"};
    return std::ranges::find(kinds, kind) != kinds.end();
}

FactArrays::FactArrays(std::span<const std::string_view> names) : names_(names), facts_(names.size()) {}

void FactArrays::add_definition(NameNumber fqn, bool is_class, bool is_private) {
    NameFacts& facts = facts_[fqn];
    if (!facts.is_defined) {
        facts.is_defined = true;
        facts.is_class = is_class;
        facts.is_private = is_private;
    }
    facts.is_private = facts.is_private && is_private;
}

void FactArrays::add_chunk_id(NameNumber id, NameNumber symbol) {
    chunk_ids_.push_back({id, symbol});
}

void FactArrays::add_alias(NameNumber name, AliasKind kind, std::span<const NameNumber> targets) {
    for (NameNumber target : targets) of(kind).aliases.push_back({name, target});
    if (kind == AliasKind::exact)
        facts_[name].has_exact_aliases = true;
    else
        facts_[name].has_member_aliases = true;
}

void FactArrays::lay_out(Targets& targets) const {
    if (targets.aliases.empty()) return;
    if (targets.aliases.size() >= no_name) throw Error(ErrorKind::not_supported, "more than 4,294,967,294 aliases");
    std::vector<uint32_t>& starts = targets.starts;
    starts.assign(names_.size() + 1, 0);
    for (const Alias& alias : targets.aliases) starts[alias.name + 1]++;
    for (size_t name = 0; name < names_.size(); name++) starts[name + 1] += starts[name];  // sizes become starts
    std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
    targets.targets.resize(targets.aliases.size());
    for (const Alias& alias : targets.aliases) targets.targets[next[alias.name]++] = alias.target;
    targets.aliases = {};
    drop_repeated(targets);
}

void FactArrays::drop_repeated(Targets& targets) const {
    std::vector<NameNumber> last_of(names_.size(), no_name);  // by target: the name that had it last
    uint32_t kept = 0;
    for (NameNumber name = 0; name < names_.size(); name++) {
        const uint32_t begin = std::exchange(targets.starts[name], kept);
        for (uint32_t i = begin; i < targets.starts[name + 1]; i++) {
            const NameNumber target = targets.targets[i];
            if (std::exchange(last_of[target], name) != name) targets.targets[kept++] = target;
        }
    }
    targets.starts.back() = kept;
    targets.targets.resize(kept);
}

void FactArrays::finish() {
    lay_out(exact_);
    lay_out(members_);
    std::ranges::sort(chunk_ids_, {}, &ChunkId::id);
}

NameNumber FactArrays::find(std::string_view text) const {
    const auto place = std::ranges::lower_bound(names_, text);
    if (place == names_.end() || *place != text) return no_name;
    return static_cast<NameNumber>(place - names_.begin());
}

std::span<const NameNumber> FactArrays::targets(NameNumber name, AliasKind kind) const {
    const Targets& all = of(kind);
    if (all.starts.empty()) return {};
    return std::span(all.targets).subspan(all.starts[name], all.starts[name + 1] - all.starts[name]);
}

NameNumber FactArrays::symbol_of_chunk(NameNumber id) const {
    if (chunk_ids_.empty()) return no_name;
    const auto place = std::ranges::lower_bound(chunk_ids_, id, {}, &ChunkId::id);
    return place != chunk_ids_.end() && place->id == id ? place->symbol : no_name;
}

size_t FactArrays::bytes() const {
    const auto bytes_of = [](const Targets& targets) {
        return targets.aliases.capacity() * sizeof(Alias) +
               (targets.starts.capacity() + targets.targets.capacity()) * sizeof(uint32_t);
    };
    return facts_.capacity() * sizeof(NameFacts) + bytes_of(exact_) + bytes_of(members_) +
           chunk_ids_.capacity() * sizeof(ChunkId);
}

}  // namespace codegraph
