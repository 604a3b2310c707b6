// Answers the last resort of binding: which FQN a simple name stands for, when the receiver's type is unknown.
//
// It stands for the one FQN of all live chunks that have this name, are members, are not local, have an FQN, and are in
// a language of the asking chunk's family. Where these have several FQNs, or none, it stands for nothing.
//
// The questions are numbered first, then all members are gone over once. So a snapshot needs no index of its simple
// names, and members that nobody asks for cost a few nanoseconds each.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "binding/facts.h"
#include "binding/fingerprint.h"
#include "binding/text_table.h"

namespace codegraph {

// An edge that is bound by name alone counts with so much of its saved confidence.
inline constexpr double confidence_by_name = 0.6;

// Returns true for a kind and a visibility of chunks that may be bound by name. An empty visibility is none.
bool is_bound_by_name(std::string_view kind, std::string_view visibility);
// Returns the name of the language's family, with ASCII letters in lower case.
std::string family_of_language(std::string_view language);
// Returns the fingerprint under which AskedNames has the question.
Fingerprint member_name_fingerprint(std::string_view name, std::string_view family);

class MembersByName {
public:
    using Question = uint32_t;
    static constexpr Question none = TextTable::none;

    // Returns the number of the question for a name, asked by a chunk in a language of the family.
    Question want(std::string_view name, std::string_view family);
    // Adds a live chunk that is_bound_by_name() and has an FQN, once all questions are numbered. Chunks come in any
    // order.
    void add_member(std::string_view name, std::string_view family, NameNumber fqn);

    // Returns no_name for nothing.
    NameNumber answer(Question question) const { return answers_[question] == several ? no_name : answers_[question]; }
    Fingerprint fingerprint(Question question) const { return questions_.fingerprint(question); }
    size_t size() const { return questions_.size(); }

private:
    static constexpr NameNumber several = no_name - 1;
    static size_t filter_bit(std::string_view name);

    TextTable questions_;                                              // each: name, NUL, family
    std::vector<NameNumber> answers_;                                  // by question
    std::vector<bool> is_wanted_ = std::vector<bool>(1 << 16, false);  // by filter_bit(): some question has such a name
    std::string text_;
};

}  // namespace codegraph
