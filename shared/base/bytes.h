// Bytes on their way in and out of our formats: minimal LEB128 varints, big-endian integers, hexadecimal.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace codegraph {

void append_varint(std::string& out, uint64_t value);
void append_big_endian(std::string& out, uint64_t value);  // 8 bytes
void append_real(std::string& out, double value);          // IEEE 754 binary64, big-endian; -0 becomes 0

void append_hex(std::string& out, std::string_view bytes);  // lower case
std::string to_hex(std::string_view bytes);

// Reads a stored value from front to back; whatever does not fit is `corrupt(what)`.
class ByteReader {
public:
    ByteReader(std::string_view bytes, const char* what) : rest_(bytes), what_(what) {}
    bool at_end() const { return rest_.empty(); }
    size_t bytes_left() const { return rest_.size(); }
    uint8_t byte() { return static_cast<uint8_t>(take(1)[0]); }
    uint64_t varint() {  // refuses forms that are not minimal or exceed 64 bits
        if (rest_.empty() || (rest_[0] & 0x80) != 0) return long_varint();
        const auto value = static_cast<uint64_t>(rest_[0]);
        rest_.remove_prefix(1);
        return value;
    }
    double real();
    std::string_view take(uint64_t size) {
        if (size > rest_.size()) fail("it ends early");
        const std::string_view taken(rest_.data(), size);
        rest_.remove_prefix(size);
        return taken;
    }
    [[noreturn]] void fail(const std::string& why) const;

private:
    uint64_t long_varint();

    std::string_view rest_;
    const char* what_;
};

}  // namespace codegraph
