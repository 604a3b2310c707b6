// Chunk ids. A computed id is `repo:path:name:start-end`, and for the k-th chunk (k >= 2) of equal ones followed by
// `#k`. Paths and names may contain colons, so an id is taken apart by trying paths, the longest that exists first.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/file_version.h"

namespace codegraph {

// What makes a chunk's id, beside the repository and the path.
struct ChunkIdentity {
    std::optional<std::string_view> explicit_id;
    std::string_view name;
    int64_t start_line, end_line;
    uint64_t occurrence;
};
void append_chunk_id(std::string& out, std::string_view repo_id, std::string_view path, const ChunkIdentity& chunk);

std::string default_id(std::string_view repo_id, std::string_view path, const Chunk& chunk);  // without #k
std::string chunk_id(std::string_view repo_id, std::string_view path, const Chunk& chunk);
// The symbol that the chunk defines: its FQN; without one, its id.
std::string symbol_of(std::string_view repo_id, std::string_view path, const Chunk& chunk);

// Makes a given id the chunk's: number 1 for its default id, k for that followed by #k (k >= 2); else an explicit id.
void set_id(Chunk& chunk, std::string_view given, std::string_view default_id);

// Every path that `id` may name when it is computed, the longest first; none when it has not that form.
std::vector<std::string_view> paths_of_computed_id(std::string_view repo_id, std::string_view id);
// Has `name` the form of a computed id of the repository? Such a name enters digests without the repository's id.
bool has_computed_form(std::string_view repo_id, std::string_view name);

}  // namespace codegraph
