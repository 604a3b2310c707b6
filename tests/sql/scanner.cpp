#include "scanner.h"

namespace codegraph::suite {
namespace {

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<signed char>(c) < 0;
}
bool is_name(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9');
}

std::string quoted(const std::string& value, char mark) {
    std::string out(1, mark);
    for (char c : value) {
        out += c;
        if (c == mark) out += c;
    }
    return out + mark;
}

size_t name_length(std::string_view text) {
    size_t length = 0;
    while (length < text.size() && is_name(text[length])) ++length;
    return length;
}

}  // namespace

void Scanner::begin_line(std::string_view next) {
    line = next;
    at = 0;
    if (!text.empty()) text += '\n';
}

void Scanner::clear_query() {
    text.clear();
    parentheses = 0;
}

void Scanner::take(size_t count) {
    text += line.substr(at, count);
    at += count;
}

Stop Scanner::read_sql() {
    while (at < line.size()) {
        char c = line[at];
        if (quote != Quote::none) {
            read_quoted();
        } else if (starts_with("--")) {
            take(line.size() - at);
        } else if (open_quote() || read_variable(text)) {
            continue;
        } else if (c == '\\') {
            ++at;
            return Stop::backslash;
        } else if (c == ';' && parentheses == 0) {
            take(1);
            return Stop::semicolon;
        } else if (is_name_start(c)) {
            take(name_length(line.substr(at)));
        } else if (text.empty() && is_space(c)) {
            ++at;
        } else {
            if (c == '(') ++parentheses;
            if (c == ')' && parentheses > 0) --parentheses;
            take(starts_with("::") ? 2 : 1);
        }
    }
    return Stop::end_of_line;
}

bool Scanner::open_quote() {
    if (starts_with("/*")) {
        quote = Quote::comment;
        comment_depth = 0;
        return true;  // read_comment() sees the opening mark again and counts it
    }
    bool escaped = (peek() == 'E' || peek() == 'e') && peek(1) == '\'';
    if (escaped || peek() == '\'' || peek() == '"') {
        quote = escaped ? Quote::escaped : peek() == '"' ? Quote::name : Quote::single;
        take(escaped ? 2 : 1);
        return true;
    }
    return open_dollar();
}

bool Scanner::open_dollar() {
    if (peek() != '$') return false;
    size_t length = peek(1) >= '0' && peek(1) <= '9' ? 0 : name_length(line.substr(at + 1));
    if (peek(1 + length) != '$') return false;
    dollar_tag = line.substr(at, length + 2);
    quote = Quote::dollar;
    take(dollar_tag.size());
    return true;
}

void Scanner::read_quoted() {
    if (quote == Quote::comment) return read_comment();
    if (quote == Quote::dollar) {
        if (!starts_with(dollar_tag)) return take(1);
        quote = Quote::none;
        return take(dollar_tag.size());
    }
    if (quote == Quote::escaped && peek() == '\\') return take(2);
    // A doubled mark leaves the literal and enters it again, which comes to the same.
    if (peek() == (quote == Quote::name ? '"' : '\'')) {
        bool doubled = peek(1) == peek();
        if (!doubled) quote = Quote::none;
        return take(doubled ? 2 : 1);
    }
    take(1);
}

void Scanner::read_comment() {
    if (starts_with("/*")) {
        ++comment_depth;
        take(2);
    } else if (starts_with("*/")) {
        if (--comment_depth == 0) quote = Quote::none;
        take(2);
    } else {
        take(1);
    }
}

bool Scanner::read_variable(std::string& out) {
    if (peek() != ':') return false;
    if (peek(1) == ':') return false;
    if (peek(1) == '\'' || peek(1) == '"' || peek(1) == '{') return read_quoted_variable(out);
    size_t length = name_length(line.substr(at + 1));
    auto found = variables.find(std::string(line.substr(at + 1, length)));
    if (length == 0 || found == variables.end()) return false;
    out += found->second;
    at += 1 + length;
    return true;
}

bool Scanner::read_quoted_variable(std::string& out) {
    char mark = peek(1);
    size_t start = at + (mark == '{' ? 3 : 2);
    if (start > line.size() || (mark == '{' && peek(2) != '?')) return false;
    size_t length = name_length(line.substr(start));
    char end = mark == '{' ? '}' : mark;
    if (length == 0 || start + length >= line.size() || line[start + length] != end) return false;
    auto found = variables.find(std::string(line.substr(start, length)));
    if (mark == '{')
        out += found == variables.end() ? "FALSE" : "TRUE";
    else if (found == variables.end())
        return false;
    else
        out += quoted(found->second, mark);
    at = start + length + 1;
    return true;
}

std::string Scanner::read_command() {
    size_t start = at;
    while (at < line.size() && !is_space(line[at]) && line[at] != '\\') ++at;
    return std::string(line.substr(start, at - start));
}

std::optional<std::string> Scanner::read_argument() {
    while (at < line.size() && is_space(line[at])) ++at;
    if (at == line.size() || line[at] == '\\') return std::nullopt;
    std::string argument;
    while (at < line.size() && !is_space(line[at]) && line[at] != '\\') {
        if (line[at] == '\'') {
            read_single_quoted_argument(argument);
        } else if (line[at] == '"') {
            size_t end = line.find('"', at + 1);
            size_t length = end == std::string_view::npos ? line.size() - at : end + 1 - at;
            argument += line.substr(at, length);
            at += length;
        } else if (!read_variable(argument)) {
            argument += line[at++];
        }
    }
    return argument;
}

void Scanner::read_single_quoted_argument(std::string& out) {
    for (++at; at < line.size(); ++at) {
        if (line[at] == '\'') {
            ++at;
            if (peek() != '\'') return;
            out += '\'';
        } else if (line[at] == '\\' && at + 1 < line.size()) {
            char c = line[++at];
            out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
        } else {
            out += line[at];
        }
    }
}

void Scanner::end_command() {
    if (starts_with("\\\\")) at += 2;
}

}  // namespace codegraph::suite
