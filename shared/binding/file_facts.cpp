#include "binding/file_facts.h"

#include "base/bytes.h"
#include "binding/members_by_name.h"

namespace codegraph {

namespace {

enum class Said : uint8_t { definition, chunk_id, exact_alias, member_alias };

void append(std::string& out, Said said) {
    out += static_cast<char>(said);
}

void append(std::string& out, std::string_view text) {
    append_varint(out, text.size());
    out += text;
}

std::string member_key(std::string_view name, std::string_view family) {
    return std::string(name) + '\0' + std::string(family);
}

// Calls visit(key) for each key of which the two maps have different values.
template <class Map, class Visit>
void for_each_difference(const Map& a, const Map& b, const Visit& visit) {
    const auto look = [&](const Map& here, const Map& there, bool visits_common) {
        for (const auto& [key, value] : here) {
            const auto other = there.find(key);
            if (other == there.end() || (visits_common && other->second != value)) visit(key);
        }
    };
    look(a, b, true);
    look(b, a, false);
}

}  // namespace

void FileBindingFacts::add_definition(std::string_view fqn, bool is_class, bool is_private) {
    std::string& said = of_paths_[std::string(fqn)];
    append(said, Said::definition);
    said += static_cast<char>(is_class ? 1 : 0);
    said += static_cast<char>(is_private ? 1 : 0);
}

void FileBindingFacts::add_chunk_id(std::string_view id, std::string_view symbol) {
    std::string& said = of_paths_[std::string(id)];
    append(said, Said::chunk_id);
    append(said, symbol);
}

void FileBindingFacts::add_member(std::string_view name, std::string_view family, std::string_view fqn) {
    append(of_member_names_[member_key(name, family)], fqn);
}

void FileBindingFacts::add_alias(std::string_view name, AliasKind kind, std::span<const std::string_view> targets) {
    std::string& said = of_paths_[std::string(name)];
    append(said, kind == AliasKind::exact ? Said::exact_alias : Said::member_alias);
    append_varint(said, targets.size());
    for (std::string_view target : targets) append(said, target);
}

void FileBindingFacts::compare(const FileBindingFacts& other, ChangedNames& changed) const {
    for_each_difference(of_paths_, other.of_paths_, [&](std::string_view path) { changed.add_path(path); });
    for_each_difference(of_member_names_, other.of_member_names_, [&](std::string_view key) {
        const size_t nul = key.find('\0');
        changed.add_member_name(key.substr(0, nul), key.substr(nul + 1));
    });
}

}  // namespace codegraph
