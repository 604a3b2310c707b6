// From the tags of a file to its chunks: which definitions become chunks, what they are called and which lines they
// have.
//
// FQN: the path without its extension with `.` for `/`, then the scope, then the name: `src.auth.login.Session.check`.
// A Python package's `__init__` and anonymous namespaces and types are left out of it. Overloads share an FQN, and so
// do a declaration in `a.h` and a definition in `a.cpp`. Every file has one chunk of kind `file` too, named by its
// path: the lines that are in no other chunk.
//
// Kinds: file, function, method, class, struct, union, enum, interface, type, macro, variable, constant. Members of
// classes and enumerators are part of the chunk around them; namespaces are no chunks.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language.h"
#include "source_text.h"
#include "tags.h"
#include "tokens.h"

namespace codegraph::index {

struct Chunk {
    std::string kind;
    std::string fqn;
    std::string name;
    std::string visibility;  // ctags' access; `file` for what C keeps to its file; empty when unknown
    std::string inherits;
    std::uint32_t start_line = 1;
    std::uint32_t end_line = 1;
    std::uint32_t name_line = 1;  // where the name stands, from start_line to end_line
};

struct FileChunks {
    std::vector<Chunk> chunks;  // [0] is the file's own; the others by start line, the larger first
    std::set<std::pair<std::uint32_t, std::string>> definition_sites;  // (line, name) of every tag, chunk or not
};

std::string module_of_path(std::string_view path);
std::string make_fqn(std::string_view path, std::string_view scope, std::string_view name);
// The FQN of what surrounds this name: make_fqn's part before the name.
std::string_view scope_of_fqn(std::string_view fqn, std::string_view name);
std::string_view last_part(std::string_view scope);

FileChunks make_chunks(std::string_view path, Language language, std::string_view text,
                       const std::vector<Token>& tokens, std::vector<Tag> tags);

// For each line (index 0 unused) the chunk it belongs to: the innermost one, 0 for the file's own.
std::vector<std::uint32_t> owner_of_lines(const std::vector<Chunk>& chunks, std::uint32_t line_count);

// The text of the chunk with this index.
std::string chunk_content(const std::vector<Chunk>& chunks, std::size_t index, const Lines& lines,
                          const std::vector<std::uint32_t>& owners);

}  // namespace codegraph::index
