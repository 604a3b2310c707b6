// Looks for a text in another one. ASCII letters are equal without regard to case. Every other byte equals only itself.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace codegraph {

inline constexpr unsigned char fold_case(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte | 0x20) : byte;
}

// Looks for the two bytes of the wanted text that are likely to be the rarest, at their distance, and compares the
// whole text where both are. It looks at sixteen places at a time where the processor can. Where that takes many more
// bytes than the text has, because text and wanted text repeat themselves, it goes on in a way that looks at each byte
// once.
class Substring {
public:
    explicit Substring(std::string_view text);  // not empty
    bool is_in(std::string_view text) const;
    const std::string& folded() const { return folded_; }

private:
    // Hits where a byte of the text, or-ed with `mask`, is `byte`.
    struct Probe {
        size_t offset;
        unsigned char byte, mask;
        bool hits(const unsigned char* place) const { return (place[offset] | mask) == byte; }
    };
    Probe probe_at(size_t offset) const;
    bool is_at(const unsigned char* place, int64_t& budget) const;
    bool is_in_sixteen(const unsigned char* place, int64_t& budget) const;
    bool is_in_repetitive(std::string_view text) const;

    std::string folded_;
    Probe first_, second_;
    mutable std::vector<size_t> shifts_;  // by length of a beginning: that of its longest other end; once it is needed
};

}  // namespace codegraph
