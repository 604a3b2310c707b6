// Is a text JSON (RFC 8259)? simdjson reads the values, but its parsers refuse numbers beyond their own types, which
// JSON has not: what we keep without looking into it may hold any.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace codegraph {

inline constexpr size_t json_depth = 1024;  // how deep a text that callers give may be

// Throws malformed_json(argument, ...) with the place unless the text is one JSON value: valid UTF-8, no lone surrogate
// in any string, at most `deepest` levels deep.
void check_json(std::string_view argument, std::string_view text, size_t deepest = json_depth);

// The value of a string of a text that check_json() has passed, given as what stands behind its opening quote; what is
// behind its closing quote is not read. (simdjson's own way to it goes byte by byte where the compiler may not assume
// more than the oldest processors.)
std::string unescape_json(std::string_view behind_quote);

}  // namespace codegraph
