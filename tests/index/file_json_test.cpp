#include "file_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "analyzed.h"

namespace codegraph::index {
namespace {

TEST(FileJson, HoldsTheFileItsChunksAndDependencies) {
    std::string text = "int f(void) { return 1; } // \"\u00e9\"\n";
    FileChunks file = chunks_of("a.c", text);
    References references;
    references.dependencies.push_back({1, "b.g", "CALLS", 0.45});
    FileFacts facts{"app", "a.c", "abc", "100644", Language::c, text};
    auto object = nlohmann::json::parse(file_json(facts, file, owner_of_lines(file.chunks, 1), references));
    EXPECT_EQ(object["file_hash"], "abc");
    EXPECT_EQ(object["attrs"], (nlohmann::json{{"mode", "100644"}, {"size", text.size()}}));
    EXPECT_EQ(object["chunks"][1], (nlohmann::json{{"kind", "function"},
                                                   {"fqn", "a.f"},
                                                   {"name", "f"},
                                                   {"start_line", 1},
                                                   {"end_line", 1},
                                                   {"language", "C"},
                                                   {"content", text}}));
    EXPECT_EQ(
        object["dependencies"][0],
        (nlohmann::json{{"from_fqn", "a.f"}, {"to_fqn", "b.g"}, {"relationship", "CALLS"}, {"confidence", 0.45}}));
}

TEST(FileJson, NamesOverloadsByTheIdsTheStoreGivesThem) {
    std::string text = "int f(int a) { return a; } int f(char b) { return b; }\nint f(long c) { return c; }\n";
    FileChunks file = chunks_of("a.cpp", text);
    ASSERT_EQ(file.chunks.size(), 3u);  // two on one line that nothing tells apart are one chunk
    References references;
    references.dependencies.push_back({2, "x", "CALLS", 0.9});
    FileFacts facts{"app", "a.cpp", "abc", "100644", Language::cpp, text};
    auto object = nlohmann::json::parse(file_json(facts, file, owner_of_lines(file.chunks, 2), references));
    EXPECT_EQ(object["dependencies"][0]["from_chunk_id"], "app:a.cpp:f:2-2");
}

TEST(FileJson, EqualIdsAreNumberedInOrder) {
    FileChunks file;
    file.chunks.resize(3);
    file.chunks[0].fqn = file.chunks[0].name = "a.c";
    for (std::size_t i : {1u, 2u}) file.chunks[i].fqn = "a.f", file.chunks[i].name = "f";
    References references;
    references.dependencies = {{1, "x", "CALLS", 0.9}, {2, "y", "CALLS", 0.9}};
    FileFacts facts{"app", "a.c", "abc", "100644", Language::c, "f"};
    auto object = nlohmann::json::parse(file_json(facts, file, {0, 1}, references));
    EXPECT_EQ(object["dependencies"][0]["from_chunk_id"], "app:a.c:f:1-1");
    EXPECT_EQ(object["dependencies"][1]["from_chunk_id"], "app:a.c:f:1-1#2");
}

TEST(FileJson, OfADeletedFileIsItsPath) {
    EXPECT_EQ(nlohmann::json::parse(deleted_file_json("a/\"b.c")),
              (nlohmann::json{{"file_path", "a/\"b.c"}, {"deleted", true}}));
}

}  // namespace
}  // namespace codegraph::index
