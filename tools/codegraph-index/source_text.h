// Looks whether the text of a source file can be indexed, and finds its lines.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace codegraph::index {

enum class Unreadable : std::uint8_t { no, binary, undecodable, minified };

// Code that people wrote has no longer line. Chunks are whole lines, so hundreds of chunks on one longer line would
// each hold all of it.
inline constexpr std::size_t longest_line = 20000;  // bytes

// Tells why a text cannot be indexed: it has a NUL byte (binary), is not UTF-8 (undecodable), or has a line that is
// longer than longest_line (minified).
Unreadable check_text(std::string_view bytes);
bool is_utf8(std::string_view text);

// The lines of a text, counted from 1. A final line feed does not start another line. An empty text has one empty line.
class Lines {
public:
    explicit Lines(std::string_view text);
    std::uint32_t count() const { return static_cast<std::uint32_t>(starts_.size()); }
    // Returns the lines from the first to the last, each with its line feed.
    std::string_view range(std::uint32_t first, std::uint32_t last) const;

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

}  // namespace codegraph::index
