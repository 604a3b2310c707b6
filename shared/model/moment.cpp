#include "model/moment.h"

#include <algorithm>
#include <charconv>

#include "base/time.h"

namespace codegraph {

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Returns nothing where the text is not digits alone, or exceeds 64 bits.
static std::optional<int64_t> parse_number(std::string_view text) {
    if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    return number;
}

std::optional<SnapshotMoment> parse_moment(std::string_view argument) {
    const size_t at = argument.rfind("@{");
    if (at == std::string_view::npos || at == 0 || !argument.ends_with('}')) return std::nullopt;
    const std::string_view inner = argument.substr(at + 2, argument.size() - at - 3);
    const std::string name(argument.substr(0, at));
    if (const std::optional<int64_t> number = parse_number(inner)) return SnapshotMoment{name, RevisionNumber{*number}};
    if (const std::optional<int64_t> time = parse_time(inner)) return SnapshotMoment{name, PointInTime{*time}};
    return std::nullopt;
}

std::optional<SnapshotSteps> parse_steps(std::string_view argument) {
    const size_t at = argument.rfind('~');
    if (at == std::string_view::npos || at == 0) return std::nullopt;
    const std::string_view digits = argument.substr(at + 1);
    if (!std::ranges::all_of(digits, is_digit)) return std::nullopt;
    const int64_t count = digits.empty() ? 1 : parse_number(digits).value_or(INT64_MAX);
    return SnapshotSteps{std::string(argument.substr(0, at)), count};
}

std::optional<std::string> parse_hash_prefix(std::string_view argument) {
    constexpr size_t least_digits = 7;
    if (argument.size() < least_digits) return std::nullopt;
    std::string prefix(argument);
    for (char& c : prefix) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
    }
    return prefix;
}

}  // namespace codegraph
