#include "base/bytes.h"

#include <bit>

#include "base/error.h"

namespace codegraph {

void append_varint(std::string& out, uint64_t value) {
    while (value >= 0x80) {
        out += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    out += static_cast<char>(value);
}

void append_big_endian(std::string& out, uint64_t value) {
    char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = static_cast<char>(value >> (56 - 8 * i));
    out.append(bytes, sizeof bytes);
}

void append_real(std::string& out, double value) {
    append_big_endian(out, std::bit_cast<uint64_t>(value == 0 ? 0.0 : value));
}

void append_hex(std::string& out, std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    const size_t before = out.size();
    out.resize(before + bytes.size() * 2);
    char* to = out.data() + before;
    for (unsigned char b : bytes) {
        *to++ = digits[b >> 4];
        *to++ = digits[b & 15];
    }
}

std::string to_hex(std::string_view bytes) {
    std::string hex;
    append_hex(hex, bytes);
    return hex;
}

void ByteReader::fail(const std::string& why) const {
    throw corrupt(std::string(what_) + ": " + why);
}

uint64_t ByteReader::long_varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        uint8_t b = byte();
        if (shift == 63 && b > 1) fail("a varint exceeds 64 bits");
        if (shift > 0 && b == 0) fail("a varint is not minimal");
        value |= uint64_t(b & 0x7F) << shift;
        if (b < 0x80) return value;
    }
    fail("a varint is too long");
}

double ByteReader::real() {
    uint64_t bits = 0;
    for (unsigned char b : take(8)) bits = bits << 8 | b;
    return std::bit_cast<double>(bits);
}

}  // namespace codegraph
