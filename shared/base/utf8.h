#pragma once
#include <string>
#include <string_view>

namespace codegraph {

bool is_utf8(std::string_view text) noexcept;              // valid: no surrogates, no overlong forms
void append_utf8(std::string& text, char32_t code_point);  // up to U+10FFFF, no surrogate

}  // namespace codegraph
