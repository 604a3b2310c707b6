// A plain directory as a source of code: its files with the ids git would give them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "source_file.h"

namespace codegraph::index {

// All regular files and links below `root` whose path is one of a language, sorted by path; what version control
// keeps for itself (.git, .hg, .svn) is left out, and links are not followed. Without hashes.
std::vector<SourceFile> list_directory(const std::string& root);
// Error when the file cannot be read.
std::optional<std::string> read_from_directory(const std::string& root, const SourceFile& file, std::uint64_t limit);

}  // namespace codegraph::index
