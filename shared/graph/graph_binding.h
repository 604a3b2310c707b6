// What a graph keeps of the binding of its dependencies, so that a graph that is derived from it binds only what can
// bind otherwise, and so that readers can say what was saved. shared/binding has the rule.
//
// A list of candidates is kept where its dependencies are not told by their symbol. A plain dependency names one
// candidate alone and nothing else; when it is bound to that very name, it needs no list. So a graph whose
// dependencies are all of that kind keeps nothing here, and costs what it would cost if there were no binding.
//
// Memory: 5 bytes a list, and what binding/candidate_lists.h and binding/asked_names.h say; 8 bytes an alias and 4 each
// of its targets; 8 bytes a name that is no symbol, and its text; 12 bytes an unbound dependency. All of it is flat.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "binding/asked_names.h"
#include "binding/candidate_lists.h"
#include "binding/facts.h"

namespace codegraph {

// A name of a graph: a symbol; or, from symbol_count() on, a name that is none, which a list or an alias has.
using GraphName = uint32_t;

struct GraphAlias {
    GraphName name;
    uint32_t first_target : 31;  // in GraphBinding::alias_targets; those of the next alias follow
    uint32_t is_of_members : 1;
};

// A last resort by name: a simple name, asked for by a chunk in a language of the family.
struct NameQuestion {
    GraphName name;
    uint32_t family;  // an index in GraphBinding::families
    bool operator==(const NameQuestion&) const = default;
};

// A dependency without a symbol. It is in no graph, and readers list it.
struct UnboundDependency {
    uint32_t chunk;
    ListNumber list;
    uint32_t label;
};

struct GraphBinding {
    std::string other_names;             // the texts of the names that are no symbols, in order
    std::vector<uint32_t> other_ends;    // name i is other_names from other_ends[i - 1], or 0, to other_ends[i]
    std::vector<uint32_t> other_places;  // how many symbols come before it, by their bytes

    std::vector<std::string> families;  // of languages

    std::vector<GraphAlias> aliases;  // files by path, as given
    std::vector<GraphName> alias_targets;

    CandidateLists lists;                // of graph names, by symbol; a question is an index in `questions`
    std::vector<uint32_t> list_symbols;  // by list, ascending; no_name: unbound
    std::vector<uint8_t> is_by_name;     // by list: it was bound by its last resort
    std::vector<NameQuestion> questions;
    AskedNames asked{0};  // by list

    std::vector<UnboundDependency> unbound;  // by chunk, relationship, what was saved

    uint32_t other_count() const { return static_cast<uint32_t>(other_ends.size()); }
    std::string_view other_name(uint32_t i) const {
        const uint32_t begin = i == 0 ? 0 : other_ends[i - 1];
        return std::string_view(other_names).substr(begin, other_ends[i] - begin);
    }
    size_t bytes() const;  // of memory, texts included
};

}  // namespace codegraph
