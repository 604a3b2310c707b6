// Checks whether a text is JSON (RFC 8259). simdjson reads the values, but its parsers refuse numbers beyond their own
// types. JSON has no such limit, and the texts that we keep without looking into them may hold any number.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace codegraph {

inline constexpr size_t json_depth = 1024;  // how many levels a text that callers give may have

// Throws malformed_json(argument, ...) with the place of the error unless the text is one JSON value. The text must be
// valid UTF-8, have no lone surrogate in any string, and be at most `deepest` levels deep.
void check_json(std::string_view argument, std::string_view text, size_t deepest = json_depth);

// Returns whether check_json() would take the text.
bool is_json(std::string_view text, size_t deepest);

// Returns the value of a JSON string. `behind_quote` is what stands behind the string's opening quote in a text that
// has passed check_json(). What is behind the closing quote is not read. (simdjson's own function goes byte by byte
// where the compiler may not assume more than the oldest processors.)
std::string unescape_json(std::string_view behind_quote);

}  // namespace codegraph
