#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace codegraph {

// Returns how many bytes of ASCII there are in front, in steps of 16.
static size_t ascii_length(std::string_view text) noexcept {
    size_t length = 0;
    uint64_t words[2];
    for (; text.size() - length >= sizeof words; length += sizeof words) {
        std::memcpy(words, text.data() + length, sizeof words);
        if (((words[0] | words[1]) & 0x8080808080808080) != 0) break;
    }
    return length;
}

// Returns how many bytes the character takes with which the text begins, or 0 when it is none. (The Unicode Standard,
// table 3-7.)
static size_t character_length(std::string_view text) noexcept {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() < length) return 0;
    const unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < least || byte(1) > most) return 0;
    for (size_t i = 2; i < length; i++)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    return length;
}

bool is_utf8(std::string_view text) noexcept {
    for (;;) {
        text.remove_prefix(ascii_length(text));
        if (text.empty()) return true;
        const size_t length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
}

void append_utf8(std::string& text, char32_t code_point) {
    if (code_point < 0x80) {
        text += static_cast<char>(code_point);
        return;
    }
    const int continuations = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static constexpr unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(leads[continuations] | code_point >> (6 * continuations));
    for (int left = continuations - 1; left >= 0; left--)
        text += static_cast<char>(0x80 | (code_point >> (6 * left) & 0x3F));
}

}  // namespace codegraph
