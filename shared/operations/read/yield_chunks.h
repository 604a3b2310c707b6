// Rows of cg_chunks for the chunks that a reader chooses.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/task.h"
#include "storage/file_load.h"
#include "storage/repository.h"
#include "tree/node.h"

namespace codegraph {

// Is the chunk with so many live ones before it in the file of this path taken?
using ChunkChoice = std::function<bool(const std::string& path, size_t live)>;

struct ChunkFilter {
    bool include_deleted = false;
    std::optional<std::string> kind = {}, fqn = {}, id = {};
    std::optional<std::set<std::pair<std::string, size_t>>> places = {};  // path and ordinal
    ChunkChoice choice = {};

    // `live`: how many live chunks of the file come before.
    bool takes(const Repository& repository, const StoredFile& file, const StoredChunk& chunk, size_t ordinal,
               size_t live) const;
    bool has_id(const Repository& repository, const StoredFile& file, const StoredChunk& chunk) const;
    bool takes_all() const { return !kind && !fqn && !id && !places && !choice; }

    // The ordinals of the chunks of a file that are taken.
    std::vector<size_t> taken(const Repository& repository, const StoredFile& file,
                              std::span<const StoredChunk> chunks) const;
};

// Yields the chunks of these files of a tree that the filter takes, in the order of the files; `prefix` stands before
// each row. Contents are read only of files with a chunk that is taken.
Task<> yield_chunks(const Repository& repository, std::vector<TreeEntry> entries, const ChunkFilter& filter,
                    std::vector<Cell> prefix = {});

// Yields these chunks, in their order; `prefix` stands before each row.
Task<> yield_chunks_at(const Repository& repository, std::vector<ChunkInFile> places, std::vector<Cell> prefix);

}  // namespace codegraph
