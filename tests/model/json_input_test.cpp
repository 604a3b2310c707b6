// The JSON that callers give, field by field: defaults, limits, and the error for each thing that can be wrong.
#include "model/json_input.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/bytes.h"
#include "outcome.h"
#include "task_runner.h"

namespace codegraph {
namespace {

using namespace std::string_literals;

std::string chunk_with(const std::string& field) {
    return R"({"file_path": "a.py", "content": "x")" + (field.empty() ? "" : ", " + field) + "}";
}
std::string outcome_of_chunk(const std::string& json) {
    return outcome_of([&] { result_of(parse_chunk("chunk", json)); });
}
std::string outcome_of_dependency(const std::string& json) {
    return outcome_of([&] { result_of(parse_dependency("dependency", json)); });
}
std::string outcome_of_files(const std::string& json) {
    return outcome_of([&] { result_of(parse_files("files", json)); });
}
std::string hash_of(std::string_view content) {
    return to_hex(Sha256().hash(content).view());
}
std::string json_text(std::string_view text) {  // of plain text
    return "\"" + std::string(text) + "\"";
}
void expect_error(const std::string& outcome, const std::string& expected) {
    EXPECT_TRUE(outcome.starts_with(expected)) << outcome << "\n  expected " << expected;
}

// ---- chunks

TEST(AChunk, HasTheDefaultsOfTheInterface) {
    GivenChunk given = result_of(parse_chunk("chunk", chunk_with("")));
    EXPECT_EQ(given.file_path, "a.py");
    EXPECT_EQ(given.chunk_id, std::nullopt);
    const Chunk& chunk = given.chunk;
    EXPECT_EQ(chunk.start_line, 1);
    EXPECT_EQ(chunk.end_line, 1);
    EXPECT_EQ(chunk.kind, "unknown");
    EXPECT_EQ(chunk.fqn, std::nullopt);
    EXPECT_EQ(chunk.name, "unknown");
    EXPECT_EQ(chunk.language, "unknown");
    EXPECT_EQ(chunk.symbol_visibility, std::nullopt);
    EXPECT_EQ(chunk.content, "x");
    EXPECT_EQ(to_hex(chunk.content_hash.view()), hash_of("x"));
    EXPECT_EQ(chunk.summary, std::nullopt);
    EXPECT_EQ(chunk.importance, 0.5);
    EXPECT_EQ(chunk.attrs, "{}");
    EXPECT_FALSE(chunk.is_deleted);
}

TEST(AChunk, TakesEveryField) {
    GivenChunk given =
        result_of(parse_chunk("chunk", R"({"file_path": "src/a.py", "start_line": 3, "end_line": 2147483647,
        "kind": "function", "fqn": "a.f", "name": "g", "language": "python", "symbol_visibility": "public",
        "content": "def f():\n  pass\n", "content_hash": ")" +
                                           hash_of("def f():\n  pass\n") + R"(",
        "summary": "", "importance": 0.25, "attrs": { "x" : [1, 2] }, "chunk_id": "my id"})"));
    EXPECT_EQ(given.file_path, "src/a.py");
    EXPECT_EQ(given.chunk_id, "my id");
    EXPECT_EQ(given.chunk.start_line, 3);
    EXPECT_EQ(given.chunk.end_line, 2147483647);
    EXPECT_EQ(given.chunk.kind, "function");
    EXPECT_EQ(given.chunk.fqn, "a.f");
    EXPECT_EQ(given.chunk.name, "g");
    EXPECT_EQ(given.chunk.language, "python");
    EXPECT_EQ(given.chunk.symbol_visibility, "public");
    EXPECT_EQ(given.chunk.content, "def f():\n  pass\n");
    EXPECT_EQ(given.chunk.summary, "");
    EXPECT_EQ(given.chunk.importance, 0.25);
    EXPECT_EQ(given.chunk.attrs, R"({"x":[1,2]})");
}

const char* const chunk_fields[] = {
    "file_path",         "start_line", "end_line",     "kind",    "fqn",        "name",  "language",
    "symbol_visibility", "content",    "content_hash", "summary", "importance", "attrs", "chunk_id"};

// A valid value for a field, and its type.
std::pair<std::string, std::string> valid_field(const std::string& field) {
    if (field == "start_line" || field == "end_line") return {"7", "an integer from 1 to 2147483647"};
    if (field == "importance") return {"0.5", "a number from 0 to 1"};
    if (field == "attrs") return {"{}", "an object"};
    if (field == "content_hash") return {json_text(hash_of("x")), "a string"};
    return {"\"x\"", "a string"};
}
std::string chunk_with_only(const std::string& field, const std::string& value) {
    std::string json = "{";
    if (field != "file_path") json += R"("file_path": "a.py", )";
    if (field != "content") json += R"("content": "x", )";
    return json + json_text(field) + ": " + value + "}";
}

TEST(AChunk, RefusesAValueOfAnotherTypeInEveryField) {
    const std::string values[] = {"true", "false", "0",     "1",  "-1", "1.5", "7",
                                  "0.5",  "1e2",   "\"x\"", "{}", "[]", "[1]"};
    for (const std::string field : chunk_fields) {
        auto [valid, type] = valid_field(field);
        EXPECT_EQ(outcome_of_chunk(chunk_with_only(field, valid)), "ok") << field;
        for (const std::string& value : values) {
            bool fits = value[0] == valid[0] && type != "an integer from 1 to 2147483647";
            if (type == "an integer from 1 to 2147483647") fits = value == "7" || value == "1";
            if (type == "a number from 0 to 1") fits = value == "0" || value == "1" || value == "0.5";
            if (fits) continue;
            std::string shown = value == "{}" ? "an object" : value[0] == '[' ? "an array" : value;
            EXPECT_EQ(outcome_of_chunk(chunk_with_only(field, value)),
                      "22023 chunk." + field + " must be " + type + ", not " + shown);
        }
    }
}

TEST(AChunk, TakesANullFieldAsAbsent) {
    for (const std::string field : chunk_fields) {
        std::string outcome = outcome_of_chunk(chunk_with_only(field, "null"));
        bool required = field == "file_path" || field == "content";
        EXPECT_EQ(outcome, required ? "22023 chunk has no \"" + field + "\"" : "ok");
    }
    GivenChunk given =
        result_of(parse_chunk("chunk", R"({"file_path": "a", "content": "x", "importance": null, "attrs": null,
                                                "name": null, "fqn": "a.b", "end_line": null})"));
    EXPECT_EQ(given.chunk.importance, 0.5);
    EXPECT_EQ(given.chunk.attrs, "{}");
    EXPECT_EQ(given.chunk.name, "b");
}

TEST(AChunk, RefusesUnknownAndDuplicateFieldsByName) {
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("colour": 1)")), "22023 chunk has an unknown field \"colour\"");
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("colour": null)")), "22023 chunk has an unknown field \"colour\"");
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("Content": "x")")), "22023 chunk has an unknown field \"Content\"");
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("": 1)")), "22023 chunk has an unknown field \"\"");
    for (const std::string field : chunk_fields) {
        std::string valid = valid_field(field).first;
        for (const std::string& second : {valid, "null"s})
            EXPECT_EQ(outcome_of_chunk(chunk_with_only(field, valid + ", " + json_text(field) + ": " + second)),
                      "22023 chunk has the field \"" + field + "\" twice");
    }
    // An escape in a key is still that key.
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("conten\u0074": "y")")), "22023 chunk has the field \"content\" twice");
    EXPECT_EQ(result_of(parse_chunk("chunk", R"({"file_path": "a", "conten\u0074": "y"})")).chunk.content, "y");
    expect_error(outcome_of_chunk(chunk_with(R"("a\u0000": 1)")), "22023 ");
}

TEST(AChunk, NeedsAFilePathWhereTheFileIsNotKnown) {
    EXPECT_EQ(outcome_of_chunk(R"({"content": "x"})"), "22023 chunk has no \"file_path\"");
    EXPECT_EQ(outcome_of_chunk(R"({"file_path": "a"})"), "22023 chunk has no \"content\"");
    EXPECT_EQ(outcome_of([] { result_of(parse_chunks("chunks", R"([{"content": "x"}])")); }),
              "22023 chunks[0] has no \"file_path\"");
    auto chunks = result_of(parse_chunks("chunks", R"([{"content": "x"}, {"content": "y", "file_path": "a"}])", "a"));
    ASSERT_EQ(chunks.size(), 2u);
    EXPECT_EQ(chunks[1].chunk.content, "y");
    EXPECT_EQ(outcome_of([] {
                  result_of(parse_chunks("chunks", R"([{"content": "x"}, {"content": "y", "file_path": "b"}])", "a"));
              }),
              "22023 chunks[1].file_path \"b\" differs from \"a\"");
    EXPECT_EQ(outcome_of([] { result_of(parse_chunks("chunks", R"([{"content": "x"}, {}])", "a")); }),
              "22023 chunks[1] has no \"content\"");
}

TEST(AChunk, RefusesNumbersThatAreNoLines) {
    for (const char* field : {"start_line", "end_line"}) {
        for (const char* line : {"0", "-1", "-0", "1.0", "1e2", "1E0", "2147483648", "4294967297",
                                 "9223372036854775807", "9223372036854775808", "18446744073709551617",
                                 "-9223372036854775809", "123456789012345678901234567890", "1e400", "0.5"})
            EXPECT_EQ(outcome_of_chunk(chunk_with(json_text(field) + ": " + line)),
                      "22023 chunk."s + field + " must be an integer from 1 to 2147483647, not " + line);
    }
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("start_line": 2147483647)")), "ok");
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("start_line": 2, "end_line": 1)")),
              "22023 chunk: end_line 1 is before start_line 2");
    expect_error(outcome_of_chunk(R"({"file_path": "a", "start_line": 2147483647, "content": "a\nb"})"),
                 "22023 chunk: the last line 2147483648 exceeds");
}

TEST(AChunk, RefusesNumbersThatAreNoImportance) {
    for (const char* number : {"2", "-1", "1.0000000001", "-0.0000001", "-1e-300", "1e400", "-1e400", "100", "1e-400",
                               "123456789012345678901234567890"})
        EXPECT_EQ(outcome_of_chunk(chunk_with("\"importance\": "s + number)),
                  "22023 chunk.importance must be a number from 0 to 1, not "s + number);
    const std::pair<const char*, double> taken[] = {
        {"0", 0},
        {"1", 1},
        {"-0", 0},
        {"-0.0", 0},
        {"1.0", 1},
        {"0.1", 0.1},
        {"1e-2", 0.01},
        {"10e-1", 1},
        {"5e-324", 5e-324},
        // More digits than 64 bits hold, just below and at the middle between two doubles.
        {"0.3000000000000000166533453693773481063544750213623046874", 0.3},
        {"0.3000000000000000166533453693773481063544750213623046875", 0.30000000000000004},
        {"0.00000000000000000000000000000000000000000000000000000001", 1e-56},
        {"100000000000000000000000000000000000000000000000000e-50", 1}};
    for (auto [text, value] : taken) {
        double importance = result_of(parse_chunk("chunk", chunk_with("\"importance\": "s + text))).chunk.importance;
        EXPECT_EQ(importance, value) << text;
        EXPECT_FALSE(std::signbit(importance)) << text;
    }
}

TEST(AChunk, EndsWithItsContent) {
    const std::pair<const char*, int> contents[] = {
        {"", 10},         {"a", 10},      {"a\\n", 10},           {"\\n", 10},      {"a\\nb", 11},
        {"a\\nb\\n", 11}, {"\\n\\n", 11}, {"a\\n\\nb\\n\\n", 13}, {"a\\r\\nb", 11}, {"a\\rb", 10}};
    for (auto [content, end] : contents) {
        std::string json = R"({"file_path": "a", "start_line": 10, "content": ")"s + content + "\"}";
        EXPECT_EQ(result_of(parse_chunk("chunk", json)).chunk.end_line, end) << content;
    }
}

TEST(AChunk, IsNamedAfterTheLastPartOfItsFqn) {
    const std::pair<const char*, const char*> names[] = {
        {"f", "f"},     {"a.b.f", "f"},    {"a::b::f", "f"}, {"a#f", "f"},         {"src/a.f", "f"},
        {"a/f", "f"},   {"a.b::c#d", "d"}, {"a::", "a::"},   {"a.", "a."},         {"a#", "a#"},
        {"a/", "a/"},   {".", "."},        {"::", "::"},     {"a:b", "a:b"},       {"a.b:c", "b:c"},
        {"a:::b", "b"}, {":::", ":::"},    {"a..b", "b"},    {"a::b.", "a::b."},   {".a", "a"},
        {"::a", "a"},   {"a.b c", "b c"},  {"a->b", "a->b"}, {"a\xC2\xB7z.ä", "ä"}};
    for (auto [fqn, name] : names)
        EXPECT_EQ(result_of(parse_chunk("chunk", chunk_with("\"fqn\": "s + json_text(fqn)))).chunk.name, name) << fqn;
    EXPECT_EQ(result_of(parse_chunk("chunk", chunk_with(R"("fqn": "a.b", "name": "c")"))).chunk.name, "c");
}

TEST(AChunk, RefusesEmptyAndTooLongNames) {
    for (const char* field : {"kind", "fqn", "name", "language", "file_path"}) {
        EXPECT_EQ(outcome_of_chunk(chunk_with_only(field, "\"\"")), "22023 chunk."s + field + " must not be empty");
        EXPECT_EQ(outcome_of_chunk(chunk_with_only(field, json_text(std::string(1024, 'x')))), "ok");
        expect_error(
            outcome_of_chunk(chunk_with_only(field, json_text(std::string(1025, 'x')))),
            "22023 chunk."s + field + " \"" + std::string(100, 'x') + "...\" (1025 bytes) is longer than 1024 bytes");
    }
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("chunk_id": "")")), "22023 chunk.chunk_id must not be empty");
    EXPECT_EQ(outcome_of_chunk(chunk_with(R"("symbol_visibility": "", "summary": "")")), "ok");
    expect_error(outcome_of_chunk(chunk_with("\"symbol_visibility\": " + json_text(std::string(1025, 'x')))), "22023 ");
    EXPECT_EQ(outcome_of_chunk(chunk_with("\"summary\": " + json_text(std::string(100000, 'x')))), "ok");
    EXPECT_EQ(outcome_of_chunk(R"({"file_path": "a", "content": ""})"), "ok");
}

TEST(AChunk, RefusesPathsThatLeaveTheRepository) {
    for (const char* path : {"/a", "a/", "a//b", ".", "..", "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "/", "//"})
        EXPECT_EQ(outcome_of_chunk(chunk_with_only("file_path", json_text(path))),
                  "22023 chunk.file_path \""s + path + "\" must be relative, without empty, \".\" or \"..\" parts");
    for (const char* path : {"a", ".a", "a.", "...", "a/...b", "a b", "C:/x", "~", "ä/€", "a:b", "*"})
        EXPECT_EQ(outcome_of_chunk(chunk_with_only("file_path", json_text(path))), "ok") << path;
}

TEST(AChunk, RefusesAHashThatIsNotItsContents) {
    std::string given = hash_of("y");
    EXPECT_EQ(outcome_of_chunk(chunk_with("\"content_hash\": " + json_text(given))),
              "22023 chunk.content_hash \"" + given + "\" is not the SHA-256 of the content, \"" + hash_of("x") + "\"");
    for (const std::string& wrong : {""s, "x"s, hash_of("x") + "0", "A" + hash_of("x").substr(1)})
        expect_error(outcome_of_chunk(chunk_with("\"content_hash\": " + json_text(wrong))),
                     "22023 chunk.content_hash ");
}

TEST(AChunk, RefusesNulAndLoneSurrogatesInEveryText) {
    for (const std::string field : chunk_fields) {
        if (valid_field(field).second != "a string") continue;
        EXPECT_EQ(outcome_of_chunk(chunk_with_only(field, R"("a\u0000b")")),
                  "22023 chunk." + field + " contains the character U+0000");
        for (const char* surrogate : {R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("x\udfff\ud800")"})
            expect_error(outcome_of_chunk(chunk_with_only(field, surrogate)), "22P02 chunk");
    }
    EXPECT_EQ(
        result_of(parse_chunk("chunk", R"({"file_path": "a", "content": "\ud83d\ude00\u00e4\u20AC"})")).chunk.content,
        "😀ä€");
}

TEST(AChunk, NamesItsPlaceInTheArgument) {
    EXPECT_EQ(outcome_of([] { result_of(parse_chunks("chunks", R"([{"file_path": "a", "content": "x"}, 7])")); }),
              "22023 chunks[1] must be an object, not 7");
    EXPECT_EQ(outcome_of([] { result_of(parse_chunks("chunks", "{}")); }),
              "22023 chunks must be an array, not an object");
    EXPECT_EQ(outcome_of([] { result_of(parse_chunk("chunk", "[]")); }), "22023 chunk must be an object, not an array");
    EXPECT_EQ(outcome_of([] { result_of(parse_chunk("chunk", "null")); }), "22023 chunk must be an object, not null");
    EXPECT_EQ(outcome_of([] { result_of(parse_chunks("chunks", "[null]")); }),
              "22023 chunks[0] must be an object, not null");
    EXPECT_EQ(outcome_of_files(R"([{"file_path": "a", "chunks": [{"content": "x"}, {"content": "x", "kind": 1}]}])"),
              "22023 files[0].chunks[1].kind must be a string, not 1");
    EXPECT_TRUE(result_of(parse_chunks("chunks", " [ ] ")).empty());
}

TEST(AChunk, MayBeVeryLarge) {
    std::string content(5000000, 'x');
    GivenChunk given = result_of(parse_chunk("chunk", R"({"file_path": "a", "content": ")" + content + "\"}"));
    EXPECT_EQ(given.chunk.content, content);
}

// ---- dependencies

TEST(ADependency, HasTheDefaultsOfTheInterface) {
    GivenDependency d = result_of(parse_dependency("dependency", R"({"from_fqn": "a", "to_chunk_id": "b"})"));
    EXPECT_EQ(d.from.text, "a");
    EXPECT_FALSE(d.from.is_id);
    EXPECT_EQ(d.to.text, "b");
    EXPECT_TRUE(d.to.is_id);
    EXPECT_EQ(d.relationship, "CALLS");
    EXPECT_EQ(d.confidence, 1);
    d = result_of(
        parse_dependency("dependency", R"({"from_chunk_id": "a", "from_fqn": null, "to_fqn": "b", "to_chunk_id": null,
                                           "relationship": null, "confidence": 0})"));
    EXPECT_TRUE(d.from.is_id);
    EXPECT_FALSE(d.to.is_id);
    EXPECT_EQ(d.relationship, "CALLS");
    EXPECT_EQ(d.confidence, 0);
}

TEST(ADependency, HasExactlyOneSourceAndOneTarget) {
    EXPECT_EQ(outcome_of_dependency(R"({"to_fqn": "b"})"),
              "22023 dependency has neither \"from_chunk_id\" nor \"from_fqn\"");
    EXPECT_EQ(outcome_of_dependency(R"({"from_fqn": "b"})"),
              "22023 dependency has neither \"to_chunk_id\" nor \"to_fqn\"");
    EXPECT_EQ(outcome_of_dependency(R"({"from_fqn": "a", "from_chunk_id": "a", "to_fqn": "b"})"),
              "22023 dependency has both \"from_chunk_id\" and \"from_fqn\"");
    EXPECT_EQ(outcome_of_dependency(R"({"from_fqn": "a", "to_fqn": "b", "to_chunk_id": "b"})"),
              "22023 dependency has both \"to_chunk_id\" and \"to_fqn\"");
    for (const std::string field : {"from_fqn", "from_chunk_id", "to_fqn", "to_chunk_id"}) {
        std::string other = field[0] == 'f' ? R"("to_fqn": "b")" : R"("from_fqn": "a")";
        EXPECT_EQ(outcome_of_dependency("{" + other + ", \"" + field + "\": \"\"}"),
                  "22023 dependency." + field + " must not be empty");
        EXPECT_EQ(outcome_of_dependency("{" + other + ", \"" + field + "\": 1}"),
                  "22023 dependency." + field + " must be a string, not 1");
    }
}

TEST(ADependency, NamesUpTo16CandidatesAndAName) {
    GivenDependency d = result_of(parse_dependency(
        "dependency",
        R"({"from_fqn": "a", "to_fqns": ["b", "c", "d"], "to_name": "n", "sites": [[3, 1, 2], [2], [3, 1]]})"));
    EXPECT_EQ(d.to.text, "b");
    EXPECT_FALSE(d.to.is_id);
    EXPECT_EQ(d.alternatives, (std::vector<std::string>{"c", "d"}));
    EXPECT_EQ(d.to_name, "n");
    EXPECT_EQ(d.sites, (std::vector<Site>{{3, 1, 2}, {2, 0, 0}, {3, 1, 0}}));  // in canonical order later
    d = result_of(parse_dependency("dependency", R"({"from_fqn": "a", "to_name": "n", "to_fqns": null, "sites": []})"));
    EXPECT_EQ(d.to.text, "");
    EXPECT_EQ(d.to_name, "n");
    EXPECT_EQ(outcome_of_dependency(R"({"from_fqn": "a", "to_fqn": "b", "to_name": "n"})"), "ok");
    std::string sixteen;
    for (int i = 0; i < 16; i++) sixteen += (i > 0 ? "," : "") + ("\"" + std::to_string(i) + "\"");
    const std::string ends = R"({"from_fqn": "a", "to_fqns": )";
    EXPECT_EQ(outcome_of_dependency(ends + "[" + sixteen + "]}"), "ok");
    EXPECT_EQ(outcome_of_dependency(ends + "[" + sixteen + ",\"x\"]}"),
              "22023 dependency.to_fqns has more than 16 names");
    EXPECT_EQ(outcome_of_dependency(ends + "[]}"), "22023 dependency.to_fqns must not be empty");
    EXPECT_EQ(outcome_of_dependency(ends + R"(["x", "y", "x"]})"), "22023 dependency.to_fqns has \"x\" twice");
    EXPECT_EQ(outcome_of_dependency(ends + R"(["x", ""]})"), "22023 dependency.to_fqns[1] must not be empty");
    EXPECT_EQ(outcome_of_dependency(ends + R"(["x"], "to_fqn": "x"})"),
              "22023 dependency has both \"to_fqn\" and \"to_fqns\"");
    EXPECT_EQ(outcome_of_dependency(ends + R"(["x"], "to_chunk_id": "x"})"),
              "22023 dependency has both \"to_chunk_id\" and \"to_fqns\"");
    EXPECT_EQ(outcome_of_dependency(R"({"from_fqn": "a", "to_chunk_id": "x", "to_name": "n"})"),
              "22023 dependency has both \"to_chunk_id\" and \"to_name\"");
    EXPECT_EQ(outcome_of_dependency(R"({"from_fqn": "a", "to_fqn": "x", "to_name": ""})"),
              "22023 dependency.to_name must not be empty");
    for (const char* site : {"[0]", "[-1]", "[1.0]", "[2147483648]", "[]", "1", "[1, 0]", "[1, null]", "[1, 2, 2]",
                             "[1, 2, 1]", "[1, 2, 3, 4]", "[\"1\"]"})
        expect_error(outcome_of_dependency(ends + "[\"x\"], \"sites\": [[1], " + site + "]}"),
                     "22023 dependency.sites[1]");
}

TEST(AnAlias, NamesAnFqnAndItsTargets) {
    const std::vector<Alias> aliases = result_of(parse_aliases(
        "aliases", R"([{"fqn": "a", "to_fqns": ["b", "c"]}, {"members": true, "to_fqns": ["a"], "fqn": "a"}])"));
    EXPECT_EQ(aliases, (std::vector<Alias>{{"a", {"b", "c"}, false}, {"a", {"a"}, true}}));
    const auto outcome = [](const std::string& json) {
        return outcome_of([&] { result_of(parse_aliases("aliases", json)); });
    };
    EXPECT_EQ(outcome(R"([{"fqn": "a"}])"), "22023 aliases[0] has no \"to_fqns\"");
    EXPECT_EQ(outcome(R"([{"to_fqns": ["a"]}])"), "22023 aliases[0] has no \"fqn\"");
    EXPECT_EQ(outcome(R"([{"fqn": "a", "to_fqns": []}])"), "22023 aliases[0].to_fqns must not be empty");
    EXPECT_EQ(outcome(R"([{"fqn": "", "to_fqns": ["a"]}])"), "22023 aliases[0].fqn must not be empty");
    expect_error(outcome(R"([{"fqn": "a", "to_fqns": [")" + std::string(1025, 'x') + "\"]}]"),
                 "22023 aliases[0].to_fqns ");
    expect_error(outcome(R"([{"fqn": "a", "to_fqns": ["b"], "members": 1}])"), "22023 aliases[0].members ");
}

TEST(ADependency, RefusesWhatIsNoRelationshipOrConfidence) {
    const std::string ends = R"({"from_fqn": "a", "to_fqn": "b", )";
    for (const char* name : {"", "calls", "Calls", "_CALLS", "1CALLS", "CALLS ", " CALLS", "CA LLS", "CALLS,USES",
                             "CÄLLS", "CA-LLS", "CALLS\\n"})
        expect_error(outcome_of_dependency(ends + "\"relationship\": " + json_text(name) + "}"), "22023 ");
    expect_error(outcome_of_dependency(ends + "\"relationship\": " + json_text(std::string(65, 'A')) + "}"), "22023 ");
    for (const std::string& name : {"A"s, "X_1"s, "CALLS"s, std::string(64, 'A')})
        EXPECT_EQ(outcome_of_dependency(ends + "\"relationship\": " + json_text(name) + "}"), "ok");
    for (const char* number : {"1.1", "-0.1", "2", "1e400", "\"1\"", "true", "{}"})
        expect_error(outcome_of_dependency(ends + "\"confidence\": " + number + "}"),
                     "22023 dependency.confidence must be a number from 0 to 1");
    EXPECT_EQ(outcome_of_dependency(ends + "\"weight\": 1}"), "22023 dependency has an unknown field \"weight\"");
    EXPECT_EQ(outcome_of([] { result_of(parse_dependencies("dependencies", "{}")); }),
              "22023 dependencies must be an array, not an object");
}

// ---- files

TEST(Files, AreGivenWithChunksOrAsDeleted) {
    auto files = result_of(parse_files("files", R"([
        {"file_path": "a", "chunks": [{"content": "x"}], "dependencies": [{"from_fqn": "f", "to_fqn": "g"}],
         "file_hash": "abc", "attrs": {"mode": 1}},
        {"file_path": "b", "chunks": []},
        {"file_path": "c", "deleted": true},
        {"file_path": "d", "deleted": false, "chunks": [], "file_hash": null, "attrs": null, "dependencies": null}])"));
    ASSERT_EQ(files.size(), 4u);
    EXPECT_EQ(files[0].path, "a");
    EXPECT_EQ(files[0].file_hash, "abc");
    EXPECT_EQ(files[0].attrs, "{\"mode\":1}");
    EXPECT_EQ(files[0].chunks.size(), 1u);
    EXPECT_EQ(files[0].dependencies.size(), 1u);
    EXPECT_FALSE(files[1].deleted);
    EXPECT_EQ(files[1].file_hash, std::nullopt);
    EXPECT_EQ(files[1].attrs, "{}");
    EXPECT_TRUE(files[2].deleted);
    EXPECT_FALSE(files[3].deleted);
}

TEST(Files, AreRefusedWhenTheyContradictThemselves) {
    EXPECT_EQ(outcome_of_files(R"([{"chunks": []}])"), "22023 files[0] has no \"file_path\"");
    EXPECT_EQ(outcome_of_files(R"([{"file_path": "a"}])"),
              "22023 files[0] has neither \"chunks\" nor \"deleted\": true");
    expect_error(outcome_of_files(R"([{"file_path": "a", "deleted": false}])"), "22023 files[0] has neither");
    expect_error(outcome_of_files(R"([{"file_path": "a", "chunks": null}])"), "22023 files[0] has neither");
    expect_error(outcome_of_files(R"([{"file_path": "a", "deleted": true, "chunks": []}])"),
                 "22023 files[0] is deleted");
    expect_error(outcome_of_files(R"([{"file_path": "a", "deleted": true, "dependencies": []}])"),
                 "22023 files[0] is del");
    EXPECT_EQ(outcome_of_files(R"([{"file_path": "a", "chunks": []}, {"file_path": "a", "deleted": true}])"),
              "22023 files has the path \"a\" twice");
    EXPECT_EQ(outcome_of_files(R"([{"file_path": "a", "deleted": 1}])"),
              "22023 files[0].deleted must be true or false, not 1");
    EXPECT_EQ(outcome_of_files(R"([{"file_path": "a", "chunks": {}}])"),
              "22023 files[0].chunks must be an array, not an object");
    EXPECT_EQ(outcome_of_files(R"([{"chunks": [{"content": "x", "file_path": "b"}], "file_path": "a"}])"),
              "22023 files[0].chunks[0].file_path \"b\" differs from \"a\"");
    EXPECT_EQ(outcome_of_files(R"([{"file_path": "a", "chunks": [], "file_hash": ""}])"),
              "22023 files[0].file_hash must not be empty");
    EXPECT_EQ(outcome_of_files(R"([{"file_path": "a", "chunks": [], "file_hash": ")" + std::string(128, 'x') + "\"}]"),
              "ok");
    expect_error(
        outcome_of_files(R"([{"file_path": "a", "chunks": [], "file_hash": ")" + std::string(129, 'x') + "\"}]"),
        "22023 files[0].file_hash ");
    expect_error(outcome_of_files(R"([{"file_path": "../a", "deleted": true}])"), "22023 files[0].file_path ");
    EXPECT_EQ(outcome_of_files("{}"), "22023 files must be an array, not an object");
    EXPECT_TRUE(result_of(parse_files("files", "[]")).empty());
}

TEST(ChangedFiles, ArePathsOrPathsWithAHash) {
    auto files = result_of(
        parse_changed_files("changed_files", R"(["a", {"file_path": "b"}, {"file_path": "c", "file_hash": "h"},
                                                          {"file_path": "d", "file_hash": null}])"));
    ASSERT_EQ(files.size(), 4u);
    EXPECT_EQ(files[0].path, "a");
    EXPECT_EQ(files[1].file_hash, std::nullopt);
    EXPECT_EQ(files[2].file_hash, "h");
    EXPECT_EQ(files[3].file_hash, std::nullopt);
    auto outcome = [](const char* json) {
        return outcome_of([&] { result_of(parse_changed_files("changed_files", json)); });
    };
    EXPECT_EQ(outcome(R"(["a", {"file_path": "a"}])"), "22023 changed_files has the path \"a\" twice");
    EXPECT_EQ(outcome(R"([1])"), "22023 changed_files[0] must be an object, not 1");
    EXPECT_EQ(outcome(R"([null])"), "22023 changed_files[0] must be an object, not null");
    EXPECT_EQ(outcome(R"([{"file_hash": "h"}])"), "22023 changed_files[0] has no \"file_path\"");
    EXPECT_EQ(outcome(R"([{}])"), "22023 changed_files[0] has no \"file_path\"");
    EXPECT_EQ(outcome(R"([""])"), "22023 changed_files[0] must not be empty");
    EXPECT_EQ(outcome(R"(["a\u0000"])"), "22023 changed_files[0] contains the character U+0000");
    EXPECT_EQ(outcome(R"("a")"), "22023 changed_files must be an array, not \"a\"");
}

TEST(AnAnalysis, IsAFileWithoutItsPath) {
    GivenFile file =
        result_of(parse_analysis("a", R"({"chunks": [{"content": "x", "file_path": "a"}], "file_hash": "h"})"));
    EXPECT_EQ(file.path, "a");
    EXPECT_EQ(file.file_hash, "h");
    EXPECT_EQ(file.chunks.size(), 1u);
    auto outcome = [](const char* json) { return outcome_of([&] { result_of(parse_analysis("a", json)); }); };
    EXPECT_EQ(outcome("{}"), "22023 the analyzer's result for \"a\" has no \"chunks\"");
    EXPECT_EQ(outcome(R"({"chunks": null})"), "22023 the analyzer's result for \"a\" has no \"chunks\"");
    expect_error(outcome(R"({"chunks": [], "file_path": "a"})"),
                 "22023 the analyzer's result for \"a\" has an unknown field");
    expect_error(outcome(R"({"chunks": [{"content": "x", "file_path": "b"}]})"),
                 "22023 the analyzer's result for \"a\".chunks[0]");
    expect_error(outcome("nonsense"), "22P02 the analyzer's result for \"a\" is not valid JSON: ");
    expect_error(outcome("[]"), "22023 the analyzer's result for \"a\" must be an object");
    expect_error(outcome("null"), "22023 the analyzer's result for \"a\" must be an object");
}

TEST(AManifest, MapsPathsToHashes) {
    auto manifest = result_of(parse_manifest("manifest", R"({"b": "1", "a": "2", "c": null})"));
    EXPECT_EQ(manifest, (decltype(manifest){{"a", "2"}, {"b", "1"}}));
    auto outcome = [](const char* json) { return outcome_of([&] { result_of(parse_manifest("manifest", json)); }); };
    EXPECT_EQ(outcome("{}"), "ok");
    EXPECT_EQ(outcome(R"({"a": "1", "a": "1"})"), "22023 manifest has the field \"a\" twice");
    EXPECT_EQ(outcome(R"({"a": null, "\u0061": "1"})"), "22023 manifest has the field \"a\" twice");
    EXPECT_EQ(outcome(R"({"a": 1})"), "22023 manifest[\"a\"] must be a string, not 1");
    EXPECT_EQ(outcome(R"({"a": ""})"), "22023 manifest[\"a\"] must not be empty");
    expect_error(outcome(R"({"../a": "1"})"), "22023 a path in manifest \"../a\" must be relative");
    expect_error(outcome(R"({"": "1"})"), "22023 a path in manifest must not be empty");
    expect_error(outcome(R"({"a\u0000": "1"})"), "22023 ");
    expect_error(outcome(R"(["a"])"), "22023 manifest must be an object");
}

}  // namespace
}  // namespace codegraph
