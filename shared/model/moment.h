// Reads the moment at the end of a snapshot argument. `main@{3}` is revision 3 of main, and
// `main@{2026-11-22T10:00:00Z}` is main at that time. Other braces are part of the name.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace codegraph {

struct RevisionNumber {
    int64_t number;
    bool operator==(const RevisionNumber&) const = default;
};
struct PointInTime {
    int64_t milliseconds;  // since 1970-01-01T00:00:00Z
    bool operator==(const PointInTime&) const = default;
};

struct SnapshotMoment {
    std::string name;  // of a snapshot or branch
    std::variant<RevisionNumber, PointInTime> moment;
    bool operator==(const SnapshotMoment&) const = default;
};

// Returns nothing when the argument ends in no moment.
std::optional<SnapshotMoment> parse_moment(std::string_view snapshot_argument);

}  // namespace codegraph
