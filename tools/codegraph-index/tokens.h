// Cuts source text into tokens: identifiers, strings, punctuation. Comments are left out, and what stands inside of
// strings is no identifier; `${…}` in a JavaScript template is code again. Never fails: what does not close ends with
// its line or with the text.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "language.h"

namespace codegraph::index {

enum class TokenKind : std::uint8_t { identifier, number, string, punctuation };

struct Token {
    TokenKind kind;
    bool directive;  // on a preprocessor line
    std::uint32_t line;
    std::uint32_t end_line;
    std::string_view text;  // of a string: without its quotes; of an `#include <x>`: x, as a string

    bool is(std::string_view punctuation) const { return kind == TokenKind::punctuation && text == punctuation; }
    bool is_word(std::string_view word) const { return kind == TokenKind::identifier && text == word; }
};

// Views into `text`. Punctuation is single characters, but for `::`, `->` and `=>`.
std::vector<Token> tokenize(std::string_view text, Family family);

// How many tokens from `open` (a bracket) to behind the bracket that closes it; to the end when none does.
std::size_t skip_brackets(const std::vector<Token>& tokens, std::size_t open);

}  // namespace codegraph::index
