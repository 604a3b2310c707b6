#include "binding/candidate_lists.h"

#include <algorithm>

#include "base/error.h"

namespace codegraph {

ListNumber CandidateLists::intern(std::span<const NameNumber> candidates, MembersByName::Question by_name) {
    const size_t begin = entries_.size();
    entries_.insert(entries_.end(), candidates.begin(), candidates.end());
    if (by_name != MembersByName::none) entries_.push_back(by_name | question);
    if (entries_.size() > ~uint32_t{0}) throw Error(ErrorKind::not_supported, "more than 4,294,967,295 candidates");
    const std::span<const uint32_t> list = std::span(entries_).subspan(begin);
    uint64_t hash = list.size();
    for (uint32_t entry : list) hash = fingerprints::mix(hash, entry);
    const auto fingerprint = static_cast<Fingerprint>(hash);
    const ListNumber known = places_.find(fingerprint, [&](ListNumber n) { return std::ranges::equal(all(n), list); });
    if (known != NumberTable::none) {
        entries_.resize(begin);
        return known;
    }
    starts_.push_back(static_cast<uint32_t>(entries_.size()));
    places_.push(fingerprint);
    return static_cast<ListNumber>(size() - 1);
}

void CandidateLists::end_interning() {
    places_ = NumberTable();
    starts_.shrink_to_fit();
    entries_.shrink_to_fit();
}

size_t CandidateLists::bytes() const {
    return (starts_.capacity() + entries_.capacity()) * sizeof(uint32_t) + places_.bytes();
}

}  // namespace codegraph
