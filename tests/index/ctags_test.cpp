#include "ctags.h"

#include <gtest/gtest.h>

#include "error.h"

namespace codegraph::index {
namespace {

TEST(Tags, a_line_of_json_becomes_a_tag) {
    std::optional<Tag> tag = parse_tag(
        R"({"_type":"tag","name":"get","file":true,"line":7,"kind":"function","access":"public","scope":"a::B","scopeKind":"class","end":9})");
    ASSERT_TRUE(tag);
    EXPECT_EQ(tag->name, "get");
    EXPECT_EQ(tag->scope, "a::B");
    EXPECT_EQ(tag->access, "public");
    EXPECT_EQ(tag->line, 7u);
    EXPECT_EQ(tag->end, 9u);
    EXPECT_TRUE(tag->file_only);
}

TEST(Tags, what_is_no_tag_is_refused) {
    for (const char* line :
         {"", "{", "[]", "3", R"({"_type":"completed"})", R"({"_type":"tag","name":"","line":1,"kind":"f"})",
          R"({"_type":"tag","name":"a","kind":"f"})", R"({"_type":"tag","name":"a","line":-1,"kind":"f"})",
          R"({"_type":"tag","name":7,"line":1,"kind":"f"})",
          R"({"_type":"tag","name":"a","line":99999999999,"kind":"f"})"})
        EXPECT_FALSE(parse_tag(line)) << line;
}

TEST(Ctags, one_process_answers_for_many_contents) {
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

TEST(Ctags, a_large_content_is_answered) {
    Ctags ctags("ctags");
    std::string text;
    for (int i = 0; i < 20000; i++) text += "def f" + std::to_string(i) + "():\n    pass\n";
    std::vector<Tag> tags;
    ASSERT_TRUE(ctags.tags_of("source.py", text, tags));
    EXPECT_EQ(tags.size(), 20000u);
}

TEST(Ctags, a_program_that_is_not_there_is_an_error_that_says_what_to_install) {
    try {
        Ctags ctags("/no/such/ctags");
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("universal-ctags"), std::string::npos);
    }
}

TEST(Ctags, a_program_that_is_no_ctags_is_an_error) {
    EXPECT_THROW(Ctags("/bin/true"), Error);
    EXPECT_THROW(Ctags("/bin/echo"), Error);
}

}  // namespace
}  // namespace codegraph::index
