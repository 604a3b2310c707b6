// Makes the reference of the SQL functions, docs/reference.md, from the registry.
#pragma once
#include <string>
#include <string_view>

namespace codegraph {

std::string markdown_reference();

// Returns the description up to the first full stop that ends a sentence, on one line and without backticks.
std::string first_sentence(std::string_view description);

}  // namespace codegraph
