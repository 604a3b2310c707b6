#include "binding/list_binder.h"

namespace codegraph {

void ListBinder::begin(const CandidateLists& lists, ListNumber list, AskedNames* asked) {
    candidates_ = lists.candidates(list);
    question_ = lists.by_name(list);
    asked_ = asked;
    binding_ = {candidates_.empty() ? no_name : candidates_[0], BoundBy::nothing};
    if (asked) resolver_.begin_asking();
}

bool ListBinder::step() {
    if (!candidates_.empty()) {
        const NameNumber candidate = candidates_[0];
        candidates_ = candidates_.subspan(1);
        if (!bind_candidate(candidate) && !candidates_.empty()) return false;
    }
    end();
    return true;
}

Binding ListBinder::bind(const CandidateLists& lists, ListNumber list, AskedNames* asked) {
    begin(lists, list, asked);
    while (!step()) {
    }
    return binding_;
}

bool ListBinder::bind_candidate(NameNumber candidate) {
    NameNumber symbol = facts_.symbol_of_chunk(candidate);
    if (symbol != no_name)
        resolver_.ask_for(candidate);
    else
        symbol = resolver_.resolve(candidate);
    if (symbol != no_name) binding_ = {symbol, BoundBy::candidate};
    return symbol != no_name;
}

// Asks by name, where no candidate stands for anything, and tells what was asked for.
void ListBinder::end() {
    const bool asks_by_name = binding_.by == BoundBy::nothing && question_ != MembersByName::none;
    if (asks_by_name && members_.answer(question_) != no_name) binding_ = {members_.answer(question_), BoundBy::name};
    if (!asked_) return;
    if (resolver_.asked_too_much()) {
        asked_->add_everything();
        return;
    }
    names_.assign(resolver_.asked().begin(), resolver_.asked().end());
    if (asks_by_name) names_.push_back(members_.fingerprint(question_));
    asked_->add(names_);
}

}  // namespace codegraph
