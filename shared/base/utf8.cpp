#include "base/utf8.h"

#include <simdjson.h>

namespace codegraph {

bool is_utf8(std::string_view text) noexcept {
    return simdjson::validate_utf8(text.data(), text.size());
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
