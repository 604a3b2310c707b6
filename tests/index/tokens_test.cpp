#include "tokens.h"
#include "random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace codegraph::index {
namespace {

std::string words(std::string_view text, Family family) {
    std::string all;
    for (const Token& token : tokenize(text, family))
        if (token.kind == TokenKind::identifier) all += (all.empty() ? "" : " ") + std::string(token.text);
    return all;
}

TEST(Tokens, CommentsAndStringsHoldNoIdentifiers) {
    EXPECT_EQ(words("a /* b */ c // d\ne \"f\" 'g' \"h\\\" i\" j", Family::c), "a c e j");
    EXPECT_EQ(words("a # b\nc 'd' \"\"\"e\nf\"\"\" g '''h''' i", Family::python), "a c g i");
    EXPECT_EQ(words("a // b\nc 'd' \"e\" /* f\n */ g", Family::javascript), "a c g");
}

TEST(Tokens, PrefixedAndRawStringsAreOneString) {
    EXPECT_EQ(words("x = R\"sql(a \" )\" b)sql\" y u8\"c\" L'd' z", Family::c), "x y z");
    EXPECT_EQ(words("x = rb'a' y F\"b\" z", Family::python), "x y z");
    EXPECT_EQ(words("Rx \"a\" y", Family::c), "Rx y");
}

TEST(Tokens, AStringThatDoesNotCloseEndsWithItsLine) {
    EXPECT_EQ(words("a 'b c\nd", Family::c), "a d");
    EXPECT_EQ(words("<p>don't</p>\nd", Family::javascript), "p don d");
    EXPECT_EQ(words("x = 'b\ny", Family::python), "x y");
}

TEST(Tokens, JavascriptTemplatesHoldCode) {
    EXPECT_EQ(words("`a ${b + `c ${d}` + {e: f}.g} h` i", Family::javascript), "b d e f g i");
    EXPECT_EQ(words("`a \\${b} \\`` c", Family::javascript), "c");
}

TEST(Tokens, JavascriptPatternsAreToldFromDivision) {
    EXPECT_EQ(words("x = /a\"b[/]c/gi; y", Family::javascript), "x y");
    EXPECT_EQ(words("x = a / b / c", Family::javascript), "x a b c");
    EXPECT_EQ(words("return /a'b/.test(c)", Family::javascript), "return test c");
    EXPECT_EQ(words("f(a) / b / c", Family::javascript), "f a b c");
}

TEST(Tokens, NumbersAreNoIdentifiers) {
    EXPECT_EQ(words("1'000'000ull 0x1F 1e-5f .5f 0xe+x 'a'", Family::c), "x");
    EXPECT_EQ(words("1_000n + a", Family::javascript), "a");
}

TEST(Tokens, IncludeGivesThePathAsAStringAndDirectivesAreMarked) {
    std::vector<Token> tokens = tokenize("#include <a/b.h>\n#define X \\\n  y\nz #", Family::c);
    ASSERT_GE(tokens.size(), 3u);
    EXPECT_EQ(tokens[2].kind, TokenKind::string);
    EXPECT_EQ(tokens[2].text, "a/b.h");
    for (const Token& token : tokens) EXPECT_EQ(token.directive, token.line <= 3) << token.text;
    EXPECT_EQ(words("#error don't stop\na", Family::c), "error a");
}

TEST(Tokens, LinesAreCountedThroughEverythingThatSpansLines) {
    for (Family family : {Family::c, Family::python, Family::javascript}) {
        std::string text = family == Family::python ? "'''a\nb''' \\\n \"c\\\nd\"\nx" : "/* a\nb */ \\\n \"c\\\nd\"\nx";
        EXPECT_EQ(tokenize(text, family).back().line, 5u);
    }
    EXPECT_EQ(tokenize("`a\n${b\n}\n` x", Family::javascript).back().line, 4u);
    EXPECT_EQ(tokenize("R\"(a\nb)\" x", Family::c).back().line, 2u);
}

TEST(Tokens, AByteOrderMarkAndWordsBeyondAsciiAreRead) {
    EXPECT_EQ(words("\xEF\xBB\xBFint größe", Family::c), "int größe");
    EXPECT_EQ(words("$a _b", Family::javascript), "$a _b");
}

TEST(Tokens, BracketsAreSkippedToBehindTheClosingOne) {
    std::vector<Token> tokens = tokenize("f(a, [b], {c}) d", Family::c);
    EXPECT_EQ(tokens[skip_brackets(tokens, 1)].text, "d");
    std::vector<Token> open = tokenize("f(a", Family::c);
    EXPECT_EQ(skip_brackets(open, 1), open.size());
}

// Views stay inside of the text, lines never go down, and every text comes to an end.
TEST(Tokens, AnyTextIsCutWithoutLeavingIt) {
    codegraph::Random random(7);
    const std::string alphabet = "ab'\"`\\/*#${}()<>\n\r R1.=:-\xC3\xA9";
    for (int round = 0; round < 20000; round++) {
        std::string text;
        for (std::size_t size = random.below(40); text.size() < size;) text += alphabet[random.below(alphabet.size())];
        for (Family family : {Family::c, Family::python, Family::javascript}) {
            std::uint32_t line = 1;
            for (const Token& token : tokenize(text, family)) {
                ASSERT_GE(token.text.data(), text.data());
                ASSERT_LE(token.text.data() + token.text.size(), text.data() + text.size());
                ASSERT_GE(token.line, line) << text;
                ASSERT_GE(token.end_line, token.line);
                line = token.line;
            }
            ASSERT_LE(line, std::count(text.begin(), text.end(), '\n') + 1);
        }
    }
}

}  // namespace
}  // namespace codegraph::index
