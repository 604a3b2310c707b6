// The JSON that callers give; the first byte says which. It is refused with an error of the right kind, or what was
// read keeps the limits that everything stored has.
#include "fuzz.h"
#include "model/json_input.h"
#include "task_runner.h"

namespace codegraph {

static constexpr std::initializer_list<ErrorKind> refusals = {ErrorKind::malformed_json, ErrorKind::invalid_parameter};

static void check(const GivenChunk& given) {
    const Chunk& chunk = given.chunk;
    FUZZ_EXPECT(chunk.start_line >= 1 && chunk.start_line <= chunk.end_line && chunk.end_line <= INT32_MAX);
    FUZZ_EXPECT(!chunk.name.empty() && !chunk.kind.empty() && !chunk.language.empty());
    FUZZ_EXPECT(chunk.importance >= 0 && chunk.importance <= 1);
    FUZZ_EXPECT(chunk.content && Sha256().hash(*chunk.content) == chunk.content_hash);
}
static void check(const GivenDependency& given) {
    FUZZ_EXPECT(!given.from.text.empty() && !given.relationship.empty());
    FUZZ_EXPECT(!given.to.text.empty() || !given.to_name.empty());
    FUZZ_EXPECT(given.alternatives.size() < most_candidates && given.sites.size() <= most_sites);
    for (const Site& site : given.sites)
        FUZZ_EXPECT(site.line >= 1 && (site.end_column == 0 || site.end_column > site.column));
    FUZZ_EXPECT(given.confidence >= 0 && given.confidence <= 1);
}
static void check(const Alias& alias) {
    FUZZ_EXPECT(!alias.fqn.empty() && !alias.targets.empty() && alias.targets.size() <= most_candidates);
}
static void check(const GivenFile& file) {
    FUZZ_EXPECT(!file.path.empty());
    for (const GivenChunk& chunk : file.chunks) check(chunk);
    for (const GivenDependency& dependency : file.dependencies) check(dependency);
    for (const Alias& alias : file.aliases) check(alias);
}
static void check(const ChangedFile& file) {
    FUZZ_EXPECT(!file.path.empty());
}
template <class Item>
static void check(const std::vector<Item>& items) {
    for (const Item& item : items) check(item);
}
template <class Parse>
static void parse_and_check(Parse parse) {
    if (const auto parsed = result_or_error(refusals, parse)) check(*parsed);
}

static void fuzz_attrs(std::string_view json) {
    const auto minified = result_or_error(refusals, [&] { return result_of(parse_attrs("attrs", json)); });
    if (!minified) return;
    FUZZ_EXPECT(minified->size() <= json.size());
    FUZZ_EXPECT(result_of(parse_attrs("attrs", *minified)) == *minified);
}

}  // namespace codegraph

void codegraph::fuzz(std::string_view input) {
    if (input.empty()) return;
    const std::string_view json = input.substr(1);
    switch (input[0]) {
        case 'c':
            return parse_and_check([&] { return result_of(parse_chunk("chunk", json)); });
        case 'C':
            return parse_and_check([&] { return result_of(parse_chunks("chunks", json, "src/a.py")); });
        case 'd':
            return parse_and_check([&] { return result_of(parse_dependency("dependency", json)); });
        case 'D':
            return parse_and_check([&] { return result_of(parse_dependencies("dependencies", json)); });
        case 'A':
            return parse_and_check([&] { return result_of(parse_aliases("aliases", json)); });
        case 'f':
            return parse_and_check([&] { return result_of(parse_files("files", json)); });
        case 'h':
            return parse_and_check([&] { return result_of(parse_changed_files("changed_files", json)); });
        case 'a':
            return parse_and_check([&] { return result_of(parse_analysis("src/a.py", json)); });
        case 'm':
            result_or_error(refusals, [&] { return result_of(parse_manifest("manifest", json)); });
            return;
        case 'o':
            return fuzz_attrs(json);
        default:
            return;
    }
}
