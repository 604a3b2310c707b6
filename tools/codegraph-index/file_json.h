// Writes one analysed file as an element of the argument `files` of cg_replace_files.
#pragma once
#include <string>
#include <string_view>

#include "chunks.h"
#include "references.h"

namespace codegraph::index {

struct FileFacts {
    std::string_view repo_id;
    std::string_view path;
    std::string_view file_hash;
    std::string_view mode;  // as git writes it, such as 100644
    Language language;
    std::string_view text;
};

std::string file_json(const FileFacts& facts, const FileChunks& file, const std::vector<std::uint32_t>& owners,
                      const References& references);
std::string deleted_file_json(std::string_view path);

}  // namespace codegraph::index
