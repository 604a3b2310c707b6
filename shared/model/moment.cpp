#include "model/moment.h"

#include <algorithm>
#include <charconv>

#include "base/time.h"

namespace codegraph {

static std::optional<RevisionNumber> parse_revision(std::string_view text) {
    if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;  // it exceeds 64 bits
    return RevisionNumber{number};
}

std::optional<SnapshotMoment> parse_moment(std::string_view argument) {
    const size_t at = argument.rfind("@{");
    if (at == std::string_view::npos || at == 0 || !argument.ends_with('}')) return std::nullopt;
    const std::string_view inner = argument.substr(at + 2, argument.size() - at - 3);
    const std::string name(argument.substr(0, at));
    if (const std::optional<RevisionNumber> revision = parse_revision(inner)) return SnapshotMoment{name, *revision};
    if (const std::optional<int64_t> time = parse_time(inner)) return SnapshotMoment{name, PointInTime{*time}};
    return std::nullopt;
}

}  // namespace codegraph
