// The small texts that callers give: times, lists of relationships, paths, moments and steps of snapshots. What is
// accepted reads the same written out.
#include "base/time.h"
#include "fuzz.h"
#include "model/moment.h"
#include "model/names.h"
#include "model/relationship.h"

namespace codegraph {

static void fuzz_time(std::string_view text) {
    const std::optional<int64_t> time = parse_time(text);
    if (!time) return;
    const std::string formatted = format_time(*time);
    if (formatted.size() == 24)
        FUZZ_EXPECT(parse_time(formatted) == time);  // an offset may lead out of the years 0 to 9999
}

static void fuzz_relationships(std::string_view text) {
    const auto names = result_or_error({ErrorKind::invalid_parameter}, [&] { return parse_relationships(text); });
    if (!names) return;
    FUZZ_EXPECT(!names->empty());
    std::string list;
    for (const std::string& name : *names) list += (list.empty() ? "" : ", ") + name;
    FUZZ_EXPECT(parse_relationships(list) == *names);
}

static void fuzz_moment(std::string_view text) {
    const std::optional<SnapshotMoment> at = parse_moment(text);
    if (!at) return;
    FUZZ_EXPECT(text.starts_with(at->name + "@{") && text.ends_with("}"));
    if (const auto* revision = std::get_if<RevisionNumber>(&at->moment))
        FUZZ_EXPECT(parse_moment(at->name + "@{" + std::to_string(revision->number) + "}") == at);
}

static void fuzz_steps(std::string_view text) {
    const std::optional<SnapshotSteps> steps = parse_steps(text);
    if (!steps) return;
    FUZZ_EXPECT(text.starts_with(steps->name + "~") && steps->count >= 0);
    FUZZ_EXPECT(parse_steps(steps->name + "~" + std::to_string(steps->count)) == steps);
}

static void fuzz_hash_prefix(std::string_view text) {
    const std::optional<std::string> prefix = parse_hash_prefix(text);
    if (!prefix) return;
    FUZZ_EXPECT(prefix->size() == text.size() && parse_hash_prefix(*prefix) == prefix);
}

}  // namespace codegraph

void codegraph::fuzz(std::string_view input) {
    fuzz_time(input);
    fuzz_moment(input);
    fuzz_steps(input);
    fuzz_hash_prefix(input);
    fuzz_relationships(input);
    result_or_error({ErrorKind::invalid_parameter}, [&] { return check_path("path", input), true; });
}
