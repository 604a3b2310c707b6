#include "operations/read/file_content.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/pace.h"
#include "model/own_content.h"
#include "operations/read/files.h"
#include "signatures/readers.h"
#include "storage/file_load.h"

namespace codegraph {

namespace {

constexpr int64_t most_empty_lines = int64_t{1} << 24;

// Returns the first line of a text, with its line feed, and takes it off the text.
std::string_view take_line(std::string_view& text) {
    const size_t feed = text.find('\n');
    const std::string_view line = text.substr(0, feed == std::string_view::npos ? text.size() : feed + 1);
    text.remove_prefix(line.size());
    return line;
}

// The lines of a file that its chunks give. The others are not kept, so that a chunk may stand in any line.
class GivenLines {
public:
    // The chunks are live, and have as many lines as they say.
    explicit GivenLines(std::vector<const StoredChunk*> chunks) : chunks_(std::move(chunks)) {
        std::ranges::sort(chunks_, {}, &StoredChunk::start_line);
        for (const StoredChunk* chunk : chunks_) {
            if (runs_.empty() || chunk->start_line > runs_.back().end + 1)
                runs_.push_back({chunk->start_line, chunk->end_line, 0});
            runs_.back().end = std::max(runs_.back().end, chunk->end_line);
        }
        size_t place = 0;
        for (Run& run : runs_) {
            run.first_place = place;
            place += static_cast<size_t>(run.end - run.start + 1);
        }
        lines_.resize(place);
    }

    // Gives each line the text that its innermost chunk has: it is written last.
    Task<> fill() {
        const auto is_outer = [](const StoredChunk* a, const StoredChunk* b) {
            return std::tuple(a->start_line - a->end_line, a) < std::tuple(b->start_line - b->end_line, b);
        };
        std::ranges::sort(chunks_, is_outer);
        Pace pace;
        for (const StoredChunk* chunk : chunks_) {
            std::string_view rest = *chunk->content;
            size_t place = place_of(chunk->start_line);
            for (int64_t line = chunk->start_line; line <= chunk->end_line; line++) {
                lines_[place++] = take_line(rest);
                if (pace.is_due()) co_await checkpoint();
            }
        }
    }

    int64_t count_empty() const {  // the lines that no chunk gives
        int64_t empty = 0, last = 0;
        for (const Run& run : runs_) {
            empty += run.start - last - 1;
            last = run.end;
        }
        return empty;
    }

    Task<std::string> text() const {
        std::string text;
        int64_t last = 0;
        Pace pace;
        for (const Run& run : runs_) {
            text.append(static_cast<size_t>(run.start - last - 1), '\n');
            last = run.end;
            size_t place = run.first_place;
            for (int64_t line = run.start; line <= run.end; line++) {
                const std::string_view given = lines_[place++];
                text += given;
                if (place < lines_.size() && !given.ends_with('\n')) text += '\n';
                if (pace.is_due()) co_await checkpoint();
            }
        }
        co_return text;
    }

private:
    // Lines without a gap.
    struct Run {
        int64_t start, end;
        size_t first_place;  // in lines_
    };
    size_t place_of(int64_t line) const {
        const Run& run = *std::prev(std::ranges::upper_bound(runs_, line, {}, &Run::start));
        return run.first_place + static_cast<size_t>(line - run.start);
    }

    std::vector<const StoredChunk*> chunks_;
    std::vector<Run> runs_;
    std::vector<std::string_view> lines_;  // of all runs
};

std::vector<const StoredChunk*> chunks_with_their_lines(std::span<const StoredChunk> all) {
    std::vector<const StoredChunk*> chunks;
    for (const StoredChunk& chunk : all)
        if (!chunk.is_deleted && count_lines(*chunk.content) == chunk.end_line - chunk.start_line + 1)
            chunks.push_back(&chunk);
    return chunks;
}

Task<std::string> text_of(const Repository& repository, const std::vector<StoredFile>& file) {
    const StoredChunks chunks = co_await find_chunks(repository, file, WithContent::yes);
    GivenLines lines(chunks_with_their_lines(chunks.all));
    if (lines.count_empty() > most_empty_lines)
        throw invalid("the chunks of file " + quote(file[0].path) + " leave more than " +
                      std::to_string(most_empty_lines) + " lines empty");
    co_await lines.fill();
    co_return co_await lines.text();
}

}  // namespace

Task<> file_content(const Arguments& arguments) {
    const SnapshotAt at = co_await snapshot_at(arguments);
    const std::vector<StoredFile> file = co_await find_live_file(at, arguments.text(file_arguments["file"]));
    std::optional<std::string> text;
    if (!file.empty()) text = co_await text_of(at.repository, file);
    const auto row = row_of<file_content_column>(text);
    co_yield row;
}

}  // namespace codegraph
