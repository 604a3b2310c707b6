#include "model/json_syntax.h"

#include <string>

#include "base/error.h"
#include "base/utf8.h"

namespace codegraph {

namespace {

class Checker {
public:
    Checker(std::string_view argument, std::string_view text, size_t deepest)
        : argument_(argument), text_(text), deepest_(deepest) {}

    // A loop, not a recursion: `open_` holds the brackets that wait to be closed.
    void check() {
        if (!is_utf8(text_)) throw malformed_json(argument_, "it is not valid UTF-8");
        do {
            skip_blanks();
            begin_value();
        } while (!end_of_values());
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

    // A scalar whole; of an array or object the part in front of its first value.
    void begin_value() {
        char c = next();
        if (c == '{' || c == '[') return open(c);
        if (c == '"') return string();
        if (c == '-' || is_digit()) return number();
        if (c == 't') return word("true");
        if (c == 'f') return word("false");
        if (c == 'n') return word("null");
        fail("a value is expected");
    }
    void open(char bracket) {
        if (open_.size() == deepest_) fail("more than " + std::to_string(deepest_) + " levels");
        open_ += bracket;
        empty_ = true;
        ++at_;
    }

    // After a value or an opening bracket: closes what closes, and goes on to the next value. True at the end of the
    // text.
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
            if (object) key();
            return false;
        }
    }
    void key() {
        skip_blanks();
        if (next() != '"') fail("the name of a field is expected");
        string();
        skip_blanks();
        expect(':', "a colon is expected");
    }

    bool is_digit() const { return next() >= '0' && next() <= '9'; }
    void digits() {
        if (!is_digit()) fail("a digit is expected");
        while (is_digit()) ++at_;
    }
    void number() {
        skip('-');
        if (!skip('0')) digits();
        if (skip('.')) digits();
        if (!skip('e') && !skip('E')) return;
        if (!skip('+')) skip('-');
        digits();
    }
    void word(std::string_view expected) {
        if (!text_.substr(at_).starts_with(expected)) fail("a value is expected");
        at_ += expected.size();
    }

    void string() {
        for (++at_;; ++at_) {
            while (!at_end() && text_[at_] != '"' && text_[at_] != '\\' &&
                   static_cast<unsigned char>(text_[at_]) >= 0x20)
                ++at_;
            if (skip('"')) return;
            if (at_end() || text_[at_] != '\\') fail("the end of a string is expected");
            ++at_;
            if (next() == 'u')
                surrogates();
            else if (at_end() || std::string_view("\"\\/bfnrt").find(text_[at_]) == std::string_view::npos)
                fail("an escape is expected");
        }
    }
    // From the u of an escape to its last character; of a pair of surrogates, to that of the second.
    void surrogates() {
        unsigned unit = code_unit();
        if (unit >= 0xDC00 && unit <= 0xDFFF) fail("a lone surrogate");
        if (unit < 0xD800 || unit > 0xDFFF) return;
        if (!text_.substr(at_ + 1).starts_with("\\u")) fail("a lone surrogate");
        at_ += 2;
        unit = code_unit();
        if (unit < 0xDC00 || unit > 0xDFFF) fail("a lone surrogate");
    }
    unsigned code_unit() {
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

}  // namespace

void check_json(std::string_view argument, std::string_view text, size_t deepest) {
    Checker(argument, text, deepest).check();
}

}  // namespace codegraph
