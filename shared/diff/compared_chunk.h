// What a comparison knows of the chunks of two snapshots. Their own contents, which few of them need, it asks for.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/rows.h"
#include "engine/task.h"

namespace codegraph {

struct ComparedDependency {
    std::string_view relationship;
    std::string_view target;  // all that it names, as saved
    double confidence = 1;

    auto identity() const { return std::pair(relationship, target); }
};

struct ComparedChunk {
    std::string_view chunk_id, file_path, kind, name;
    std::string_view content_hash, own_hash;  // in any form that is the same on both sides
    std::optional<std::string_view> fqn, visibility, signature;
    std::vector<ComparedDependency> dependencies;  // by identity, each once
    int64_t start_line = 1, end_line = 1;
    uint64_t occurrence = 0;  // of a computed id; 0 for any other
    uint64_t handle = 0;      // by which OwnContents knows it

    auto place_in_file() const { return std::tuple(start_line, end_line, name, occurrence, chunk_id); }
};

struct ChunkPair {
    const ComparedChunk* before;  // null when `after` was added
    const ComparedChunk* after;   // null when `before` was deleted
};

// Reads the own contents of chunks, which model/own_content.h defines.
class OwnContents {
public:
    struct Texts {
        Rows answer;                                       // into which the parts may lead
        std::vector<std::vector<std::string_view>> parts;  // by chunk, in order
    };
    static constexpr size_t most_at_once = 32;

    virtual ~OwnContents() = default;
    // Is given at most most_at_once chunks.
    virtual Task<Texts> read(std::span<const ComparedChunk* const> chunks) = 0;
};

}  // namespace codegraph
