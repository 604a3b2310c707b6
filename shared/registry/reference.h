// The reference of the SQL functions, docs/reference.md, from the registry; and the words for its types.
#pragma once
#include <string>
#include <string_view>

#include "engine/function.h"

namespace codegraph {

std::string markdown_reference();

// As a result column. (Arguments of type json and time are text, see install_script.cpp.)
const char* postgres_type(Type type);
const char* sqlite_type(Type type);

// Up to the first full stop that ends a sentence, on one line, without Markdown's code marks.
std::string first_sentence(std::string_view description);

}  // namespace codegraph
