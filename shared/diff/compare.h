// Tells what happened to each pair of chunks: what cg_compare_commits calls a change, and its aspects.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diff/compared_chunk.h"

namespace codegraph {

enum class Change { added, deleted, enclosing, modified, moved, relinked, renamed };  // in the order of their names
std::string_view name_of(Change change);

// What of a pair differs, in the order in which it is told.
enum class Aspect { name, path, signature, body, whitespace, visibility, kind, nested, dependencies };

class Aspects {
public:
    void add(Aspect aspect) { bits_ |= bit(aspect); }
    void add_if(bool differs, Aspect aspect) {
        if (differs) add(aspect);
    }
    bool has(Aspect aspect) const { return (bits_ & bit(aspect)) != 0; }
    std::string text() const;  // the names, joined by commas

private:
    static uint32_t bit(Aspect aspect) { return uint32_t{1} << static_cast<uint32_t>(aspect); }
    uint32_t bits_ = 0;
};

struct ChangedChunk {
    Change change;
    ChunkPair pair;
    Aspects aspects;    // of two chunks
    double similarity;  // of two chunks: that of their own tokens
    int64_t dependencies_added, dependencies_removed;
};

// Returns whether the signatures of two chunks differ: both have one, and their tokens are not the same.
bool has_other_signature(const ComparedChunk& before, const ComparedChunk& after);
bool has_other_own_content(const ComparedChunk& before, const ComparedChunk& after);

// Returns the changes among these pairs, in the order of cg_compare_commits. Reads the own contents of changed pairs
// alone. Looks for interrupts meanwhile.
Task<std::vector<ChangedChunk>> find_changes(std::span<const ChunkPair> pairs, OwnContents& contents);

enum class DependencyChange { added, changed, removed };  // in the order of their names
std::string_view name_of(DependencyChange change);

struct ChangedDependency {
    DependencyChange change;
    const ComparedChunk* from;         // the new chunk, else the old one
    const ComparedDependency* before;  // null when added
    const ComparedDependency* after;   // null when removed
};

// Returns which dependencies of these pairs differ, in the order of cg_compare_dependencies. `changed` is one that has
// another confidence. Looks for interrupts meanwhile.
Task<std::vector<ChangedDependency>> find_changed_dependencies(std::span<const ChunkPair> pairs);

}  // namespace codegraph
