#include "source_text.h"

#include <gtest/gtest.h>

#include <string>

namespace codegraph::index {
namespace {

using namespace std::string_view_literals;

TEST(SourceText, ALineThatNobodyWritesMakesItMinified) {
    std::string longest(longest_line, 'x');
    EXPECT_EQ(check_text("a\n" + longest + "\nb\n"), Unreadable::no);
    EXPECT_EQ(check_text("a\n" + longest + "x\nb\n"), Unreadable::minified);
    EXPECT_EQ(check_text("a\n" + longest + "x"), Unreadable::minified);
}

TEST(SourceText, ANulByteMakesItBinary) {
    EXPECT_EQ(check_text("int a;\0b"sv), Unreadable::binary);
}

TEST(SourceText, WellFormedTextIsReadable) {
    for (std::string_view text :
         {""sv, "int a;\n"sv, "\u00e9\u20ac\U0001F600"sv, "\xEF\xBB\xBFint"sv, "\xF4\x8F\xBF\xBF"sv})
        EXPECT_EQ(check_text(text), Unreadable::no) << text;
}

TEST(SourceText, MalformedUtf8IsUndecodable) {
    for (std::string_view text :
         {"caf\xE9"sv, "\x80"sv, "\xC0\xAF"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xF0\x8F\xBF\xBF"sv,
          "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xE2\x82"sv, "\xC3(x)"sv})
        EXPECT_EQ(check_text(text), Unreadable::undecodable) << text.size();
}

TEST(SourceText, LinesKeepTheirLineFeedsAndAFinalOneStartsNoLine) {
    Lines lines("a\nbb\r\nc\n");
    EXPECT_EQ(lines.count(), 3u);
    EXPECT_EQ(lines.range(1, 1), "a\n");
    EXPECT_EQ(lines.range(2, 3), "bb\r\nc\n");
    EXPECT_EQ(lines.range(3, 9), "c\n");
    EXPECT_EQ(lines.range(4, 4), "");
    EXPECT_EQ(lines.range(2, 1), "");
    EXPECT_EQ(Lines("").count(), 1u);
    EXPECT_EQ(Lines("x").range(1, 1), "x");
    EXPECT_EQ(Lines("\n\n").count(), 2u);
}

}  // namespace
}  // namespace codegraph::index
