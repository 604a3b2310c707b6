#include "tokens.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace codegraph::index {
namespace {

bool starts_word(char c, Family family) {
    auto byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) || c == '_' || byte >= 0x80 || (c == '$' && family != Family::python);
}

bool continues_word(char c, Family family) {
    return starts_word(c, family) || std::isdigit(static_cast<unsigned char>(c));
}

class Tokenizer {
public:
    Tokenizer(std::string_view text, Family family) : text_(text), family_(family) {
        if (text.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }

    std::vector<Token> run() {
        while (at_ < text_.size()) step();
        return std::move(tokens_);
    }

private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool at(std::string_view what) const { return text_.substr(at_).starts_with(what); }

    void add(TokenKind kind, std::size_t begin, std::size_t end, std::uint32_t line) {
        tokens_.push_back({kind, directive_, line, line_, text_.substr(begin, end - begin)});
    }

    void step() {
        char c = peek();
        if (c == '\n') return newline();
        if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
            at_++;
            return;
        }
        if (comment()) return;
        if (starts_word(c, family_)) return word();
        if (std::isdigit(static_cast<unsigned char>(c)) ||
            (c == '.' && std::isdigit(static_cast<unsigned char>(peek(1)))))
            return number();
        if (c == '"' || c == '\'') return quoted();
        if (c == '`' && family_ == Family::javascript) return open_template();
        if (c == '/' && family_ == Family::javascript && regex()) return;
        if (c == '#' && family_ == Family::c && first_on_line()) return directive();
        punctuation();
    }

    void newline() {
        bool continued =
            at_ > 0 && (text_[at_ - 1] == '\\' || (at_ > 1 && text_[at_ - 1] == '\r' && text_[at_ - 2] == '\\'));
        if (!continued) directive_ = false;
        line_++;
        at_++;
    }

    bool first_on_line() const { return tokens_.empty() || tokens_.back().end_line < line_; }

    bool comment() {
        if (family_ == Family::python) {
            if (peek() != '#') return false;
            to_line_end();
            return true;
        }
        if (at("//") || (family_ == Family::javascript && at_ == 0 && at("#!"))) {
            to_line_end();
            return true;
        }
        if (!at("/*")) return false;
        std::size_t end = text_.find("*/", at_ + 2);
        move_to(end == std::string_view::npos ? text_.size() : end + 2);
        return true;
    }

    // A `//` comment of C goes on behind a backslash; it is rare enough to be left to end with its line.
    void to_line_end() { at_ = std::min(text_.find('\n', at_), text_.size()); }

    void move_to(std::size_t end) {
        line_ += static_cast<std::uint32_t>(std::count(text_.begin() + at_, text_.begin() + end, '\n'));
        at_ = end;
    }

    void word() {
        std::size_t begin = at_;
        while (at_ < text_.size() && continues_word(text_[at_], family_)) at_++;
        if ((peek() == '"' || peek() == '\'') && string_prefix(text_.substr(begin, at_ - begin))) return;
        add(TokenKind::identifier, begin, at_, line_);
    }

    // R"x(…)x", u8"…", rb'…': reads the string when the word is a prefix of one.
    bool string_prefix(std::string_view word) {
        if (family_ == Family::c) {
            static constexpr std::array prefixes{"L", "u", "U", "u8", "R", "LR", "uR", "UR", "u8R"};
            if (std::find(prefixes.begin(), prefixes.end(), word) == prefixes.end()) return false;
            if (word.ends_with('R') && peek() == '"') {
                raw_string();
            } else {
                quoted();
            }
            return true;
        }
        if (family_ != Family::python || word.size() > 2) return false;
        if (word.find_first_not_of("rbfuRBFU") != std::string_view::npos) return false;
        quoted();
        return true;
    }

    void raw_string() {
        std::uint32_t line = line_;
        std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos || open - at_ > 17) return quoted();
        std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
        std::size_t end = text_.find(close, open + 1);
        bool closed = end != std::string_view::npos;
        if (!closed) end = text_.size();
        move_to(closed ? end + close.size() : end);
        add(TokenKind::string, open + 1, end, line);
    }

    void quoted() {
        std::string_view mark = text_.substr(at_, 1);
        bool triple = family_ == Family::python && (at("\"\"\"") || at("'''"));
        if (triple) mark = text_.substr(at_, 3);
        std::uint32_t line = line_;
        std::size_t begin = at_ + mark.size();
        at_ = begin;
        while (at_ < text_.size() && !at(mark)) {
            if (text_[at_] == '\n' && !triple) break;
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                at_++;
                if (text_[at_] == '\r' && peek(1) == '\n') at_++;
            }
            if (text_[at_] == '\n') line_++;
            at_++;
        }
        add(TokenKind::string, begin, std::min(at_, text_.size()), line);
        if (at(mark)) at_ += mark.size();
    }

    void open_template() {
        at_++;
        template_text();
    }

    // From inside of a template to its end, or into the code of the next `${`.
    void template_text() {
        std::size_t begin = at_;
        std::uint32_t line = line_;
        while (at_ < text_.size() && text_[at_] != '`' && !at("${")) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) at_++;
            if (text_[at_] == '\n') line_++;
            at_++;
        }
        add(TokenKind::string, begin, at_, line);
        if (peek() == '`') {
            at_++;
        } else if (at("${")) {
            add(TokenKind::punctuation, at_ + 1, at_ + 2, line_);
            at_ += 2;
            templates_.push_back(0);
        }
    }

    // A `/` begins a pattern where no operand stands before it.
    bool regex_may_start() const {
        if (tokens_.empty()) return true;
        const Token& last = tokens_.back();
        if (last.kind == TokenKind::identifier) {
            static constexpr std::array words{"return", "typeof", "case", "in",    "of",    "delete", "void",
                                              "throw",  "new",    "else", "await", "yield", "do",     "instanceof"};
            return std::find(words.begin(), words.end(), last.text) != words.end();
        }
        if (last.kind != TokenKind::punctuation) return false;
        return !last.is(")") && !last.is("]") && !last.is("}") && !last.is("<");
    }

    bool regex() {
        if (!regex_may_start()) return false;
        bool in_class = false;
        for (std::size_t i = at_ + 1; i < text_.size() && text_[i] != '\n'; i++) {
            char c = text_[i];
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                in_class = true;
            } else if (c == ']') {
                in_class = false;
            } else if (c == '/' && !in_class) {
                std::size_t begin = at_;
                for (at_ = i + 1; at_ < text_.size() && continues_word(text_[at_], family_);) at_++;
                add(TokenKind::string, begin, at_, line_);
                return true;
            }
        }
        return false;
    }

    void number() {
        std::size_t begin = at_;
        while (at_ < text_.size()) {
            char c = text_[at_];
            bool sign = (c == '+' || c == '-') && at_ > begin &&
                        std::string_view("eEpP").find(text_[at_ - 1]) != std::string_view::npos;
            bool separator = c == '\'' && family_ == Family::c && std::isxdigit(static_cast<unsigned char>(peek(1)));
            if (!continues_word(c, family_) && c != '.' && !sign && !separator) break;
            if (sign && (text_.substr(begin, 2) == "0x" || text_.substr(begin, 2) == "0X") && text_[at_ - 1] != 'p' &&
                text_[at_ - 1] != 'P')
                break;
            at_++;
        }
        add(TokenKind::number, begin, at_, line_);
    }

    void directive() {
        directive_ = true;
        add(TokenKind::punctuation, at_, at_ + 1, line_);
        at_++;
        while (peek() == ' ' || peek() == '\t') at_++;
        std::size_t begin = at_;
        while (at_ < text_.size() && continues_word(text_[at_], family_)) at_++;
        if (at_ == begin) return;
        add(TokenKind::identifier, begin, at_, line_);
        std::string_view name = tokens_.back().text;
        if (name == "error" || name == "warning") return to_line_end();
        if (name != "include") return;
        while (peek() == ' ' || peek() == '\t') at_++;
        if (peek() != '<') return;
        std::size_t end = std::min(text_.find_first_of(">\n", at_), text_.size());
        add(TokenKind::string, at_ + 1, end, line_);
        at_ = end;
        if (peek() == '>') at_++;
    }

    void punctuation() {
        std::size_t length = at("::") || at("->") || (family_ == Family::javascript && at("=>")) ? 2 : 1;
        char c = peek();
        add(TokenKind::punctuation, at_, at_ + length, line_);
        at_ += length;
        if (templates_.empty()) return;
        if (c == '{') templates_.back()++;
        if (c != '}') return;
        if (templates_.back() > 0) {
            templates_.back()--;
            return;
        }
        templates_.pop_back();
        template_text();
    }

    std::string_view text_;
    Family family_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    bool directive_ = false;
    std::vector<std::size_t> templates_;  // for each open `${`: braces open inside of it
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text, Family family) {
    return Tokenizer(text, family).run();
}

std::size_t skip_brackets(const std::vector<Token>& tokens, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t i = open; i < tokens.size(); i++) {
        if (tokens[i].is("(") || tokens[i].is("[") || tokens[i].is("{")) depth++;
        if (tokens[i].is(")") || tokens[i].is("]") || tokens[i].is("}")) {
            if (depth <= 1) return i + 1;
            depth--;
        }
    }
    return tokens.size();
}

}  // namespace codegraph::index
