// Finds where a definition begins and ends, from its tokens. ctags gives no end for JavaScript and TypeScript, nor for
// plain statements, and the first line that it gives is that of the name.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "language.h"
#include "source_text.h"
#include "tokens.h"

namespace codegraph::index {

// Finds tokens by line.
class TokenLines {
public:
    TokenLines(const std::vector<Token>& tokens, std::uint32_t line_count);
    // Returns the index of the first token that is this word on this line, or tokens.size().
    std::size_t find(std::uint32_t line, std::string_view word) const;
    std::size_t first_on(std::uint32_t line) const;

private:
    const std::vector<Token>& tokens_;
    std::vector<std::uint32_t> first_;
};

// Returns the last line of the definition whose name is the token `name`. With `has_body` (a function, a class) the
// definition ends with the bracket that closes its body, otherwise as a statement does.
std::uint32_t last_line(const std::vector<Token>& tokens, std::size_t name, Family family, bool has_body);

// Returns the line on which the declaration of the token `name` starts. In the C family that can be a return type or
// `template <…>` above the name, in Python and TypeScript a decorator.
std::uint32_t first_line(const std::vector<Token>& tokens, std::size_t name, Family family, const Lines& lines,
                         std::uint32_t line);

}  // namespace codegraph::index
