// Own contents: against a line by line definition, and examples.
#include "model/own_content.h"

#include <gtest/gtest.h>

#include "random.h"

namespace codegraph {
namespace {

std::string joined(const std::vector<std::string_view>& parts) {
    std::string text;
    for (std::string_view part : parts) text += part;
    return text;
}

Chunk chunk_of_lines(int64_t start, int64_t end, bool is_deleted = false) {
    Chunk chunk;
    chunk.start_line = start;
    chunk.end_line = end;
    chunk.is_deleted = is_deleted;
    return chunk;
}

std::vector<std::string> lines_of(const std::string& content) {
    std::vector<std::string> lines(1);
    for (char c : content) {
        if (!lines.back().empty() && lines.back().back() == '\n') lines.emplace_back();
        lines.back() += c;
    }
    return lines;
}

// The definition, as it stands.
std::string naive_own(const FileVersion& file, const Chunk& chunk, const std::string& content) {
    const std::vector<std::string> lines = lines_of(content);
    if (static_cast<int64_t>(lines.size()) != chunk.end_line - chunk.start_line + 1) return content;
    std::string own;
    for (size_t k = 0; k < lines.size(); k++) {
        const int64_t line = chunk.start_line + static_cast<int64_t>(k);
        bool is_nested = false;
        for (const Chunk& c : file.chunks) {
            const bool same = c.start_line == chunk.start_line && c.end_line == chunk.end_line;
            const bool within = c.start_line >= chunk.start_line && c.end_line <= chunk.end_line;
            if (!file.is_deleted && !c.is_deleted && within && !same && c.start_line <= line && line <= c.end_line)
                is_nested = true;
        }
        if (!is_nested) own += lines[k];
    }
    return own;
}

TEST(OwnContents, AreWhatTheDefinitionSays) {
    Random random(15);
    for (int round = 0; round < 20000; round++) {
        FileVersion file;
        file.is_deleted = random.one_in(20);
        for (uint64_t n = 1 + random.below(8); n > 0; n--) {
            const int64_t start = random.between(1, 12);
            file.chunks.push_back(chunk_of_lines(start, start + random.between(0, 9), random.one_in(5)));
        }
        make_canonical(file);
        const NestedLines nested(file);
        for (const Chunk& chunk : file.chunks) {
            std::string content;
            const int64_t lines =
                chunk.end_line - chunk.start_line + 1 + (random.one_in(6) ? random.between(-1, 1) : 0);
            for (int64_t k = 0; k < lines; k++) content += std::string(random.below(3), 'x') + "\n";
            if (random.one_in(2) && !content.empty()) content.pop_back();
            const std::string own = joined(nested.own_parts(chunk, content));
            ASSERT_EQ(own, naive_own(file, chunk, content));
            ASSERT_TRUE(own == content || nested.are_in(chunk.start_line, chunk.end_line));
        }
    }
}

TEST(OwnContents, OfAClassAreItsLinesWithoutThoseOfItsMethods) {
    FileVersion file;
    file.chunks = {chunk_of_lines(1, 6), chunk_of_lines(2, 3), chunk_of_lines(5, 5)};
    const std::string content = "class A:\n  def f(self):\n    pass\n  x = 1\n  def g(self): pass\n  y = 2\n";
    EXPECT_EQ(joined(NestedLines(file).own_parts(file.chunks[0], content)), "class A:\n  x = 1\n  y = 2\n");
    file.chunks[1].is_deleted = true;
    EXPECT_EQ(joined(NestedLines(file).own_parts(file.chunks[0], content)),
              "class A:\n  def f(self):\n    pass\n  x = 1\n  y = 2\n");
}

}  // namespace
}  // namespace codegraph
