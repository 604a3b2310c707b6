// Makes chunk ids and takes them apart. This is the only place that knows their form.
//
// A computed id is `repo:path:name:start-end`. Chunks of a file with the same name and lines are told apart by their
// occurrence k: from the second on, `#k` follows. Paths and names may contain colons, so a reader of an id tries all
// paths that it may have, the longest first.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/file_version.h"

namespace codegraph {

// What makes a chunk's id, together with the repository and the path.
struct ChunkIdentity {
    std::optional<std::string_view> explicit_id;
    std::string_view name;
    int64_t start_line, end_line;
    uint64_t occurrence;  // of a computed id: from 1 on
};
// Appends the explicit id or, without one, the computed id.
void append_chunk_id(std::string& out, std::string_view repo_id, std::string_view path, const ChunkIdentity& chunk);

// Returns the computed id of the first occurrence, which has no #k.
std::string default_id(std::string_view repo_id, std::string_view path, const Chunk& chunk);
std::string chunk_id(std::string_view repo_id, std::string_view path, const Chunk& chunk);
// Returns the symbol that the chunk defines: its FQN or, without one, its id.
std::string symbol_of(std::string_view repo_id, std::string_view path, const Chunk& chunk);

// Gives the chunk an id from outside. The default id makes it occurrence 1. The default id followed by #k, with k of at
// least 2, makes it occurrence k. Every other id becomes its explicit id.
void set_id(Chunk& chunk, std::string_view given, std::string_view default_id);

// The parts of a computed id of which its text leaves no doubt.
struct ComputedId {
    std::string_view path_and_name;  // `path:name`
    uint64_t start_line, end_line;
    uint64_t occurrence;  // from 1 on
};
// Takes a computed id apart. Returns nothing when `id` has not the form of one.
std::optional<ComputedId> parse_computed_id(std::string_view repo_id, std::string_view id);
// Returns every path that a chunk with this id may have, the longest first. A path and a name have at most name_limit
// bytes, so that there are no more paths than that, however long an id is that someone made up.
std::vector<std::string_view> paths_of(const ComputedId& id);
// Returns the same for the text of an id, and none when `id` has not the form of a computed one.
std::vector<std::string_view> paths_of_computed_id(std::string_view repo_id, std::string_view id);
// Returns whether `name` has the form of a computed id of the repository. Such a name enters digests without the
// repository's id.
bool has_computed_form(std::string_view repo_id, std::string_view name);

}  // namespace codegraph
