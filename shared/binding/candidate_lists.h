// Holds the lists of candidates of a snapshot's dependencies, each different one once. Dependencies that share a list
// share its binding.
//
// Memory: 4 bytes a list, 4 a candidate, and 4 for a last resort by name; what finds equal lists is 12 to 24 bytes a
// list more, until no more come.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "binding/asked_names.h"
#include "binding/facts.h"
#include "binding/members_by_name.h"
#include "binding/number_table.h"

namespace codegraph {

class CandidateLists {
public:
    // Returns the number of the list: its candidates, in their order, and the question by name or MembersByName::none.
    // (Both are less than 2^31: the texts of so many names would not fit into a graph.)
    ListNumber intern(std::span<const NameNumber> candidates, MembersByName::Question by_name);
    // Adds a list that is none of these yet, where intern() is not called any more.
    void add(std::span<const NameNumber> candidates, MembersByName::Question by_name);
    // Frees what intern() needs, which is not called any more.
    void end_interning();
    // Makes what end_interning() has freed.
    void begin_interning();

    size_t size() const { return starts_.size() - 1; }
    std::span<const NameNumber> candidates(ListNumber list) const {
        return all(list).first(all(list).size() - (has_question(list) ? 1 : 0));
    }
    MembersByName::Question by_name(ListNumber list) const {
        return has_question(list) ? all(list).back() & ~question : MembersByName::none;
    }
    size_t bytes() const;  // of memory

private:
    static constexpr uint32_t question = uint32_t{1} << 31;  // marks a last entry that is no candidate

    std::span<const uint32_t> all(ListNumber list) const {
        return std::span(entries_).subspan(starts_[list], starts_[list + 1] - starts_[list]);
    }
    static Fingerprint fingerprint(std::span<const uint32_t> entries);
    void append(std::span<const NameNumber> candidates, MembersByName::Question by_name);
    bool has_question(ListNumber list) const { return !all(list).empty() && (all(list).back() & question) != 0; }

    std::vector<uint32_t> starts_ = {0};  // list i has entries_ from starts_[i] to starts_[i + 1]
    std::vector<uint32_t> entries_;
    NumberTable places_;
};

}  // namespace codegraph
