// Holds what one file version says that binding may ask for, to find the names of which two versions say different
// things. Only lists of candidates that asked for one of these can bind otherwise than before: see AskedNames.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "binding/asked_names.h"
#include "binding/facts.h"

namespace codegraph {

class FileBindingFacts {
public:
    // These take the live chunks in canonical order, and aliases as given.
    void add_definition(std::string_view fqn, bool is_class, bool is_private);
    void add_chunk_id(std::string_view id, std::string_view symbol);
    void add_member(std::string_view name, std::string_view family, std::string_view fqn);  // that is_bound_by_name()
    void add_alias(std::string_view name, AliasKind kind, std::span<const std::string_view> targets);

    // Adds to `changed` the names of which this and `other` say different things. A file that is not there says
    // nothing.
    void compare(const FileBindingFacts& other, ChangedNames& changed) const;

private:
    // All that is said of a name, one thing behind the other.
    std::map<std::string, std::string, std::less<>> of_paths_, of_member_names_;
};

}  // namespace codegraph
