// Remembers for each list of candidates which names its binding asked for, found or not. When some names of a snapshot
// change, that is, what chunks define them or what aliases they have, only the lists that asked for one of them can
// bind otherwise than before.
//
// A name is kept as its fingerprint. Two names may have one fingerprint: then a list is bound again in vain, which
// gives what it gave. So nothing is kept of the many names that no fact has.
//
// Memory: at most 24 bytes a list and 16 KB, which is five names a list. A list for whose names there is no room any
// more, or whose question passed the limit, is kept as one that asked for everything.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "binding/fingerprint.h"

namespace codegraph {

using ListNumber = uint32_t;

// Is a set of names that changed.
class ChangedNames {
public:
    void add(Fingerprint name);
    void add_path(std::string_view path);  // an FQN, an alias, or a chunk id
    // A name of members in languages of one family: see MembersByName.
    void add_member_name(std::string_view name, std::string_view family);
    bool empty() const { return names_.empty(); }
    bool contains(Fingerprint name) const {
        return (filter_[name % filter_.size()] >> name / filter_.size() % 64 & 1) != 0 && is_among(name);
    }

private:
    bool is_among(Fingerprint name) const;

    std::vector<uint64_t> filter_ = std::vector<uint64_t>(1024, 0);  // a bit for each name, several names to a bit
    mutable std::vector<Fingerprint> names_;                         // ascending when is_sorted_
    mutable bool is_sorted_ = true;
};

class AskedNames {
public:
    explicit AskedNames(size_t lists);  // for so many

    // These add the next list.
    void add(std::span<const Fingerprint> names);
    void add_everything();                                      // it asked for more than can be said
    void add_as_in(const AskedNames& before, ListNumber list);  // it asked for what that list did

    void finish() { names_.shrink_to_fit(); }  // when all lists are added

    size_t size() const { return starts_.size() - 1; }
    bool asked_for_everything(ListNumber list) const;
    std::span<const Fingerprint> of(ListNumber list) const {
        return std::span(names_).subspan(starts_[list], starts_[list + 1] - starts_[list]);
    }
    // Returns true when the list asked for one of the names.
    bool asked_for_any(ListNumber list, const ChangedNames& names) const;
    size_t bytes() const;  // of memory

private:
    static constexpr Fingerprint everything = ~Fingerprint{0};  // stands alone in its list
    static constexpr size_t names_a_list = 5, names_more = 4096;
    size_t room() const { return names_a_list * lists_ + names_more; }

    size_t lists_;                        // that are to come in all
    std::vector<uint32_t> starts_ = {0};  // list i has names_ from starts_[i] to starts_[i + 1]
    std::vector<Fingerprint> names_;
};

}  // namespace codegraph
