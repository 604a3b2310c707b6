// Writes and reads the bytes of our formats: minimal LEB128 varints, big-endian integers and reals, and hexadecimal.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace codegraph {

void append_varint(std::string& out, uint64_t value);
void append_big_endian(std::string& out, uint64_t value);  // appends 8 bytes
// Appends an IEEE 754 binary64 in 8 bytes, big-endian. -0 becomes 0.
void append_real(std::string& out, double value);

void append_hex(std::string& out, std::string_view bytes);  // appends hexadecimal digits in lower case
std::string to_hex(std::string_view bytes);

// Reads a stored value from front to back. Throws corrupt() with `what` and the reason when the bytes do not fit.
class ByteReader {
public:
    ByteReader(std::string_view bytes, const char* what) : rest_(bytes), what_(what) {}
    bool at_end() const { return rest_.empty(); }
    size_t bytes_left() const { return rest_.size(); }
    uint8_t byte() { return static_cast<uint8_t>(take(1)[0]); }
    // Reads a varint. A form that is not minimal or exceeds 64 bits is an error.
    uint64_t varint() {
        if (rest_.empty() || (rest_[0] & 0x80) != 0) return long_varint();
        const auto value = static_cast<uint64_t>(rest_[0]);
        rest_.remove_prefix(1);
        return value;
    }
    double real();
    std::string_view take(uint64_t size) {
        if (size > rest_.size()) fail("it ends early");
        const std::string_view bytes(rest_.data(), size);
        rest_.remove_prefix(size);
        return bytes;
    }
    [[noreturn]] void fail(const std::string& why) const;

private:
    uint64_t long_varint();

    std::string_view rest_;
    const char* what_;
};

}  // namespace codegraph
