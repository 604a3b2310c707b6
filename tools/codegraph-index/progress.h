// Shows how far the program is: on a terminal a bar that is redrawn, elsewhere a line now and then.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace codegraph::index {

class Progress {
public:
    Progress(std::size_t total_commits, bool quiet);
    ~Progress() { finish(); }

    void commit(std::size_t number, std::string_view id, std::string_view subject);
    // Shows how many of the commit's changed files are done.
    void files(std::size_t done, std::size_t total);
    // Shows how many contents are indexed, after all commits.
    void contents(std::int64_t indexed);
    // Ends the bar's line, so that something else can be printed.
    void finish();

private:
    void draw();

    std::size_t total_;
    bool terminal_;
    bool quiet_;
    bool is_drawn_ = false;
    std::size_t number_ = 0;
    std::size_t files_done_ = 0;
    std::size_t files_total_ = 0;
    std::string title_;
    std::chrono::steady_clock::time_point last_;
};

}  // namespace codegraph::index
