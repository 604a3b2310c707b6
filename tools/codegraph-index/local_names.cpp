#include "local_names.h"

#include <algorithm>
#include <array>

namespace codegraph::index {
namespace {

using Tokens = std::vector<Token>;

bool one_of(const Token& token, std::string_view characters) {
    return token.kind == TokenKind::punctuation && token.text.size() == 1 &&
           characters.find(token.text[0]) != std::string_view::npos;
}

bool is_word_among(const Token& token, std::initializer_list<std::string_view> words) {
    return token.kind == TokenKind::identifier && std::find(words.begin(), words.end(), token.text) != words.end();
}

// These words of C and C++ stand before an expression, not before a declared name.
bool before_expression(const Token& token) {
    return is_word_among(token, {"return", "else",   "case",  "goto",   "throw",     "new",      "delete",   "sizeof",
                                 "do",     "and",    "or",    "not",    "co_return", "co_await", "co_yield", "typename",
                                 "class",  "struct", "enum",  "union",  "namespace", "using",    "operator", "alignof",
                                 "typeof", "define", "ifdef", "ifndef", "undef",     "defined"});
}

bool touches(const Token& left, const Token& right) {
    return left.text.data() + left.text.size() == right.text.data();
}

bool python_declares(const Tokens& tokens, std::size_t i) {
    if (i > 0 && is_word_among(tokens[i - 1], {"for", "as"})) return true;
    if (i > 0 && tokens[i - 1].is(".")) return false;
    if (i + 1 >= tokens.size() || !tokens[i + 1].is("=")) return false;
    return i + 2 >= tokens.size() || !tokens[i + 2].is("=");
}

bool javascript_declares(const Tokens& tokens, std::size_t i) {
    if (i > 0 && is_word_among(tokens[i - 1], {"const", "let", "var"})) return true;
    return i + 1 < tokens.size() && tokens[i + 1].is("=>");
}

bool declares(const Tokens& tokens, std::size_t i, Family family) {
    if (family == Family::c) return declares_in_c(tokens, i);
    return family == Family::python ? python_declares(tokens, i) : javascript_declares(tokens, i);
}

// Finds the parameters in the brackets at `open`: the words behind `(`, `,` or `*` at the first depth.
void add_parameters(const Tokens& tokens, std::size_t open, std::unordered_set<std::string_view>& names) {
    std::size_t end = skip_brackets(tokens, open);
    for (std::size_t i = open + 1; i + 1 < end; i++) {
        bool starts = one_of(tokens[i - 1], "(,*{.");
        if (tokens[i].kind == TokenKind::identifier && starts) names.insert(tokens[i].text);
        if (tokens[i].is("(") || tokens[i].is("[")) i = skip_brackets(tokens, i) - 1;
    }
}

// `(` of a parameter list: behind a definition's name, or before `=>`.
bool opens_parameters(const Tokens& tokens, std::size_t i, const FileChunks& file, Family family) {
    if (!tokens[i].is("(") || i == 0) return false;
    const Token& before = tokens[i - 1];
    if (before.kind == TokenKind::identifier && file.definition_sites.contains({before.line, std::string(before.text)}))
        return true;
    if (family != Family::javascript) return false;
    if (before.is_word("function")) return true;
    std::size_t end = skip_brackets(tokens, i);
    return end < tokens.size() && tokens[end].is("=>");
}

}  // namespace

// `int x =`, `Foo* x;`, `vector<T> x{`: a type, then the name. A binary operator has a blank on both sides or on none.
bool declares_in_c(const std::vector<Token>& tokens, std::size_t i) {
    if (i == 0 || tokens[i].directive || i + 1 >= tokens.size() || !one_of(tokens[i + 1], "=;,)[:{(")) return false;
    if (tokens[i + 1].is("=") && i + 2 < tokens.size() && tokens[i + 2].is("=") &&
        touches(tokens[i + 1], tokens[i + 2]))
        return false;
    const Token& before = tokens[i - 1];
    if (before.kind == TokenKind::identifier) return !before_expression(before);
    if (i < 2 || !one_of(before, "*&>")) return false;
    const Token& type = tokens[i - 2];
    bool after_type = type.kind == TokenKind::identifier || one_of(type, ">*&");
    return after_type && !before_expression(type) && touches(type, before) != touches(before, tokens[i]);
}

std::vector<std::unordered_set<std::string_view>> find_local_names(const std::vector<Token>& tokens, Family family,
                                                                   const FileChunks& file,
                                                                   const std::vector<std::uint32_t>& owners) {
    std::vector<std::unordered_set<std::string_view>> names(file.chunks.size());
    for (std::size_t i = 0; i < tokens.size(); i++) {
        const Token& token = tokens[i];
        if (token.line >= owners.size()) break;
        std::uint32_t owner = owners[token.line];
        const std::string& kind = file.chunks[owner].kind;
        bool holds_locals =
            kind == "function" || kind == "method" || (family == Family::javascript && kind == "constant");
        if (!holds_locals) continue;
        if (family != Family::c && opens_parameters(tokens, i, file, family)) add_parameters(tokens, i, names[owner]);
        if (token.kind != TokenKind::identifier || !declares(tokens, i, family)) continue;
        bool defines = file.definition_sites.contains({token.line, std::string(token.text)});
        if (!defines && token.text != file.chunks[owner].name) names[owner].insert(token.text);
    }
    return names;
}

}  // namespace codegraph::index
