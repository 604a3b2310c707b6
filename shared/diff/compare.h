// Pairs the chunks of two snapshots and tells what happened to each: what cg_compare_commits calls a change.
//
// The definition speaks of whole snapshots. These rules say why much less has to be read.
//
// 1. The caller gives the live chunks of the files whose versions differ. It may give more, as whole files on both
//    sides. That changes nothing.
// 2. Pairing needs no unchanged file, not even one that defines the same FQN. Such a file has the same chunks in the
//    same order on both sides, and the first pass pairs by (content, file) within (FQN, kind). In each group of that
//    pass that has chunks of the file, both sides are equal and the k-th meets the k-th. So every chunk of the file
//    meets itself, and none is left for a later pass. Chunks without an FQN pair within their file anyway.
// 3. A chunk of an unchanged file that meets itself has the same content, file and dependencies: these are compared as
//    they were saved.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/task.h"

namespace codegraph {

struct ComparedDependency {
    std::string_view relationship;
    std::string_view target;  // all that it names, as saved
    auto operator<=>(const ComparedDependency&) const = default;
};

struct ComparedChunk {
    std::string_view chunk_id, file_path, kind;
    std::string_view content_hash;  // in any form that is the same on both sides
    std::optional<std::string_view> fqn;
    std::vector<ComparedDependency> dependencies;  // in any order; equal ones count once
};

enum class Change { added, deleted, modified, moved, relinked };  // in the order of their names
std::string_view name_of(Change change);

struct ChangedChunk {
    Change change;
    const ComparedChunk* before;  // null when added
    const ComparedChunk* after;   // null when deleted
    int64_t dependencies_added, dependencies_removed;
};

// Returns the changes in the order of cg_compare_commits. Both sides hold live chunks in reader order. The pointers of
// the changes lead into them. Looks for interrupts meanwhile.
Task<std::vector<ChangedChunk>> compare_chunks(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to);

}  // namespace codegraph
