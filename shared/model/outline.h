// The outline of a file version: what a graph needs of it, in one packed column. Names are keys of codegraph_symbols.
// The format stands at the head of outline.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace codegraph {

struct OutlineChunk {
    int64_t symbol;  // the name it defines: its FQN; without one, its chunk id
    int64_t kind;
    int64_t start_line, end_line;
    bool has_fqn, is_deleted;
    std::optional<std::string> name;  // nothing: the last part of the FQN; without FQN, `unknown`
    uint64_t number;                  // of a computed id
    std::optional<std::string> explicit_id;
};

struct OutlineDependency {
    uint64_t from;  // ordinal of a chunk
    int64_t target;
    int64_t relationship;
    double confidence;
};

struct Outline {
    std::vector<OutlineChunk> chunks;             // in canonical order
    std::vector<OutlineDependency> dependencies;  // in any order; encoded by (from, target, relationship)
};

std::string encode_outline(const Outline& outline);
Outline decode_outline(std::string_view bytes);  // throws corrupt() for anything encode_outline() does not make

}  // namespace codegraph
