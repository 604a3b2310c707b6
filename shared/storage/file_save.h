// Writes file versions to the tables.
#pragma once
#include <optional>
#include <vector>

#include "engine/task.h"
#include "model/file_version.h"
#include "storage/repository.h"

namespace codegraph {

struct NewFile {
    Digest digest;
    const FileVersion* file;
    std::optional<int64_t> indexed_at = {};  // without it, now
    const FileVersion* before = nullptr;     // a stored version: what it has need not be hashed again
};
// Stores the versions that are not there yet, with their contents, symbols, definitions and chunks. A chunk without a
// content has one that is stored.
Task<> save_file_versions(const Repository& repository, std::vector<NewFile> files);

}  // namespace codegraph
