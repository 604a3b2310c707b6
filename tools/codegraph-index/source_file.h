// Describes files as a source of code offers them: git's blobs or the files of a directory.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace codegraph::index {

struct SourceFile {
    std::string path;  // is relative and has `/`
    std::string hash;  // is git's blob id
    std::string mode;  // is written as by git: 100644, 100755, 120000 (link), 160000 (submodule)
};

struct Changes {
    std::vector<SourceFile> present;  // added or modified
    std::vector<std::string> gone;
};

// Returns the bytes of a file, or std::nullopt when they are more than the limit.
using ReadFile = std::function<std::optional<std::string>(const SourceFile& file, std::uint64_t limit)>;

}  // namespace codegraph::index
