#include "source_text.h"

#include <algorithm>

namespace codegraph::index {
namespace {

bool continues(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() - at <= count) return false;
    for (std::size_t i = 1; i <= count; i++)
        if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return false;
    return true;
}

// Returns the length of the character at `at`, or 0 when it is not well formed (overlong, a surrogate, above U+10FFFF).
std::size_t character_length(std::string_view text, std::size_t at) {
    auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(text, at, 1) ? 2 : 0;
    if (lead < 0xE0 || lead > 0xF4) return 0;
    std::size_t rest = lead < 0xF0 ? 2 : 3;
    if (!continues(text, at, rest)) return 0;
    auto second = static_cast<unsigned char>(text[at + 1]);
    if (lead == 0xE0 && second < 0xA0) return 0;
    if (lead == 0xED && second > 0x9F) return 0;
    if (lead == 0xF0 && second < 0x90) return 0;
    if (lead == 0xF4 && second > 0x8F) return 0;
    return rest + 1;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = character_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

static bool has_longer_line(std::string_view text) {
    while (text.size() > longest_line) {
        std::size_t end = text.find('\n');
        if (std::min(end, text.size()) > longest_line) return true;
        text.remove_prefix(end + 1);
    }
    return false;
}

Unreadable check_text(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos) return Unreadable::binary;
    if (!is_utf8(bytes)) return Unreadable::undecodable;
    return has_longer_line(bytes) ? Unreadable::minified : Unreadable::no;
}

Lines::Lines(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        if (at + 1 < text.size()) starts_.push_back(at + 1);
}

std::string_view Lines::range(std::uint32_t first, std::uint32_t last) const {
    if (first < 1 || first > count() || last < first) return {};
    std::size_t begin = starts_[first - 1];
    std::size_t end = last < count() ? starts_[last] : text_.size();
    return text_.substr(begin, end - begin);
}

}  // namespace codegraph::index
