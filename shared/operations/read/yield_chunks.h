// Yields rows of cg_chunks for the chunks that a filter takes, or for given chunks.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/arguments.h"
#include "engine/task.h"
#include "storage/file_load.h"
#include "storage/repository.h"
#include "tree/node.h"

namespace codegraph {

// Returns whether a chunk is taken. `live` is how many live chunks of its file come before it.
using ChunkChoice = std::function<bool(const std::string& path, size_t live)>;

// Takes a chunk that fulfils all conditions that are set.
struct ChunkFilter {
    bool include_deleted = false;
    std::optional<std::string> kind = {}, fqn = {}, id = {};
    std::optional<std::set<std::pair<std::string, size_t>>> places = {};  // path and ordinal
    ChunkChoice choice = {};

    // `live` is how many live chunks of the file come before this chunk.
    bool takes(const Repository& repository, const StoredFile& file, const StoredChunk& chunk, size_t ordinal,
               size_t live) const;
    bool has_id(const Repository& repository, const StoredFile& file, const StoredChunk& chunk) const;
    bool takes_all() const { return !kind && !fqn && !id && !places && !choice; }

    // Returns the ordinals of the chunks of a file that are taken.
    std::vector<size_t> find_taken(const Repository& repository, const StoredFile& file,
                                   std::span<const StoredChunk> chunks) const;
};

// Returns what of contents the caller looks at in the rows of a call.
WithContent used_content(const Arguments& arguments);

// Yields the chunks of these files of a tree that the filter takes, in the order of the files. The cells of `prefix`
// stand in front of each row. Reads contents only of files of which the filter takes a chunk. Columns that are not read
// are NULL.
Task<> yield_chunks(const Repository& repository, std::vector<TreeEntry> entries, const ChunkFilter& filter,
                    WithContent content, std::span<const Cell> prefix = {});

// Yields these chunks, in their order. The cells of `prefix` stand in front of each row.
Task<> yield_chunks_at(const Repository& repository, std::vector<ChunkInFile> places, WithContent content,
                       std::span<const Cell> prefix);

}  // namespace codegraph
