#include "ctags.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "error.h"

namespace codegraph::index {
namespace {

TEST(Tags, ALineOfJsonBecomesATag) {
    std::optional<Tag> tag =
        parse_tag(R"({"_type":"tag","name":"get","file":true,"line":7,"kind":"function","access":"public",)"
                  R"("scope":"a::B","scopeKind":"class","end":9})");
    ASSERT_TRUE(tag);
    EXPECT_EQ(tag->name, "get");
    EXPECT_EQ(tag->scope, "a::B");
    EXPECT_EQ(tag->access, "public");
    EXPECT_EQ(tag->line, 7u);
    EXPECT_EQ(tag->end, 9u);
    EXPECT_TRUE(tag->file_only);
}

TEST(Tags, WhatIsNoTagIsRefused) {
    for (const char* line :
         {"", "{", "[]", "3", R"({"_type":"completed"})", R"({"_type":"tag","name":"","line":1,"kind":"f"})",
          R"({"_type":"tag","name":"a","kind":"f"})", R"({"_type":"tag","name":"a","line":-1,"kind":"f"})",
          R"({"_type":"tag","name":7,"line":1,"kind":"f"})",
          R"({"_type":"tag","name":"a","line":99999999999,"kind":"f"})"})
        EXPECT_FALSE(parse_tag(line)) << line;
}

TEST(Ctags, OneProcessAnswersForManyContents) {
    Ctags ctags("ctags");
    std::vector<Tag> tags;
    for (int i = 0; i < 200; i++) {
        std::string name = "f" + std::to_string(i);
        ASSERT_TRUE(ctags.tags_of("source.c", "int " + name + "(void) { return 0; }\n", tags));
        ASSERT_EQ(tags.size(), 1u);
        EXPECT_EQ(tags[0].name, name);
        ASSERT_TRUE(ctags.tags_of("source.py", "", tags));
        EXPECT_TRUE(tags.empty());
    }
}

TEST(Ctags, ALargeContentIsAnswered) {
    Ctags ctags("ctags");
    std::string text;
    for (int i = 0; i < 20000; i++) text += "def f" + std::to_string(i) + "():\n    pass\n";
    std::vector<Tag> tags;
    ASSERT_TRUE(ctags.tags_of("source.py", text, tags));
    EXPECT_EQ(tags.size(), 20000u);
}

TEST(Ctags, AWarningAmongTheTagsIsNoFailure) {
    Ctags ctags("ctags");
    std::vector<Tag> tags;
    ASSERT_TRUE(ctags.tags_of("source.js", "x = {\"\": function() {}};\nfunction good() {}\n", tags));
    EXPECT_EQ(tags.size(), 2u);
}

// Greets as ctags does, and dies at the first content that says so.
TEST(Ctags, ACrashCostsOneFileAndTheNextOneIsAnswered) {
    std::signal(SIGPIPE, SIG_IGN);  // as the program does
    std::string program = testing::TempDir() + "/codegraph-crashing-ctags-" + std::to_string(getpid());
    std::ofstream(program) << "#!/bin/sh\n"
                              "echo '{\"_type\": \"program\", \"name\": \"Universal Ctags\"}'\n"
                              "while read -r request && read -r content; do\n"
                              "  [ \"$content\" = crash ] && exit 1\n"
                              "  echo '{\"_type\": \"tag\", \"name\": \"f\", \"line\": 1, \"kind\": \"function\"}'\n"
                              "  echo '{\"_type\": \"completed\"}'\n"
                              "done\n";
    ASSERT_EQ(chmod(program.c_str(), 0700), 0);
    Ctags ctags(program);
    std::vector<Tag> tags;
    EXPECT_TRUE(ctags.tags_of("source.c", "fine\n", tags));
    EXPECT_EQ(tags.size(), 1u);
    EXPECT_FALSE(ctags.tags_of("source.c", "crash\n", tags));
    EXPECT_TRUE(tags.empty());
    EXPECT_TRUE(ctags.tags_of("source.c", "fine\n", tags));
    EXPECT_EQ(tags.size(), 1u);
    unlink(program.c_str());
}

TEST(Ctags, AProgramThatIsNotThereIsAnErrorThatSaysWhatToInstall) {
    try {
        Ctags ctags("/no/such/ctags");
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("universal-ctags"), std::string::npos);
    }
}

TEST(Ctags, AProgramThatIsNoCtagsIsAnError) {
    EXPECT_THROW(Ctags("/bin/true"), Error);
    EXPECT_THROW(Ctags("/bin/echo"), Error);
}

}  // namespace
}  // namespace codegraph::index
