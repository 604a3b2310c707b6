#include "diff/tokens.h"

#include <algorithm>
#include <array>

#include "engine/pace.h"

namespace codegraph {

namespace {

enum class ByteClass : uint8_t { white, word, single };

constexpr std::array<ByteClass, 256> byte_classes = [] {
    std::array<ByteClass, 256> classes{};
    for (int byte = 0; byte < 256; byte++) {
        const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        const bool is_word = is_letter || (byte >= '0' && byte <= '9') || byte == '_' || byte >= 0x80;
        const bool is_white = byte == ' ' || (byte >= '\t' && byte <= '\r');
        classes[static_cast<size_t>(byte)] = is_word    ? ByteClass::word
                                             : is_white ? ByteClass::white
                                                        : ByteClass::single;
    }
    return classes;
}();

ByteClass class_of(char byte) {
    return byte_classes[static_cast<unsigned char>(byte)];
}

}  // namespace

bool TokenReader::next(std::string_view& token) {
    size_t begin = 0;
    while (begin < rest_.size() && class_of(rest_[begin]) == ByteClass::white) begin++;
    if (begin == rest_.size()) return false;
    size_t end = begin + 1;
    if (class_of(rest_[begin]) == ByteClass::word)
        while (end < rest_.size() && class_of(rest_[end]) == ByteClass::word) end++;
    token = rest_.substr(begin, end - begin);
    rest_.remove_prefix(end);
    return true;
}

Task<std::vector<Token>> TokenTable::read(std::span<const std::string_view> parts) {
    std::vector<Token> tokens;
    Pace pace;
    for (std::string_view part : parts) {
        TokenReader reader(part);
        for (std::string_view token; reader.next(token);) {
            tokens.push_back(texts_.intern(token));
            if (pace.is_due()) co_await checkpoint();
        }
    }
    co_return tokens;
}

void TokenTable::put_name(std::vector<Token>& tokens, std::string_view name_of_chunk) const {
    const Token known = texts_.find(name_of_chunk);
    if (known != TextTable::none) std::ranges::replace(tokens, known, name);
}

Task<std::vector<Token>> TokenTable::read_own(std::span<const std::string_view> parts, std::string_view name_of_chunk) {
    std::vector<Token> tokens = co_await read(parts);
    put_name(tokens, name_of_chunk);
    co_return tokens;
}

bool have_same_own_tokens(std::string_view a, std::string_view name_a, std::string_view b, std::string_view name_b) {
    TokenReader reader_a(a), reader_b(b);
    while (true) {
        std::string_view token_a, token_b;
        const bool has_a = reader_a.next(token_a), has_b = reader_b.next(token_b);
        if (!has_a || !has_b) return has_a == has_b;
        const bool is_name_a = token_a == name_a, is_name_b = token_b == name_b;
        if (is_name_a != is_name_b || (!is_name_a && token_a != token_b)) return false;
    }
}

Task<size_t> find_run(std::span<const Token> tokens, std::span<const Token> run) {
    if (run.empty()) co_return 0;
    std::vector<size_t> borders(run.size(),
                                0);  // by place: how much of the run's beginning ends there, the whole apart
    for (size_t i = 1, matched = 0; i < run.size(); i++) {
        while (matched > 0 && run[i] != run[matched]) matched = borders[matched - 1];
        if (run[i] == run[matched]) matched++;
        borders[i] = matched;
    }
    size_t matched = 0;
    Pace pace;
    for (size_t i = 0; i < tokens.size(); i++) {
        while (matched > 0 && tokens[i] != run[matched]) matched = borders[matched - 1];
        if (tokens[i] == run[matched]) matched++;
        if (matched == run.size()) co_return i + 1 - run.size();
        if (pace.is_due()) co_await checkpoint();
    }
    co_return no_run;
}

}  // namespace codegraph
