#include "extent.h"

#include <algorithm>
#include <array>

namespace codegraph::index {
namespace {

bool one_of(const Token& token, std::string_view characters) {
    return token.kind == TokenKind::punctuation && token.text.size() == 1 &&
           characters.find(token.text[0]) != std::string_view::npos;
}

// A statement goes on in the next line when an operator ends this one or begins that one.
bool statement_goes_on(const Token& last, const Token& next, Family family) {
    if (family == Family::python) return last.is("\\");
    if (one_of(last, "=+-*/%&|^?:,.<>!~([{") || last.is("=>")) return true;
    return one_of(next, ".?:+*/%&|^,=<>)]") || next.is("=>");
}

// `{` opens an object type, not a body: `f(): {a: string} {`, `<T extends {}>`.
bool opens_type(const Token& before) {
    return one_of(before, ":|&<,") || before.is_word("extends");
}

// A signature without a body (an overload, a method of an interface) ends with its line.
bool signature_ends(const std::vector<Token>& tokens, std::size_t i) {
    if (i + 1 >= tokens.size() || tokens[i + 1].line <= tokens[i].end_line) return false;
    const Token& next = tokens[i + 1];
    return !next.is("{") && !statement_goes_on(tokens[i], next, Family::javascript);
}

std::uint32_t end_with_body(const std::vector<Token>& tokens, std::size_t name) {
    bool parameters = false;
    bool arrow = false;
    for (std::size_t i = name + 1; i < tokens.size(); i++) {
        const Token& token = tokens[i];
        if (one_of(token, "([")) {
            parameters = true;
            i = skip_brackets(tokens, i) - 1;
        } else if (token.is("{")) {
            std::size_t behind = skip_brackets(tokens, i);
            if (!opens_type(tokens[i - 1]) || arrow) return tokens[behind - 1].end_line;
            i = behind - 1;
        } else if (one_of(token, ")]}")) {
            return tokens[i - 1].end_line;
        } else if (token.is(";") || (token.is(",") && arrow)) {
            return token.line;
        }
        arrow = arrow || token.is("=>");
        if (parameters && signature_ends(tokens, i)) return tokens[i].end_line;
    }
    return tokens.back().end_line;
}

std::uint32_t end_of_statement(const std::vector<Token>& tokens, std::size_t name, Family family) {
    for (std::size_t i = name; i < tokens.size(); i++) {
        const Token& token = tokens[i];
        if (one_of(token, ")]}")) return i > name ? tokens[i - 1].end_line : token.line;
        if (one_of(token, ";,") && i > name) return token.line;
        if (one_of(token, "([{")) i = skip_brackets(tokens, i) - 1;
        if (family == Family::c || i + 1 >= tokens.size()) continue;
        if (tokens[i + 1].line > tokens[i].end_line && !statement_goes_on(tokens[i], tokens[i + 1], family))
            return tokens[i].end_line;
    }
    return tokens.back().end_line;
}

bool ends_access_label(const std::vector<Token>& tokens, std::size_t colon) {
    if (!tokens[colon].is(":") || colon == 0) return false;
    static constexpr std::array words{"public", "protected", "private"};
    return std::find(words.begin(), words.end(), tokens[colon - 1].text) != words.end();
}

std::uint32_t c_first_line(const std::vector<Token>& tokens, std::size_t name) {
    constexpr std::uint32_t reach = 20;  // lines; what is not found by then is not a declaration we understand
    std::size_t first = name;
    while (first > 0) {
        const Token& before = tokens[first - 1];
        if (before.directive || one_of(before, ";{}") || ends_access_label(tokens, first - 1)) break;
        if (before.line + reach < tokens[name].line) return tokens[name].line;
        first--;
    }
    return tokens[first].line;
}

std::uint32_t decorated_first_line(const Lines& lines, std::uint32_t line) {
    while (line > 1) {
        std::string_view above = lines.range(line - 1, line - 1);
        std::size_t start = above.find_first_not_of(" \t");
        if (start == std::string_view::npos || above[start] != '@') break;
        line--;
    }
    return line;
}

}  // namespace

TokenLines::TokenLines(const std::vector<Token>& tokens, std::uint32_t line_count)
    : tokens_(tokens), first_(line_count + 2, static_cast<std::uint32_t>(tokens.size())) {
    for (std::size_t i = tokens.size(); i-- > 0;)
        if (tokens[i].line < first_.size()) first_[tokens[i].line] = static_cast<std::uint32_t>(i);
}

std::size_t TokenLines::first_on(std::uint32_t line) const {
    return line < first_.size() ? first_[line] : tokens_.size();
}

std::size_t TokenLines::find(std::uint32_t line, std::string_view word) const {
    for (std::size_t i = first_on(line); i < tokens_.size() && tokens_[i].line == line; i++)
        if (tokens_[i].is_word(word)) return i;
    return tokens_.size();
}

std::uint32_t last_line(const std::vector<Token>& tokens, std::size_t name, Family family, bool has_body) {
    return has_body && family != Family::python ? end_with_body(tokens, name) : end_of_statement(tokens, name, family);
}

std::uint32_t first_line(const std::vector<Token>& tokens, std::size_t name, Family family, const Lines& lines,
                         std::uint32_t line) {
    if (family != Family::c) return decorated_first_line(lines, line);
    return name < tokens.size() ? std::min(line, c_first_line(tokens, name)) : line;
}

}  // namespace codegraph::index
