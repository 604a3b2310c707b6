// Takes a plain directory as a source of code. Its files have the ids that git would give them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "source_file.h"

namespace codegraph::index {

// Returns all regular files and links below `root` whose path is one of a language, sorted by path and without hashes.
// What version control keeps for itself (.git, .hg, .svn) is left out, and links are not followed.
std::vector<SourceFile> list_directory(const std::string& root);
// Returns the bytes of a file, or std::nullopt when they are more than the limit. Throws Error when the file cannot be
// read.
std::optional<std::string> read_from_directory(const std::string& root, const SourceFile& file, std::uint64_t limit);

}  // namespace codegraph::index
