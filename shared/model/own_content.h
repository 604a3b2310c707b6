// The own content of a chunk is its content without the lines of the live chunks nested in it. Nested is a chunk of the
// same file version whose lines are within those of the chunk, and are not the same lines.
//
// Line k of the content is line start_line + k - 1 of the file, and lines keep their line feeds. Where the content has
// not as many lines as the chunk says, nothing is taken away.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/file_version.h"

namespace codegraph {

// Returns how many lines a content has: its line feeds, a final one not counted, and one.
int64_t count_lines(std::string_view content);

// Knows the lines of the live chunks of a file version.
class NestedLines {
public:
    explicit NestedLines(const FileVersion& file);  // whose chunks are in canonical order

    // Returns whether a live chunk is nested in these lines.
    bool are_in(int64_t start_line, int64_t end_line) const;
    // Returns the parts of the content of a chunk that are its own, in order; a part begins where a nested chunk ends.
    // Takes time for the length of the content, however many chunks there are.
    std::vector<std::string_view> own_parts(const Chunk& chunk, std::string_view content) const;

private:
    struct Lines {
        int64_t start, end;
        auto operator<=>(const Lines&) const = default;
    };
    size_t first_from(int64_t line) const;
    int64_t end_of_nested(size_t& next, int64_t line, const Chunk& chunk) const;

    std::vector<Lines> lines_;        // of live chunks, ascending, each once
    std::vector<int64_t> least_end_;  // by index in lines_: the least end of this and all that follow
};

}  // namespace codegraph
