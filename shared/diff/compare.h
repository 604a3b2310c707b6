// Pairs the chunks of two snapshots and tells what happened to each: what cg_compare_commits calls a change.
//
// The definition speaks of whole snapshots. These rules say why much less has to be read.
//
// 1. The caller gives the live chunks of the files whose versions differ, and of the few other files that rule 4
//    names. It may give more, as whole files on both sides. That changes nothing.
// 2. Pairing needs no unchanged file, not even one that defines the same FQN. Such a file has the same chunks in the
//    same order on both sides, and the first pass pairs by (content, file) within (FQN, kind). In each group of that
//    pass that has chunks of the file, both sides are equal and the k-th meets the k-th. So every chunk of the file
//    meets itself, and none is left for a later pass. Chunks without an FQN pair within their file anyway.
// 3. A chunk of an unchanged file that meets itself has the same content and file. Only the symbol that a saved target
//    stands for can differ: a name T binds to the FQN of the live chunk whose id is T or, without one, to T itself.
//    The chunk T lies in a file that differs, because an unchanged file has it on both sides with the same FQN.
// 4. So a chunk of an unchanged file can be `relinked` exactly if it has an FQN and a dependency saved under one of
//    the names that rebound_targets() returns. Such dependencies are rare: saving binds a target that has an FQN to
//    the FQN, so such a name was saved while no live chunk with that id had an FQN. Most names are no symbol of the
//    repository at all: look them up there first.
// 5. Two chunks with equal saved dependencies have equal bound ones, unless a target among them is rebound. So only
//    three kinds of chunks need their targets bound: those that were added or deleted, those whose saved dependencies
//    differ, and those with a rebound target. They are few where a commit changes a line here and there.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/task.h"

namespace codegraph {

struct ComparedDependency {
    std::string_view relationship;
    std::string_view target;  // as saved
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

// Returns the names that stand for another symbol in `from` than in `to`, ascending. They are ids of live chunks of
// files that differ. The function takes what ChunkComparison takes, and does not look at dependencies.
Task<std::vector<std::string_view>> rebound_targets(std::span<const ComparedChunk> from,
                                                    std::span<const ComparedChunk> to);

// The symbols that saved targets stand for in a snapshot. A target that is not in the map stands for itself.
using Symbols = std::map<std::string, std::string, std::less<>>;

struct ChunkPair {
    const ComparedChunk* before;     // null when `after` was added
    const ComparedChunk* after;      // null when `before` was deleted
    bool same_dependencies = false;  // whatever symbols the targets stand for
};

// All of it looks for interrupts meanwhile.
class ChunkComparison {
public:
    // Both sides hold live chunks in reader order, and must outlive the comparison. `rebound_names` are what
    // rebound_targets() returns for the files that differ. Files that are the same on both sides add no name to these.
    static Task<ChunkComparison> make(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to,
                                      std::span<const std::string_view> rebound_names);

    // Returns the targets whose symbols changes() needs, ascending.
    Task<std::vector<std::string_view>> targets_to_bind() const;
    // Returns the changes in the order of cg_compare_commits. Their pointers lead into the two sides.
    Task<std::vector<ChangedChunk>> changes(const Symbols& from_symbols, const Symbols& to_symbols) const;

private:
    ChunkComparison() = default;

    std::vector<ChunkPair> pairs_;
};

}  // namespace codegraph
