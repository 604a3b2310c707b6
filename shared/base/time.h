// Times as the store keeps them: milliseconds since 1970-01-01T00:00:00Z; as text, RFC 3339.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace codegraph {

int64_t now_milliseconds();                     // wall clock, cut to milliseconds
std::string format_time(int64_t milliseconds);  // 2026-11-22T10:00:00.000Z
// With `Z` or an offset, seconds required, fraction cut to milliseconds; nothing when it is not such a time.
std::optional<int64_t> parse_time(std::string_view text);

}  // namespace codegraph
