#include "model/json_syntax.h"

#include <cstdint>
#include <cstring>
#include <string>

#include "base/error.h"
#include "base/utf8.h"
#include "engine/request.h"

namespace codegraph {

namespace {

// --- looking at eight bytes at a time

constexpr uint64_t eight(unsigned char byte) {
    return byte * (~uint64_t(0) / 255);
}
// Returns whether one of the eight bytes is less than `limit`, which is at most 128. (Bit Twiddling Hacks, "Determine
// if a word has a byte less than n".)
constexpr bool has_byte_below(uint64_t word, unsigned char limit) {
    return ((word - eight(limit)) & ~word & eight(0x80)) != 0;
}

// Returns how many bytes there are in front of the first quote, backslash or control character.
size_t plain_length(std::string_view text) {
    size_t length = 0;
    uint64_t word;
    for (; text.size() - length >= sizeof word; length += sizeof word) {
        std::memcpy(&word, text.data() + length, sizeof word);
        if (has_byte_below(word, 0x20) || has_byte_below(word ^ eight('"'), 1) || has_byte_below(word ^ eight('\\'), 1))
            break;
    }
    while (length < text.size() && text[length] != '"' && text[length] != '\\' &&
           static_cast<unsigned char>(text[length]) >= 0x20)
        ++length;
    return length;
}

constexpr bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// --- is it JSON?

class Checker {
public:
    Checker(std::string_view argument, std::string_view text, size_t deepest)
        : argument_(argument), text_(text), deepest_(deepest) {}

    // Checks about so many bytes. Returns whether there are more. A loop, not a recursion: `open_` holds the brackets
    // that wait to be closed.
    bool step(size_t bytes) {
        if (at_ == 0 && !is_utf8(text_)) throw malformed_json(argument_, "it is not valid UTF-8");
        const size_t begin = at_;
        do {
            if (at_ - begin >= bytes) return true;
            skip_blanks();
            begin_value();
        } while (!end_of_values());
        return false;
    }

private:
    bool at_end() const { return at_ == text_.size(); }
    char next() const { return at_end() ? '\0' : text_[at_]; }
    bool skip(char c) {
        if (at_end() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    void skip_blanks() {
        while (skip(' ') || skip('\n') || skip('\t') || skip('\r')) continue;
    }
    [[noreturn]] void fail(const std::string& what) const {
        std::string reason = at_end() ? "it ends early: " : "at byte " + std::to_string(at_ + 1) + ": ";
        throw malformed_json(argument_, reason + what);
    }
    void expect(char c, const char* what) {
        if (!skip(c)) fail(what);
    }

    // Passes a scalar whole, and of an array or object the part in front of its first value.
    void begin_value() {
        char c = next();
        if (c == '{' || c == '[') return open(c);
        if (c == '"') return skip_string();
        if (c == '-' || is_digit()) return skip_number();
        if (c == 't') return skip_word("true");
        if (c == 'f') return skip_word("false");
        if (c == 'n') return skip_word("null");
        fail("a value is expected");
    }
    void open(char bracket) {
        if (open_.size() == deepest_) fail("more than " + std::to_string(deepest_) + " levels");
        open_ += bracket;
        empty_ = true;
        ++at_;
    }

    // Passes what closes behind a value or an opening bracket, and goes on to the next value. Returns true at the end
    // of the text.
    bool end_of_values() {
        for (;;) {
            skip_blanks();
            if (open_.empty()) {
                if (!at_end()) fail("the end is expected");
                return true;
            }
            bool object = open_.back() == '{', first = empty_;
            empty_ = false;
            if (skip(object ? '}' : ']')) {
                open_.pop_back();
                continue;
            }
            if (!first) expect(',', object ? "a comma or } is expected" : "a comma or ] is expected");
            if (object) skip_key();
            return false;
        }
    }
    void skip_key() {
        skip_blanks();
        if (next() != '"') fail("the name of a field is expected");
        skip_string();
        skip_blanks();
        expect(':', "a colon is expected");
    }

    bool is_digit() const { return next() >= '0' && next() <= '9'; }
    void skip_digits() {
        if (!is_digit()) fail("a digit is expected");
        while (is_digit()) ++at_;
    }
    void skip_number() {
        skip('-');
        if (!skip('0')) skip_digits();
        if (skip('.')) skip_digits();
        if (!skip('e') && !skip('E')) return;
        if (!skip('+')) skip('-');
        skip_digits();
    }
    void skip_word(std::string_view expected) {
        if (!text_.substr(at_).starts_with(expected)) fail("a value is expected");
        at_ += expected.size();
    }

    void skip_string() {
        for (++at_;; ++at_) {
            at_ += plain_length(text_.substr(at_));
            if (skip('"')) return;
            if (at_end() || text_[at_] != '\\') fail("the end of a string is expected");
            ++at_;
            if (next() == 'u')
                skip_surrogates();
            else if (at_end() || std::string_view("\"\\/bfnrt").find(text_[at_]) == std::string_view::npos)
                fail("an escape is expected");
        }
    }
    // Goes from the u of an escape to its last character. Of a pair of surrogates it goes to that of the second.
    void skip_surrogates() {
        unsigned unit = read_code_unit();
        if (unit >= 0xDC00 && unit <= 0xDFFF) fail("a lone surrogate");
        if (unit < 0xD800 || unit > 0xDFFF) return;
        if (!text_.substr(at_ + 1).starts_with("\\u")) fail("a lone surrogate");
        at_ += 2;
        unit = read_code_unit();
        if (unit < 0xDC00 || unit > 0xDFFF) fail("a lone surrogate");
    }
    unsigned read_code_unit() {
        unsigned unit = 0;
        for (int i = 0; i < 4; i++) {
            ++at_;
            char c = next();
            if (is_digit())
                unit = unit * 16 + static_cast<unsigned>(c - '0');
            else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
                unit = unit * 16 + static_cast<unsigned>((c | 0x20) - 'a' + 10);
            else
                fail("four hexadecimal digits are expected");
        }
        return unit;
    }

    std::string_view argument_, text_;
    size_t deepest_;
    size_t at_ = 0;
    std::string open_;
    bool empty_ = false;  // nothing stands behind the last opening bracket yet
};

// --- what a checked string says

unsigned hexadecimal(std::string_view digits) {
    unsigned value = 0;
    for (char c : digits) value = value * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    return value;
}

// Appends the character of an escape, which begins behind the backslash, and returns how long the escape is.
size_t append_unescaped(std::string& out, std::string_view escape) {
    static constexpr std::string_view letters = "bfnrt", controls = "\b\f\n\r\t";
    if (escape[0] != 'u') {
        const size_t letter = letters.find(escape[0]);
        out += letter == std::string_view::npos ? escape[0] : controls[letter];
        return 1;
    }
    char32_t character = hexadecimal(escape.substr(1, 4));
    if (character < 0xD800 || character > 0xDFFF) {
        append_utf8(out, character);
        return 5;
    }
    character = 0x10000 + ((character - 0xD800) << 10) + (hexadecimal(escape.substr(7, 4)) - 0xDC00);
    append_utf8(out, character);
    return 11;
}

}  // namespace

void skip_json_blanks(std::string_view& rest) {
    size_t blanks = 0;
    while (blanks < rest.size() && is_blank(rest[blanks])) ++blanks;
    rest.remove_prefix(blanks);
}

// Returns where the string ends that begins at `begin`: behind its closing quote.
static size_t end_of_string(std::string_view text, size_t begin) {
    size_t at = begin + 1;
    for (;;) {
        at += plain_length(text.substr(at));
        if (text[at] == '"') return at + 1;
        at += 2;  // a backslash and what it escapes
    }
}

// Returns where the array or object ends with which the text begins.
static size_t end_of_brackets(std::string_view text) {
    size_t at = 0, depth = 0;
    do {
        const char c = text[at];
        if (c == '"') {
            at = end_of_string(text, at);
            continue;
        }
        depth += c == '[' || c == '{';
        depth -= c == ']' || c == '}';
        ++at;
    } while (depth > 0);
    return at;
}

std::string_view take_json_value(std::string_view& rest) {
    size_t end = 0;
    if (rest[0] == '"')
        end = end_of_string(rest, 0);
    else if (rest[0] == '[' || rest[0] == '{')
        end = end_of_brackets(rest);
    else
        while (end < rest.size() && !is_blank(rest[end]) && std::string_view(",]}").find(rest[end]) == rest.npos) ++end;
    const std::string_view value = rest.substr(0, end);
    rest.remove_prefix(end);
    return value;
}

std::string take_json_string(std::string_view& rest) {
    std::string out;
    rest.remove_prefix(1);
    take_part_of_string(rest, out, SIZE_MAX);
    return out;
}

bool is_longer(std::string_view rest, size_t bytes) {
    if (rest.size() <= bytes) return false;
    size_t depth = 0;
    bool in_string = false;
    for (size_t at = 0; at < bytes; at++) {
        if (in_string) {
            at += plain_length(rest.substr(at, bytes - at));
            if (at >= bytes) return true;
            in_string = rest[at] != '"';
            if (in_string) ++at;  // a backslash and what it escapes
        } else {
            in_string = rest[at] == '"';
            depth += rest[at] == '[' || rest[at] == '{';
            depth -= rest[at] == ']' || rest[at] == '}';
        }
        if (!in_string && depth == 0) return false;
    }
    return true;
}

bool take_part_of_string(std::string_view& rest, std::string& out, size_t most) {
    for (size_t taken = 0; taken < most;) {
        const size_t plain = plain_length(rest.substr(0, most - taken));
        out += rest.substr(0, plain);
        rest.remove_prefix(plain);
        taken += plain;
        if (taken >= most) return true;
        const bool at_end = rest[0] == '"';
        rest.remove_prefix(1);
        if (at_end) return false;
        const size_t escape = append_unescaped(out, rest);
        rest.remove_prefix(escape);
        taken += 1 + escape;
    }
    return true;
}

bool take_part_of_value(std::string_view& rest, std::string& out, size_t& depth, size_t most) {
    const size_t begin = rest.size();
    do {
        if (begin - rest.size() >= most) return true;
        skip_json_blanks(rest);
        if (rest[0] == '"') {
            out += take_json_value(rest);
            continue;
        }
        size_t length = 0;
        do {
            const char c = rest[length++];
            depth += c == '[' || c == '{';
            depth -= c == ']' || c == '}';
        } while (depth > 0 && length < most && rest[length] != '"' && !is_blank(rest[length]));
        out += rest.substr(0, length);
        rest.remove_prefix(length);
    } while (depth > 0);
    return false;
}

void check_json(std::string_view argument, std::string_view text, size_t deepest) {
    Checker(argument, text, deepest).step(SIZE_MAX);
}

Task<> check_json_in_steps(std::string_view argument, std::string_view text, size_t deepest) {
    constexpr size_t bytes_between_checkpoints = 1 << 20;
    Checker checker(argument, text, deepest);
    while (checker.step(bytes_between_checkpoints)) co_await checkpoint();
}

bool is_json(std::string_view text, size_t deepest) {
    try {
        check_json("", text, deepest);
        return true;
    } catch (const Error& error) {
        if (error.kind != ErrorKind::malformed_json) throw;
        return false;
    }
}

}  // namespace codegraph
