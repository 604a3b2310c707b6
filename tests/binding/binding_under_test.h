// Gives the facts of test files to the product.
#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "binding/candidate_lists.h"
#include "binding/facts.h"
#include "binding/file_facts.h"
#include "binding/list_binder.h"
#include "binding/members_by_name.h"
#include "naive_binding.h"

namespace codegraph::binding_tests {

// The facts of a snapshot with all of its names, and its lists of candidates.
class BindingUnderTest {
public:
    // Takes the files as NaiveBinding::files() has them: by path, live ones alone.
    explicit BindingUnderTest(const std::vector<File>& files) {
        name_all(files);
        facts = std::make_unique<FactArrays>(names);
        for (const File& file : files)
            for (const List& list : file.lists) add_list(list);
        for (const File& file : files)
            for (const Chunk& chunk : file.chunks) add_chunk(chunk);
        for (const File& file : files)
            for (const Alias& alias : file.aliases)
                facts->add_alias(number(alias.name), alias.members ? AliasKind::members : AliasKind::exact,
                                 numbers(alias.targets));
        facts->finish();
    }

    NameNumber number(std::string_view name) const {
        const auto place = std::ranges::lower_bound(names, name);
        return place == names.end() || *place != name ? no_name : static_cast<NameNumber>(place - names.begin());
    }
    std::vector<NameNumber> numbers(const std::vector<std::string>& texts) const {
        std::vector<NameNumber> all;
        for (const std::string& text : texts) all.push_back(number(text));
        return all;
    }
    std::optional<std::string> text(NameNumber name) const {
        if (name == no_name) return std::nullopt;
        return std::string(names[name]);
    }
    NaiveAnswer answer(const Binding& binding) const {
        const char by = binding.by == BoundBy::candidate ? 'c' : binding.by == BoundBy::name ? 'm' : 'n';
        return {text(binding.symbol), by};
    }

    std::set<std::string> texts;
    std::vector<std::string_view> names;
    std::unique_ptr<FactArrays> facts;
    MembersByName members;
    CandidateLists lists;
    std::map<List, ListNumber> list_numbers;

private:
    void name_all(const std::vector<File>& files) {
        for (const File& file : files) {
            for (const Chunk& chunk : file.chunks) texts.insert({chunk.id, chunk.fqn});
            for (const Alias& alias : file.aliases) {
                texts.insert(alias.name);
                texts.insert(alias.targets.begin(), alias.targets.end());
            }
            for (const List& list : file.lists) texts.insert(list.candidates.begin(), list.candidates.end());
        }
        texts.erase("");
        names.assign(texts.begin(), texts.end());
    }
    void add_list(const List& list) {
        const MembersByName::Question question =
            list.to_name.empty() ? MembersByName::none : members.want(list.to_name, family_of_language(list.language));
        list_numbers[list] = lists.intern(numbers(list.candidates), question);
    }
    void add_chunk(const Chunk& chunk) {
        facts->add_chunk_id(number(chunk.id), number(chunk.fqn.empty() ? chunk.id : chunk.fqn));
        if (chunk.fqn.empty()) return;
        facts->add_definition(number(chunk.fqn), is_class_like(chunk.kind), chunk.visibility == "private");
        if (is_bound_by_name(chunk.kind, chunk.visibility))
            members.add_member(chunk.name, family_of_language(chunk.language), number(chunk.fqn));
    }
};

inline FileBindingFacts facts_of_file(const File* file) {
    FileBindingFacts facts;
    if (!file) return facts;
    for (const Chunk& chunk : file->chunks) {
        facts.add_chunk_id(chunk.id, chunk.fqn.empty() ? chunk.id : chunk.fqn);
        if (chunk.fqn.empty()) continue;
        facts.add_definition(chunk.fqn, is_class_like(chunk.kind), chunk.visibility == "private");
        if (is_bound_by_name(chunk.kind, chunk.visibility))
            facts.add_member(chunk.name, family_of_language(chunk.language), chunk.fqn);
    }
    for (const Alias& alias : file->aliases)
        facts.add_alias(alias.name, alias.members ? AliasKind::members : AliasKind::exact,
                        std::vector<std::string_view>(alias.targets.begin(), alias.targets.end()));
    return facts;
}

// Returns the fingerprints that AskedNames is to have for what the oracle asked for.
inline std::set<Fingerprint> fingerprints_of(const Asked& asked) {
    std::set<Fingerprint> all;
    for (const std::string& name : asked) {
        const size_t bar = name.find('|');
        all.insert(bar == std::string::npos ? path_fingerprint(name)
                                            : member_name_fingerprint(name.substr(0, bar), name.substr(bar + 1)));
    }
    return all;
}

}  // namespace codegraph::binding_tests
