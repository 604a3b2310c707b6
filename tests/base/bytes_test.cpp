// Varints, integers and reals as bytes, and reading them back: nothing but the minimal form is taken.
#include "base/bytes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "outcome.h"
#include "random.h"

namespace codegraph {
namespace {

uint64_t varint_of(std::string_view bytes) {
    ByteReader in(bytes, "a varint");
    uint64_t value = in.varint();
    EXPECT_TRUE(in.at_end());
    return value;
}

// Seven bits at a time, as the format is described.
std::string described_varint(uint64_t value) {
    std::string bytes;
    for (;;) {
        auto group = static_cast<unsigned char>(value % 128);
        value /= 128;
        if (value == 0) return bytes += static_cast<char>(group);
        bytes += static_cast<char>(group + 128);
    }
}

TEST(Varints, AreTheDescribedBytesAndComeBack) {
    Random random(1);
    for (int i = 0; i < 100000; i++) {
        uint64_t value = random.bits() >> random.below(64);
        if (i < 64) value = uint64_t(1) << i;
        if (i >= 64 && i < 128) value = (uint64_t(1) << (i - 64)) - 1;
        std::string bytes;
        append_varint(bytes, value);
        ASSERT_EQ(bytes, described_varint(value)) << value;
        ASSERT_EQ(varint_of(bytes), value);
    }
    EXPECT_EQ(varint_of("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), std::numeric_limits<uint64_t>::max());
}

TEST(Varints, InAnyOtherFormAreCorrupt) {
    using namespace std::string_literals;
    const std::string wrong[] = {"",
                                 "\x80",
                                 "\x80\x00"s,
                                 "\x81\x00"s,
                                 "\xFF\x80\x00"s,
                                 std::string(10, '\x80'),
                                 std::string(9, '\xFF') + "\x02",
                                 std::string(9, '\xFF') + "\x7F",
                                 std::string(10, '\xFF') + "\x01",
                                 std::string(9, '\x80') + "\x00"s};
    for (const std::string& bytes : wrong)
        EXPECT_TRUE(outcome_of([&] { varint_of(bytes); }).starts_with("XX001 data corrupted: a varint: "))
            << to_hex(bytes);
}

// Every text of up to three bytes either is the minimal form of its value or is refused.
TEST(Varints, HaveOneFormEach) {
    for (uint32_t n = 0; n < 1 << 24; n += n < 1 << 16 ? 1 : 251) {
        std::string bytes = {static_cast<char>(n), static_cast<char>(n >> 8), static_cast<char>(n >> 16)};
        ByteReader in(bytes, "x");
        uint64_t value = 0;
        if (outcome_of([&] { value = in.varint(); }) != "ok") continue;
        std::string again;
        append_varint(again, value);
        ASSERT_EQ(again, bytes.substr(0, 3 - in.bytes_left()));
    }
}

TEST(Bytes, IntegersAndRealsAreBigEndian) {
    std::string bytes;
    append_big_endian(bytes, 0x0102030405060708);
    EXPECT_EQ(to_hex(bytes), "0102030405060708");
    bytes.clear();
    append_real(bytes, 1.0);
    append_real(bytes, -2.5);
    append_real(bytes, 0.1);
    EXPECT_EQ(to_hex(bytes), "3ff0000000000000c0040000000000003fb999999999999a");
    ByteReader in(bytes, "x");
    EXPECT_EQ(in.real(), 1.0);
    EXPECT_EQ(in.real(), -2.5);
    EXPECT_EQ(in.real(), 0.1);
    EXPECT_TRUE(in.at_end());
}

TEST(Bytes, MinusZeroIsWrittenAsZero) {
    std::string bytes;
    append_real(bytes, -0.0);
    EXPECT_EQ(bytes, std::string(8, '\0'));
}

TEST(Bytes, HexadecimalIsLowerCase) {
    EXPECT_EQ(to_hex(""), "");
    EXPECT_EQ(to_hex(std::string_view("\x00\x7F\x80\xAB\xFF", 5)), "007f80abff");
}

TEST(ByteReaders, SayWhatEndsEarly) {
    ByteReader in("abc", "a thing");
    EXPECT_EQ(in.take(0), "");
    EXPECT_EQ(in.byte(), 'a');
    EXPECT_EQ(in.bytes_left(), 2u);
    EXPECT_EQ(outcome_of([&] { in.real(); }), "XX001 data corrupted: a thing: it ends early");
    EXPECT_EQ(outcome_of([&] { in.take(3); }), "XX001 data corrupted: a thing: it ends early");
    EXPECT_EQ(outcome_of([&] { in.take(std::numeric_limits<uint64_t>::max()); }),
              "XX001 data corrupted: a thing: it ends early");
    EXPECT_EQ(in.take(2), "bc");
    EXPECT_TRUE(in.at_end());
    EXPECT_EQ(outcome_of([&] { in.byte(); }), "XX001 data corrupted: a thing: it ends early");
}

}  // namespace
}  // namespace codegraph
