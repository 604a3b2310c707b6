// The reference of the SQL functions, docs/reference.md, from the registry.
#pragma once
#include <string>
#include <string_view>

namespace codegraph {

std::string markdown_reference();

// Up to the first full stop that ends a sentence, on one line, without Markdown's code marks.
std::string first_sentence(std::string_view description);

}  // namespace codegraph
