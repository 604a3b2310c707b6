// UTF-8 against the table of well-formed sequences in the Unicode standard.
#include "base/utf8.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "outcome.h"
#include "random.h"

namespace codegraph {
namespace {

// Table 3-7: the first byte gives the length and the range of the second byte; all others are 80..BF.
bool well_formed(std::string_view text) {
    for (size_t i = 0; i < text.size();) {
        auto byte = [&](size_t k) { return static_cast<unsigned char>(text[i + k]); };
        unsigned char lead = byte(0), low = 0x80, high = 0xBF;
        size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
        if (length == 0 || text.size() - i < length) return false;
        if (length > 1 && (byte(1) < low || byte(1) > high)) return false;
        for (size_t k = 2; k < length; k++)
            if (byte(k) < 0x80 || byte(k) > 0xBF) return false;
        i += length;
    }
    return true;
}

TEST(Utf8, AgreesWithTheTableForEveryOneTwoAndThreeBytes) {
    for (uint32_t n = 0; n < 1 << 24; n++) {
        const char bytes[] = {static_cast<char>(n >> 16), static_cast<char>(n >> 8), static_cast<char>(n)};
        size_t length = n < 1 << 8 ? 1 : n < 1 << 16 ? 2 : 3;
        if (length == 3 && n % 7 != 0) continue;
        std::string_view text(bytes + 3 - length, length);
        ASSERT_EQ(is_utf8(text), well_formed(text)) << to_hex(text);
    }
    EXPECT_TRUE(is_utf8(""));
}

TEST(Utf8, AgreesWithTheTableForLongerTextsNearTheBorders) {
    Random random(4);
    const unsigned char interesting[] = {0x00, 'a',  0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0,
                                         0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF};
    int valid = 0;
    for (int i = 0; i < 500000; i++) {
        std::string text(random.one_in(4) ? random.below(80) : 0, 'a');
        for (uint64_t n = 1 + random.below(5); n > 0; n--) text += static_cast<char>(random.of(interesting));
        ASSERT_EQ(is_utf8(text), well_formed(text)) << to_hex(text);
        valid += well_formed(text);
    }
    EXPECT_GT(valid, 1000);
}

TEST(Utf8, AppendsEveryCodePoint) {
    std::string before;
    for (char32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        if (code_point == 0xD800) code_point = 0xE000;
        std::string text = "a";
        append_utf8(text, code_point);
        ASSERT_TRUE(well_formed(text)) << to_hex(text);
        // Bytes ascend as code points do, and there are as many texts of one character as code points.
        ASSERT_GT(text, before) << to_hex(text);
        before = text;
    }
    EXPECT_EQ(before, "a\xF4\x8F\xBF\xBF");
}

}  // namespace
}  // namespace codegraph
