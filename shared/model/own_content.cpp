#include "model/own_content.h"

#include <algorithm>

namespace codegraph {

int64_t count_lines(std::string_view content) {
    const int64_t feeds = std::ranges::count(content, '\n');
    return feeds + (content.ends_with('\n') ? 0 : 1);
}

NestedLines::NestedLines(const FileVersion& file) {
    if (file.is_deleted) return;
    for (const Chunk& chunk : file.chunks)
        if (!chunk.is_deleted) lines_.push_back({chunk.start_line, chunk.end_line});
    std::ranges::sort(lines_);
    lines_.erase(std::unique(lines_.begin(), lines_.end()), lines_.end());
    least_end_.resize(lines_.size());
    int64_t least = INT64_MAX;
    for (size_t i = lines_.size(); i > 0; i--) {
        least = std::min(least, lines_[i - 1].end);
        least_end_[i - 1] = least;
    }
}

size_t NestedLines::first_from(int64_t line) const {
    return static_cast<size_t>(std::ranges::lower_bound(lines_, line, {}, &Lines::start) - lines_.begin());
}

bool NestedLines::are_in(int64_t start_line, int64_t end_line) const {
    const size_t first = first_from(start_line);
    if (first == lines_.size()) return false;
    // Of those that begin in the same line, the first is the shortest.
    if (lines_[first].start == start_line && lines_[first].end < end_line) return true;
    const size_t later = first_from(start_line + 1);
    return later < lines_.size() && least_end_[later] <= end_line;
}

// Returns where the longest chunk ends that begins in this line and is nested in the chunk, or the line before. `next`
// is the first of lines_ that does not begin before the line; behind the call, before the next line.
int64_t NestedLines::end_of_nested(size_t& next, int64_t line, const Chunk& chunk) const {
    const size_t behind = first_from(line + 1);
    int64_t most = chunk.end_line;
    if (line == chunk.start_line) most--;  // else it has the same lines
    const auto begin = lines_.begin() + static_cast<ptrdiff_t>(next),
               end = lines_.begin() + static_cast<ptrdiff_t>(behind);
    const auto longer = std::upper_bound(begin, end, Lines{line, most});
    next = behind;
    return longer == begin ? line - 1 : std::prev(longer)->end;
}

std::vector<std::string_view> NestedLines::own_parts(const Chunk& chunk, std::string_view content) const {
    std::vector<std::string_view> parts;
    if (!are_in(chunk.start_line, chunk.end_line) || count_lines(content) != chunk.end_line - chunk.start_line + 1) {
        parts.push_back(content);
        return parts;
    }
    size_t next = first_from(chunk.start_line), begin = 0, at = 0;
    int64_t last_nested = chunk.start_line - 1;  // the last line that a nested chunk takes
    for (int64_t line = chunk.start_line; line <= chunk.end_line; line++) {
        const bool was_nested = line - 1 <= last_nested && line > chunk.start_line;
        if (next < lines_.size() && lines_[next].start == line)
            last_nested = std::max(last_nested, end_of_nested(next, line, chunk));
        const bool is_nested = line <= last_nested;
        if (is_nested && !was_nested && at > begin) parts.push_back(content.substr(begin, at - begin));
        at = std::min(content.find('\n', at), content.size() - 1) + 1;
        if (is_nested) begin = at;
    }
    if (at > begin) parts.push_back(content.substr(begin, at - begin));
    return parts;
}

}  // namespace codegraph
