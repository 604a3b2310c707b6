// Cuts source text into tokens: identifiers, numbers, strings, punctuation. Comments are left out. What stands inside
// of a string is no identifier, but `${…}` in a JavaScript template is code again. No text is an error: what does not
// close ends with its line or with the text.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "language.h"

namespace codegraph::index {

enum class TokenKind : std::uint8_t { identifier, number, string, punctuation };

struct Token {
    TokenKind kind;
    bool directive;  // says that the token is on a preprocessor line
    std::uint32_t line;
    std::uint32_t end_line;
    std::string_view text;  // a string has no quotes here; the `<x>` of an `#include` is the string x

    bool is(std::string_view punctuation) const { return kind == TokenKind::punctuation && text == punctuation; }
    bool is_word(std::string_view word) const { return kind == TokenKind::identifier && text == word; }
};

// Returns the tokens, as views into the text. Punctuation is single characters, but for `::`, `->` and `=>`.
std::vector<Token> tokenize(std::string_view text, Family family);

// Returns the index behind the bracket that closes the bracket at `open`, or that of the end when none does.
std::size_t skip_brackets(const std::vector<Token>& tokens, std::size_t open);

}  // namespace codegraph::index
