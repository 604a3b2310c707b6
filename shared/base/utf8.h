// Checks and writes UTF-8.
#pragma once
#include <string>
#include <string_view>

namespace codegraph {

// Returns whether the text is valid UTF-8, which has no surrogates and no overlong forms.
bool is_utf8(std::string_view text) noexcept;
// Appends a character. The code point is at most U+10FFFF and no surrogate.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace codegraph
