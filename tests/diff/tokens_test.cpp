#include "diff/tokens.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "random.h"
#include "task_runner.h"

namespace codegraph {
namespace {

std::vector<std::string> tokens_of(std::string_view text) {
    TokenReader reader(text);
    std::vector<std::string> tokens;
    for (std::string_view token; reader.next(token);) tokens.emplace_back(token);
    return tokens;
}

TEST(Tokens, AreWordsAndSingleBytes) {
    using Tokens = std::vector<std::string>;
    EXPECT_EQ(tokens_of("def f_1(x2):\n\treturn a+=é"),
              (Tokens{"def", "f_1", "(", "x2", ")", ":", "return", "a", "+", "=", "é"}));
    EXPECT_EQ(tokens_of(" \t\n\v\f\r"), Tokens{});
    EXPECT_EQ(tokens_of(""), Tokens{});
    EXPECT_EQ(tokens_of("\x01\x7f\x1f"), (Tokens{"\x01", "\x7f", "\x1f"}));  // no white space, and no words
    EXPECT_EQ(tokens_of("a\u00a0b"), (Tokens{"a\u00a0b"}));  // a white space of Unicode is a word's part
}

TEST(Tokens, OfAChunkHaveItsNameAsTheName) {
    EXPECT_TRUE(have_same_own_tokens("def f(x)", "f", "def  g(x)", "g"));
    EXPECT_FALSE(have_same_own_tokens("def f(x)", "f", "def g(x)", "h"));
    EXPECT_FALSE(have_same_own_tokens("def f(g)", "f", "def f(g)", "g"));
    EXPECT_FALSE(have_same_own_tokens("f f", "f", "f", "f"));
    EXPECT_TRUE(have_same_own_tokens("", "f", " ", "g"));
}

TEST(Tokens, AreNumberedByTheirTexts) {
    TokenTable table;
    const std::vector<std::string_view> parts{"a b\n", "f a"};
    EXPECT_EQ(result_of(table.read(parts)), (std::vector<Token>{1, 2, 3, 1}));
    EXPECT_EQ(result_of(table.read_own(parts, "f")), (std::vector<Token>{1, 2, TokenTable::name, 1}));
    EXPECT_EQ(result_of(table.read_own(parts, "nowhere")), (std::vector<Token>{1, 2, 3, 1}));
}

TEST(Tokens, HaveARunWhereTheSearchOfTheLibraryFindsIt) {
    for (uint64_t seed = 0; seed < 5000; seed++) {
        Random random(seed);
        std::vector<Token> tokens(random.below(40)), run(random.below(5));
        for (Token& token : tokens) token = static_cast<Token>(random.below(2));
        for (Token& token : run) token = static_cast<Token>(random.below(2));
        const auto expected = std::search(tokens.begin(), tokens.end(), run.begin(), run.end());
        const size_t place = result_of(find_run(tokens, run));
        if (expected == tokens.end() && !run.empty())
            ASSERT_EQ(place, no_run) << "seed " << seed;
        else
            ASSERT_EQ(place, static_cast<size_t>(expected - tokens.begin())) << "seed " << seed;
    }
}

TEST(Tokens, LookForInterruptsInALongText) {
    std::string text;
    for (int i = 0; i < 200000; i++) text += "a b ";
    const std::vector<std::string_view> parts(1, text);
    ScriptedDatabase database;
    TokenTable table;
    const std::vector<Token> tokens = database.run(table.read(parts));
    EXPECT_GE(database.checkpoints, 20);
    const std::vector<Token> nowhere{1, 1};
    ScriptedDatabase search;
    EXPECT_EQ(search.run(find_run(tokens, nowhere)), no_run);
    EXPECT_GE(search.checkpoints, 20);
}

}  // namespace
}  // namespace codegraph
