// Binds lists of candidates in a snapshot. A dependency binds
//
// 1. to the first candidate that is the id of a live chunk, whose symbol it then means, or else stands for an FQN (see
//    PathResolver);
// 2. else by the simple name that it may have as a last resort (see MembersByName);
// 3. else it is external, and its symbol is the first candidate as saved. Without candidates it is unbound.
#pragma once
#include <cstdint>

#include "binding/asked_names.h"
#include "binding/candidate_lists.h"
#include "binding/facts.h"
#include "binding/members_by_name.h"
#include "binding/path_resolver.h"

namespace codegraph {

enum class BoundBy : uint8_t { candidate, name, nothing };  // nothing: external or, without a symbol, unbound

struct Binding {
    NameNumber symbol;  // an FQN, the id of a chunk without one, or an external name; no_name when unbound
    BoundBy by;
    bool operator==(const Binding&) const = default;
};

class ListBinder {
public:
    // All that is given stays in place and the same as long as this.
    ListBinder(const BindingFacts& facts, const MembersByName& members, PathResolver& resolver)
        : facts_(facts), members_(members), resolver_(resolver) {}

    // Begins to bind a list, of lists that stay in place meanwhile. Each step() is the bounded work of one question;
    // the one that returns true is the last. Then binding() is known, and `asked`, where it is given, knows as its next
    // list what this one asked for.
    void begin(const CandidateLists& lists, ListNumber list, AskedNames* asked = nullptr);
    bool step();
    const Binding& binding() const { return binding_; }
    // Takes all these steps.
    Binding bind(const CandidateLists& lists, ListNumber list, AskedNames* asked = nullptr);

private:
    bool bind_candidate(NameNumber candidate);
    void end();

    const BindingFacts& facts_;
    const MembersByName& members_;
    PathResolver& resolver_;

    std::span<const NameNumber> candidates_;  // that are still to be asked for
    MembersByName::Question question_ = MembersByName::none;
    AskedNames* asked_ = nullptr;
    Binding binding_{no_name, BoundBy::nothing};
    std::vector<Fingerprint> names_;
};

}  // namespace codegraph
