#include "binding/candidate_lists.h"

#include <algorithm>

#include "base/error.h"

namespace codegraph {

Fingerprint CandidateLists::fingerprint(std::span<const uint32_t> entries) {
    uint64_t hash = entries.size();
    for (uint32_t entry : entries) hash = fingerprints::mix(hash, entry);
    return static_cast<Fingerprint>(hash);
}

void CandidateLists::append(std::span<const NameNumber> candidates, MembersByName::Question by_name) {
    entries_.insert(entries_.end(), candidates.begin(), candidates.end());
    if (by_name != MembersByName::none) entries_.push_back(by_name | question);
    if (entries_.size() > ~uint32_t{0}) throw Error(ErrorKind::not_supported, "more than 4,294,967,295 candidates");
}

ListNumber CandidateLists::intern(std::span<const NameNumber> candidates, MembersByName::Question by_name) {
    const size_t begin = entries_.size();
    append(candidates, by_name);
    const std::span<const uint32_t> list = std::span(entries_).subspan(begin);
    const Fingerprint place = fingerprint(list);
    const ListNumber known = places_.find(place, [&](ListNumber n) { return std::ranges::equal(all(n), list); });
    if (known != NumberTable::none) {
        entries_.resize(begin);
        return known;
    }
    starts_.push_back(static_cast<uint32_t>(entries_.size()));
    places_.push(place);
    return static_cast<ListNumber>(size() - 1);
}

void CandidateLists::add(std::span<const NameNumber> candidates, MembersByName::Question by_name) {
    append(candidates, by_name);
    starts_.push_back(static_cast<uint32_t>(entries_.size()));
}

void CandidateLists::end_interning() {
    places_ = NumberTable();
    starts_.shrink_to_fit();
    entries_.shrink_to_fit();
}

void CandidateLists::begin_interning() {
    places_ = NumberTable();
    places_.reserve(size());
    for (ListNumber list = 0; list < size(); list++) places_.push(fingerprint(all(list)));
}

size_t CandidateLists::bytes() const {
    return (starts_.capacity() + entries_.capacity()) * sizeof(uint32_t) + places_.bytes();
}

}  // namespace codegraph
