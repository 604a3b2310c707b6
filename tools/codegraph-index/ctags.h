// Runs one long-lived ctags process, sends it the contents of files and reads the tags that it answers.
#pragma once
#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "tags.h"

namespace codegraph::index {

class Ctags {
public:
    // Starts the program. Throws Error when it cannot be run or is no Universal Ctags with JSON and the interactive
    // mode.
    explicit Ctags(std::string program);
    ~Ctags();
    Ctags(const Ctags&) = delete;
    Ctags& operator=(const Ctags&) = delete;

    // Gives the tags of this content, in any order. `file_name` only decides which parser is used; the file need not
    // exist. Returns false when ctags crashed or hung, and starts it anew.
    bool tags_of(std::string_view file_name, std::string_view content, std::vector<Tag>& tags);

private:
    void start();
    void stop();
    bool write_all(std::string_view bytes);
    bool read_line(std::string& line);

    std::string program_;
    pid_t process_ = -1;
    int to_ctags_ = -1;
    int from_ctags_ = -1;
    std::string buffer_;
    std::size_t consumed_bytes_ = 0;
};

}  // namespace codegraph::index
