#include "binding/list_binder.h"

namespace codegraph {

Binding ListBinder::bind_candidates(std::span<const NameNumber> candidates) {
    for (NameNumber candidate : candidates) {
        const NameNumber symbol = facts_.symbol_of_chunk(candidate);
        if (symbol != no_name) {
            resolver_.ask_for(candidate);
            return {symbol, BoundBy::candidate};
        }
        const NameNumber fqn = resolver_.resolve(candidate);
        if (fqn != no_name) return {fqn, BoundBy::candidate};
    }
    return {candidates.empty() ? no_name : candidates[0], BoundBy::nothing};
}

Binding ListBinder::bind(const CandidateLists& lists, ListNumber list, AskedNames* asked) {
    if (asked) resolver_.begin_asking();
    Binding binding = bind_candidates(lists.candidates(list));
    const MembersByName::Question question = lists.by_name(list);
    const bool asks_by_name = binding.by == BoundBy::nothing && question != MembersByName::none;
    if (asks_by_name && members_.answer(question) != no_name) binding = {members_.answer(question), BoundBy::name};
    if (!asked) return binding;
    if (resolver_.asked_too_much()) {
        asked->add_everything();
    } else {
        names_.assign(resolver_.asked().begin(), resolver_.asked().end());
        if (asks_by_name) names_.push_back(members_.fingerprint(question));
        asked->add(names_);
    }
    return binding;
}

}  // namespace codegraph
