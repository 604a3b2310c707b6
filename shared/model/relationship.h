// Checks the names of relationships, and reads the lists of them that readers take as a filter. A name has the form
// `[A-Z][A-Z0-9_]*` and at most 64 bytes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace codegraph {

void check_relationship(std::string_view name);  // throws invalid() unless it is one

// Reads a list such as 'CALLS, EXTENDS': names between commas, with blanks around them or not. Returns the names in the
// order of the list, each once. Throws invalid() for an empty list, an empty part and a part that is no relationship.
std::vector<std::string> parse_relationships(std::string_view list);

}  // namespace codegraph
