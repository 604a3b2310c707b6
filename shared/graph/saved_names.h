// Writes what a dependency names, as it was saved: one compact JSON array of its candidates and, as last element,
// {"name":"x"} for a last resort by name. Rows are ordered by these texts.
#pragma once
#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "model/file_version.h"

namespace codegraph {

struct SavedNames {
    std::vector<std::string_view> candidates;
    std::string_view to_name;  // empty: none
};

// Returns what a dependency of a file version names. It has views of it.
SavedNames saved_names_of(const OutgoingDependency& dependency);

void append_json(const SavedNames& names, std::string& out);
std::string as_json(const SavedNames& names);
// Compares as the bytes of the two texts do, without making them.
std::strong_ordering compare_as_json(const SavedNames& a, const SavedNames& b);

}  // namespace codegraph
