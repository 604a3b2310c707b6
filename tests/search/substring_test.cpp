#include "search/substring.h"
#include "random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace codegraph {
namespace {

bool naively_in(std::string_view wanted, std::string_view text) {
    auto same = [](char a, char b) {
        auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return fold(a) == fold(b);
    };
    return !std::ranges::search(text, wanted, same).empty();
}

// In a buffer that ends where the text does, so that AddressSanitizer sees a byte too many being read.
bool is_in(const Substring& wanted, std::string_view text, size_t alignment) {
    std::vector<char> buffer(alignment + text.size());
    std::ranges::copy(text, buffer.begin() + static_cast<ptrdiff_t>(alignment));
    return wanted.is_in({buffer.data() + alignment, text.size()});
}

TEST(Substring, EveryPlaceAlignmentAndSizeIsFound) {
    for (size_t size = 1; size <= 40; size++)
        for (size_t text_size = size; text_size <= size + 40; text_size++)
            for (size_t place = 0; place + size <= text_size; place++) {
                std::string text(text_size, '.');
                for (size_t i = 0; i < size; i++) text[place + i] = static_cast<char>('a' + i % 26);
                const std::string wanted = text.substr(place, size);
                const Substring substring(wanted);
                EXPECT_TRUE(is_in(substring, text, text_size % 16)) << size << " at " << place << " of " << text_size;
                text[place + size / 2] = '!';
                EXPECT_FALSE(is_in(substring, text, text_size % 16)) << size << " at " << place << " of " << text_size;
            }
}

TEST(Substring, OnlyAsciiLettersAreFolded) {
    for (int a = 1; a < 256; a++)
        for (int b = 1; b < 256; b++) {
            const char one = static_cast<char>(a), other = static_cast<char>(b);
            const std::string text = std::string(20, one), wanted(3, other);
            EXPECT_EQ(Substring(wanted).is_in(text), naively_in(wanted, text)) << a << " " << b;
        }
}

TEST(Substring, RandomTextsAgreeWithANaiveSearch) {
    const uint64_t seed = fresh_seed();
    SCOPED_TRACE(seed_text(seed));
    Random random(seed);
    const std::vector<std::string> alphabets = {"ab", "aAbB", "a@[`{\xC3\xA9\xE9", "etaoin shrdlu_%*\\'\"\n",
                                                "\x01\x7F\x80\xFFzZ"};
    size_t hits = 0;
    for (int round = 0; round < 200000; round++) {
        const std::string& alphabet = alphabets[random.below(alphabets.size())];
        auto text_of = [&](size_t size) {
            std::string text;
            for (size_t i = 0; i < size; i++) text += alphabet[random.below(alphabet.size())];
            return text;
        };
        const std::string text = text_of(random.below(80)),
                          wanted = text_of(1 + random.below(random.below(4) ? 4 : 70));
        const bool expected = naively_in(wanted, text);
        ASSERT_EQ(is_in(Substring(wanted), text, random.below(32)), expected) << wanted << "\n" << text;
        hits += expected;
    }
    EXPECT_GT(hits, 1000u);
}

// Nearly the whole wanted text is at every second place.
TEST(Substring, IsLookedForInATextThatRepeatsItselfAsLongAsItIs) {
    std::string text, wanted;
    for (int i = 0; i < 500000; i++) text += i % 3 ? "aB" : "Ab";
    for (int i = 0; i < 100000; i++) wanted += "ab";
    EXPECT_FALSE(Substring(wanted + "ba").is_in(text));
    EXPECT_TRUE(Substring(wanted).is_in(text));
    EXPECT_TRUE(Substring("B" + wanted + "c").is_in(text + "c"));
    EXPECT_FALSE(Substring("BA" + wanted + "c").is_in(text + "c"));
    EXPECT_TRUE(Substring(wanted + "ba").is_in(text + "baab"));
    EXPECT_FALSE(Substring(wanted + "cab").is_in(text + text));
}

TEST(Substring, OfRepeatedPartsAgreesWithANaiveSearch) {
    Random random(3);
    for (int round = 0; round < 300; round++) {
        const std::string part = std::string(1 + random.below(3), 'a') + "b";
        std::string text, wanted;
        for (int i = 0; i < 3000; i++) text += part;
        const size_t size = 200 + random.below(2000);
        wanted = text.substr(random.below(4), size);
        if (random.one_in(2)) wanted[size - 1 - random.below(20)] ^= 3;
        if (random.one_in(2)) text[random.below(text.size())] ^= 3;
        if (random.one_in(2)) text += wanted;
        ASSERT_EQ(Substring(wanted).is_in(text), naively_in(wanted, text)) << wanted << "\n" << text;
    }
}

}  // namespace
}  // namespace codegraph
