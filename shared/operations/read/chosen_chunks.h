// Rows of cg_chunks for chunks that another reader chooses.
#pragma once
#include <functional>

#include "engine/task.h"
#include "storage/file_store.h"
#include "storage/repository.h"
#include "tree/node.h"

namespace codegraph {

// Is the chunk with so many live ones before it in the file of this path taken?
using ChunkChoice = std::function<bool(const std::string& path, size_t live)>;

// Of these files of a tree, in their order; contents are read only of files with a chunk that is taken.
Task<> yield_chosen_chunks(const Repository& repository, std::vector<TreeEntry> entries, ChunkChoice choice);

// These chunks, in their order; `prefix` stands before each row.
Task<> yield_chunks_at(const Repository& repository, std::vector<ChunkInFile> places, std::vector<Cell> prefix);

}  // namespace codegraph
