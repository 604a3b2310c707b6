// Is a text JSON (RFC 8259)? simdjson reads the values, but its parsers refuse numbers beyond their own types, which
// JSON has not: what we keep without looking into it may hold any.
#pragma once
#include <cstddef>
#include <string_view>

namespace codegraph {

inline constexpr size_t json_depth = 1024;  // how deep a text that callers give may be

// Throws malformed_json(argument, ...) with the place unless the text is one JSON value: valid UTF-8, no lone surrogate
// in any string, at most `deepest` levels deep.
void check_json(std::string_view argument, std::string_view text, size_t deepest = json_depth);

}  // namespace codegraph
