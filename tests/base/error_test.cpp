// The texts and SQLSTATEs of errors, as the SQL interface promises them.
#include "base/error.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace codegraph {
namespace {

TEST(Errors, HaveTheSqlstatesOfTheInterface) {
    const std::pair<ErrorKind, const char*> kinds[] = {{ErrorKind::null_argument, "22004"},
                                                       {ErrorKind::undefined_object, "42704"},
                                                       {ErrorKind::invalid_parameter, "22023"},
                                                       {ErrorKind::malformed_json, "22P02"},
                                                       {ErrorKind::duplicate_key, "23505"},
                                                       {ErrorKind::object_state, "55000"},
                                                       {ErrorKind::undefined_function, "42883"},
                                                       {ErrorKind::not_supported, "0A000"},
                                                       {ErrorKind::concurrent_change, "40001"},
                                                       {ErrorKind::isolation_too_high, "25001"},
                                                       {ErrorKind::data_corrupted, "XX001"},
                                                       {ErrorKind::out_of_memory, "53200"},
                                                       {ErrorKind::internal, "XX000"}};
    for (auto [kind, state] : kinds) EXPECT_STREQ(sqlstate_of(kind), state);
}

TEST(Errors, SayWhatIsWrongWithTheValue) {
    EXPECT_STREQ(null_argument("repo_id").what(), "repo_id must not be NULL");
    EXPECT_STREQ(unknown_repository("app").what(), "unknown repository \"app\"");
    EXPECT_STREQ(unknown_snapshot("s", "app").what(), "unknown snapshot \"s\" in repository \"app\"");
    EXPECT_STREQ(unknown_chunk("c").what(), "unknown chunk \"c\"");
    EXPECT_STREQ(unknown_analyzer("f").what(), "unknown analyzer function \"f\"");
    EXPECT_STREQ(duplicate_chunk_id("c", "in this call").what(), "duplicate chunk id \"c\" in this call");
    EXPECT_STREQ(malformed_json("chunk", "it ends").what(), "chunk is not valid JSON: it ends");
    EXPECT_STREQ(corrupt("a node").what(), "data corrupted: a node");
    EXPECT_STREQ(invalid("x", "do y").hint.c_str(), "do y");
    EXPECT_EQ(unknown_repository("app").kind, ErrorKind::undefined_object);
    EXPECT_EQ(unknown_analyzer("f").kind, ErrorKind::undefined_function);
    EXPECT_EQ(newer_format("app").kind, ErrorKind::not_supported);
}

TEST(Quotes, ShowAValueOnOneLineAndOfALongOneAHundredBytesAndItsLength) {
    EXPECT_EQ(quote(""), "\"\"");
    EXPECT_EQ(quote("a\"b\\c"), "\"a\"b\\c\"");
    EXPECT_EQ(quote(std::string_view("a\nb\t\0\x7F", 6)), "\"a?b???\"");
    EXPECT_EQ(quote(std::string(100, 'a')), "\"" + std::string(100, 'a') + "\"");
    EXPECT_EQ(quote(std::string(101, 'a')), "\"" + std::string(100, 'a') + "...\" (101 bytes)");
    EXPECT_EQ(quote(std::string(10000, 'a')), "\"" + std::string(100, 'a') + "...\" (10000 bytes)");
    EXPECT_EQ(quote(std::string(200, '\x80')), "\"" + std::string(100, '\x80') + "...\" (200 bytes)");  // damaged
}

TEST(Quotes, AreCutAtTheBorderOfACharacter) {
    for (std::string character : {"\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"})
        for (size_t before = 0; before < 110; before++) {
            std::string value(before, 'a');
            for (int i = 0; i < 60; i++) value += character;
            std::string text = quote(value);
            ASSERT_TRUE(is_utf8(text));
            const std::string end = "...\" (" + std::to_string(value.size()) + " bytes)";
            ASSERT_TRUE(text.ends_with(end));
            std::string shown = text.substr(1, text.size() - 1 - end.size());
            ASSERT_TRUE(value.starts_with(shown));
            ASSERT_LE(shown.size(), 100u);
            ASSERT_GT(shown.size(), 100 - character.size());
        }
}

}  // namespace
}  // namespace codegraph
