#include "progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace codegraph::index {
namespace {

constexpr std::chrono::milliseconds redraw_after{100};
constexpr std::size_t most_lines = 50;  // of output that goes to a file
constexpr std::size_t bar_width = 24;

std::size_t terminal_width() {
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 80;
    return size.ws_col;
}

// At most that many characters; control characters of a commit message must not reach the terminal.
std::string shorten(std::string_view text, std::size_t characters) {
    std::string shown;
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        bool continues = (byte & 0xC0) == 0x80;
        if (!continues && characters-- == 0) break;
        shown.push_back(byte < 0x20 || byte == 0x7f ? ' ' : c);
    }
    return shown;
}

}  // namespace

Progress::Progress(std::size_t total_commits, bool quiet)
    : total_(total_commits), terminal_(isatty(STDERR_FILENO) == 1), quiet_(quiet) {}

void Progress::commit(std::size_t number, std::string_view id, std::string_view subject) {
    number_ = number;
    files_done_ = files_total_ = 0;
    title_ = std::string(id.substr(0, 12)) + (subject.empty() ? "" : " ") + std::string(subject);
    if (quiet_) return;
    if (terminal_) return draw();
    std::size_t every = (total_ + most_lines - 1) / most_lines;
    if (number == 1 || number == total_ || number % std::max<std::size_t>(every, 1) == 0)
        std::fprintf(stderr, "%zu/%zu %s\n", number, total_, shorten(title_, 80).c_str());
}

void Progress::files(std::size_t done, std::size_t total) {
    files_done_ = done;
    files_total_ = total;
    auto now = std::chrono::steady_clock::now();
    if (quiet_ || !terminal_ || now - last_ < redraw_after) return;
    draw();
}

void Progress::contents(std::int64_t indexed) {
    if (quiet_ || !terminal_) return;
    std::fprintf(stderr, "\r\033[K%lld contents indexed for search", static_cast<long long>(indexed));
    std::fflush(stderr);
    is_drawn_ = true;
}

void Progress::draw() {
    last_ = std::chrono::steady_clock::now();
    double part = files_total_ == 0 ? 0 : static_cast<double>(files_done_) / static_cast<double>(files_total_);
    double done = total_ == 0 ? 1 : (static_cast<double>(number_) - 1 + part) / static_cast<double>(total_);
    auto filled = static_cast<std::size_t>(std::clamp(done, 0.0, 1.0) * bar_width);
    std::string line = "[" + std::string(filled, '#') + std::string(bar_width - filled, '.') + "] " +
                       std::to_string(number_) + "/" + std::to_string(total_) + " ";
    if (files_total_ > 0) line += std::to_string(files_done_) + "/" + std::to_string(files_total_) + " files ";
    line += title_;
    std::fprintf(stderr, "\r\033[K%s", shorten(line, terminal_width() - 1).c_str());
    std::fflush(stderr);
    is_drawn_ = true;
}

void Progress::finish() {
    if (is_drawn_) std::fprintf(stderr, "\r\033[K");
    is_drawn_ = false;
}

}  // namespace codegraph::index
