// The names of relationships: `[A-Z][A-Z0-9_]*`, at most 64 bytes, and the lists of them that readers take as a filter.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace codegraph {

void check_relationship(std::string_view name);  // throws invalid()

// 'CALLS, EXTENDS': parts between commas, blanks around them allowed. In the order given, repetitions left out; throws
// invalid() for an empty list, an empty part and a part that is no relationship.
std::vector<std::string> parse_relationships(std::string_view list);

}  // namespace codegraph
