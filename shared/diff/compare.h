// What cg_compare_commits calls a change: pairs the chunks of two snapshots and tells what happened to each.
//
// Which chunks are needed. The definition speaks of whole snapshots, but it is enough to give the live chunks of the
// files whose versions differ, and of the few others that rebound_targets() leads to; more may be given (whole files,
// on both sides) and changes nothing:
// - Pairing needs no unchanged file, not even one that defines the same FQN. Such a file has the same chunks in the
//   same order on both sides, and the first pass pairs by (content, file) within (fqn, kind): in each of its groups
//   the two sides are equal and k meets k, so every chunk of the file meets itself. None is left for a later pass, and
//   that pass does not look across files. Without an FQN, pairing stays within a file anyway.
// - A chunk of an unchanged file that meets itself has the same content and file. What can differ is the symbol that a
//   saved target stands for: a name T binds to the FQN of the live chunk whose id is T, else to T itself. The chunk T
//   lies in a file that differs (an unchanged file has it on both sides, with the same FQN). So a chunk of an unchanged
//   file can be `relinked` exactly if it has an FQN and a dependency saved under one of the names that
//   rebound_targets() gives. They are rare: saving binds a target that has an FQN to the FQN, so such a name was saved
//   while no live chunk with that id had one. Most are no symbol of the repository at all: look them up there first.
//
// Which targets have to be bound. Two chunks with equal saved dependencies have equal bound ones, unless a target among
// them is rebound. So only the targets of chunks that were added or deleted, whose saved dependencies differ, or that
// have a rebound one are asked for: few, where a commit changes a line here and there.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace codegraph {

struct ComparedDependency {
    std::string_view relationship;
    std::string_view target;  // as saved
    auto operator<=>(const ComparedDependency&) const = default;
};

struct ComparedChunk {
    std::string_view chunk_id, file_path, kind;
    std::string_view content_hash;  // any form, the same on both sides
    std::optional<std::string_view> fqn;
    std::vector<ComparedDependency> dependencies;  // any order; equal ones count once
};

enum class Change { added, deleted, modified, moved, relinked };  // in the order of their names
std::string_view name_of(Change change);

struct ChangedChunk {
    Change change;
    const ComparedChunk* before;  // null when added
    const ComparedChunk* after;   // null when deleted
    int64_t dependencies_added, dependencies_removed;
};

// Names that stand for another symbol in `from` than in `to`, ascending: ids of live chunks of files that differ. Takes
// what ChunkComparison takes; dependencies are not looked at.
std::vector<std::string_view> rebound_targets(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to);

// What saved targets stand for in a snapshot; one that is not there stands for itself.
using Symbols = std::map<std::string, std::string, std::less<>>;

struct ChunkPair {
    const ComparedChunk* before;     // null: after was added
    const ComparedChunk* after;      // null: before was deleted
    bool same_dependencies = false;  // whatever the symbols are
};

class ChunkComparison {
public:
    // Both sides in reader order, live chunks only; they must outlive the comparison. `rebound`: what rebound_targets()
    // gives for the files that differ; more of the same files on both sides add none.
    ChunkComparison(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to,
                    std::span<const std::string_view> rebound_names);

    // The targets whose symbols changes() needs, ascending.
    std::vector<std::string_view> targets_to_bind() const;
    // In the order of cg_compare_commits; the pointers lead into the two sides.
    std::vector<ChangedChunk> changes(const Symbols& from_symbols, const Symbols& to_symbols) const;

private:
    std::vector<ChunkPair> pairs_;
};

}  // namespace codegraph
