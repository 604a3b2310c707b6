// Files as a source of code offers them: git's blobs or a directory's files.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace codegraph::index {

struct SourceFile {
    std::string path;  // relative, with `/`
    std::string hash;  // git's blob id
    std::string mode;  // as git writes it: 100644, 100755, 120000 (link), 160000 (submodule)
};

struct Changes {
    std::vector<SourceFile> present;  // added or modified
    std::vector<std::string> gone;
};

// The bytes of a file; nothing when they are more than the limit.
using ReadFile = std::function<std::optional<std::string>(const SourceFile& file, std::uint64_t limit)>;

}  // namespace codegraph::index
