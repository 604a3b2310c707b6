// The JSON that callers give may have a gigabyte: whatever is long in it, reading it asks for a checkpoint at least
// once a megabyte, and what is read in parts is what was given.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "model/json_input.h"
#include "model/json_syntax.h"
#include "outcome.h"
#include "task_runner.h"

namespace codegraph {
namespace {

constexpr size_t megabytes = 2;

// Returns the part, again and again, for so many megabytes, between an opening and a closing.
std::string long_text(const std::string& opening, const std::string& part, const std::string& closing) {
    std::string text = opening;
    while (text.size() < megabytes << 20) text += part;
    return text + closing;
}
// The same for elements, of which the last has no comma behind it.
std::string long_list(const std::string& opening, const std::string& element, const std::string& closing) {
    return long_text(opening, element + ",", element + closing);
}

template <class T>
T read(Task<T> task, const std::string& what) {
    ScriptedDatabase database;
    T value = database.run(std::move(task));
    EXPECT_GE(database.checkpoints, static_cast<long>(megabytes)) << what;
    return value;
}

TEST(LongJson, AsksForCheckpointsInEveryList) {
    const std::string chunk = R"({"content":"x","file_path":"a"})", dependency = R"({"from_fqn":"a","to_fqn":"b"})";
    const std::string chunks = long_list("[", chunk, "]"), dependencies = long_list("[", dependency, "]");
    EXPECT_EQ(read(parse_chunks("chunks", chunks), "chunks").size(), (chunks.size() - 1) / (chunk.size() + 1));
    read(parse_dependencies("dependencies", dependencies), "dependencies");
    const std::string of_file = R"([{"file_path":"a","chunks":)" + chunks + R"(,"dependencies":)" + dependencies + "}]";
    read(parse_files("files", of_file), "the chunks of a file");
    std::string files = "[", paths = "[", manifest = "{";
    for (int i = 0; files.size() < megabytes << 20; i++) {
        const std::string path = "\"a_file_of_many_" + std::to_string(i) + "\"", comma = i > 0 ? "," : "";
        files += comma + R"({"chunks":[],"file_path":)" + path + "}";
        paths += comma + path + "\n              ";
        manifest += comma + path + R"(: "the hash of the file")";
    }
    read(parse_files("files", files + "]"), "files");
    read(parse_changed_files("changed_files", paths + "]"), "paths");
    read(parse_manifest("manifest", manifest + "}"), "a manifest");
}

TEST(LongJson, AsksForCheckpointsInALongString) {
    for (const char* part : {"abcdefg", "ä", R"(\n)", R"(\ud83d\ude00)", R"(a\"b\\)"}) {
        const std::string json = long_text(R"({"file_path":"a","content":")", part, "\"}");
        std::string_view string(json);
        string.remove_prefix(std::string_view(R"({"file_path":"a","content":)").size());
        const GivenChunk given = read(parse_chunk("chunk", json), part);
        EXPECT_EQ(given.chunk.content, take_json_string(string)) << part;
        EXPECT_EQ(given.chunk.content_hash, Sha256().hash(*given.chunk.content));
    }
}

TEST(LongJson, AsksForCheckpointsInLongAttributes) {
    for (const char* part : {"1", " 1  ", R"({"a":[]})", R"("a b\"c")", R"([ { "a" : "x y" } ])"}) {
        const std::string json = long_list("{\"a\": [", part, "] }");
        const std::string attrs = read(parse_attrs("attrs", json), part);
        std::string expected;
        bool in_string = false;
        for (size_t i = 0; i < json.size(); i++) {
            if (json[i] == '"' && json[i - 1] != '\\') in_string = !in_string;
            if (in_string || json[i] != ' ') expected += json[i];
        }
        EXPECT_TRUE(attrs == expected) << part;
    }
}

TEST(LongJson, IsRefusedWithAShortText) {
    const auto refused = [](const std::string& attrs) {
        return outcome_of([&] { result_of(parse_chunk("chunk", R"({"file_path":"a","content":)" + attrs + "}")); });
    };
    EXPECT_EQ(refused(long_text("", "1", "")), "22023 chunk.content must be a string, not a number of 2097152 bytes");
    EXPECT_EQ(refused(long_list("[", "1", "]")), "22023 chunk.content must be a string, not an array");
    EXPECT_EQ(refused(long_list("{\"a\":[", "1", "]}")), "22023 chunk.content must be a string, not an object");
    EXPECT_EQ(refused(long_text("\"x", "x", "\\u0000\"")), "22023 chunk.content contains the character U+0000");
}

}  // namespace
}  // namespace codegraph
