// Where a definition begins and ends, from its tokens: ctags gives no end for JavaScript and TypeScript, nor for plain
// statements, and its first line is that of the name.
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
    // The first token of that word on that line; tokens.size() when there is none.
    std::size_t find(std::uint32_t line, std::string_view word) const;
    std::size_t first_on(std::uint32_t line) const;

private:
    const std::vector<Token>& tokens_;
    std::vector<std::uint32_t> first_;
};

// `has_body`: it ends with the bracket that closes its body (function, class); else it ends as a statement does.
std::uint32_t last_line(const std::vector<Token>& tokens, std::size_t name, Family family, bool has_body);

// The line on which the declaration of the token `name` starts: a return type or `template <…>` above it (C family),
// decorators (Python, TypeScript).
std::uint32_t first_line(const std::vector<Token>& tokens, std::size_t name, Family family, const Lines& lines,
                         std::uint32_t line);

}  // namespace codegraph::index
