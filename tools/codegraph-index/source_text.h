// The text of one source file: whether it can be indexed at all, and its lines.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace codegraph::index {

enum class Unreadable : std::uint8_t { no, binary, undecodable, minified };

// Code that people wrote has no longer line. Chunks are whole lines: hundreds on one such line would each hold all of
// it.
inline constexpr std::size_t longest_line = 20000;  // bytes

// Binary is a NUL byte anywhere; undecodable is what is not UTF-8; minified what has a longer line.
Unreadable check_text(std::string_view bytes);
bool is_utf8(std::string_view text);

// The lines of a text, 1-based. A final line feed does not start another line; an empty text has one empty line.
class Lines {
public:
    explicit Lines(std::string_view text);
    std::uint32_t count() const { return static_cast<std::uint32_t>(starts_.size()); }
    // Lines first to last, inclusive, each with its line feed.
    std::string_view range(std::uint32_t first, std::uint32_t last) const;

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

}  // namespace codegraph::index
