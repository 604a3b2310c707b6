// Hashes the own contents of a file version's chunks, which own_content.h defines. Contents that are not in memory are
// read, those alone in which a chunk is nested.
#pragma once
#include <optional>
#include <vector>

#include "engine/task.h"
#include "model/file_version.h"
#include "storage/repository.h"

namespace codegraph {

struct OwnHash {
    std::optional<Digest> hash;  // nothing: the own content is the content
    bool is_known = true;        // false: the content is missing, or does not match its hash
};
// Returns the hash of each chunk's own content.
Task<std::vector<OwnHash>> hash_own_contents(const Repository& repository, const FileVersion& file);

}  // namespace codegraph
