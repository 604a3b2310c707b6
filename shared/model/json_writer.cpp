#include "model/json_writer.h"

#include <charconv>

namespace codegraph {

void JsonWriter::separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_string(name);
    out_ += ':';
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    separate();
    append_string(value);
    return *this;
}

JsonWriter& JsonWriter::real(double value) {
    char digits[32];
    auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    return raw({digits, end});
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

void JsonWriter::append_string(std::string_view value) {
    static constexpr char hex[] = "0123456789abcdef";
    out_ += '"';
    size_t plain = 0;  // where the part begins that needs no escape
    for (size_t i = 0; i < value.size(); i++) {
        auto c = static_cast<unsigned char>(value[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out_.append(value.substr(plain, i - plain));
        plain = i + 1;
        out_ += '\\';
        switch (c) {
            case '\n':
                out_ += 'n';
                break;
            case '\t':
                out_ += 't';
                break;
            case '\r':
                out_ += 'r';
                break;
            case '"':
            case '\\':
                out_ += static_cast<char>(c);
                break;
            default:
                out_ += "u00";
                out_ += hex[c >> 4];
                out_ += hex[c & 15];
        }
    }
    out_.append(value.substr(plain));
    out_ += '"';
}

}  // namespace codegraph
