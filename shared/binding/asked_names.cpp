#include "binding/asked_names.h"

#include <algorithm>

#include "binding/members_by_name.h"
#include "binding/path_table.h"

namespace codegraph {

// ---- names that changed ----

void ChangedNames::add(Fingerprint name) {
    filter_[name % filter_.size()] |= uint64_t{1} << name / filter_.size() % 64;
    names_.push_back(name);
    is_sorted_ = false;
}

void ChangedNames::add_path(std::string_view path) {
    add(path_fingerprint(path));
}

void ChangedNames::add_member_name(std::string_view name, std::string_view family) {
    add(member_name_fingerprint(name, family));
}

bool ChangedNames::is_among(Fingerprint name) const {
    if (!is_sorted_) std::ranges::sort(names_);
    is_sorted_ = true;
    return std::ranges::binary_search(names_, name);
}

// ---- names that were asked for ----

AskedNames::AskedNames(size_t lists) : lists_(lists) {
    starts_.reserve(lists + 1);
    names_.reserve(room());
}

// The lists that are still to come have room for at least one name each.
void AskedNames::add(std::span<const Fingerprint> names) {
    const size_t to_come = lists_ - std::min(lists_, size() + 1);
    if (names_.size() + names.size() + to_come > room()) return add_everything();
    names_.insert(names_.end(), names.begin(), names.end());
    starts_.push_back(static_cast<uint32_t>(names_.size()));
}

void AskedNames::add_everything() {
    names_.push_back(everything);
    starts_.push_back(static_cast<uint32_t>(names_.size()));
}

void AskedNames::add_as_in(const AskedNames& before, ListNumber list) {
    add(before.of(list));
}

bool AskedNames::asked_for_everything(ListNumber list) const {
    const std::span<const Fingerprint> names = of(list);
    return !names.empty() && names[0] == everything;
}

bool AskedNames::asked_for_any(ListNumber list, const ChangedNames& names) const {
    if (names.empty()) return false;
    if (asked_for_everything(list)) return true;
    return std::ranges::any_of(of(list), [&](Fingerprint name) { return names.contains(name); });
}

size_t AskedNames::bytes() const {
    return starts_.capacity() * sizeof(uint32_t) + names_.capacity() * sizeof(Fingerprint);
}

}  // namespace codegraph
