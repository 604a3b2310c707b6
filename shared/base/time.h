// Reads and writes times. A stored time is the milliseconds since 1970-01-01T00:00:00Z. Its text is that of RFC 3339.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace codegraph {

// Returns the time of the wall clock, cut to milliseconds.
int64_t now_milliseconds();
// Writes a time as `2026-11-22T10:00:00.000Z`.
std::string format_time(int64_t milliseconds);
// Returns whether the time is one of the years 1 to 9999 in UTC.
bool is_time(int64_t milliseconds);
// Reads a time of the years 1 to 9999 with seconds and with `Z` or an offset. A fraction is cut to milliseconds.
// Returns nothing for any other text.
std::optional<int64_t> parse_time(std::string_view text);

}  // namespace codegraph
