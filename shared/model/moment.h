// Reads what may stand at the end of a snapshot argument. `main@{3}` is revision 3 of main, and
// `main@{2026-11-22T10:00:00Z}` is main at that time. Other braces are part of the name. `main~3` is three steps along
// the recorded bases from main; the moment stands behind it.
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
    std::string name;  // what a snapshot is named by: see storage/snapshot_name.h
    std::variant<RevisionNumber, PointInTime> moment;
    bool operator==(const SnapshotMoment&) const = default;
};

// Returns nothing when the argument ends in no moment.
std::optional<SnapshotMoment> parse_moment(std::string_view snapshot_argument);

struct SnapshotSteps {
    std::string name;
    int64_t count;  // a greater number than there can be is INT64_MAX
    bool operator==(const SnapshotSteps&) const = default;
};

// Reads `~N`, and `~` as one step. Returns nothing when the argument ends in no steps.
std::optional<SnapshotSteps> parse_steps(std::string_view snapshot_argument);

// Returns a text of seven or more hexadecimal digits in small letters, as git writes hashes, or nothing for any other
// text.
std::optional<std::string> parse_hash_prefix(std::string_view snapshot_argument);

}  // namespace codegraph
