// Makes the chunks of a file from its tags: which definitions become chunks, what they are called and which lines they
// have.
//
// The FQN of a chunk is the path without its extension and with `.` for `/`, then the scope, then the name, such as
// `src.auth.login.Session.check`. It leaves out a Python package's `__init__`, and anonymous namespaces and types.
// Overloads share an FQN, and so do a declaration in `a.h` and a definition in `a.cpp`.
//
// The kinds are file, function, method, class, struct, union, enum, interface, type, macro, variable and constant.
// Every file has one chunk of kind `file`, which is named by the path and holds the lines that are in no other chunk.
// Enumerators and the members of classes are part of the chunk around them. Namespaces are no chunks.
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
    std::string visibility;  // ctags' access, or `file` for what C keeps to its file; empty when it is not known
    std::string inherits;
    std::uint32_t start_line = 1;
    std::uint32_t end_line = 1;
    std::uint32_t name_line = 1;  // the line of the name, from start_line to end_line
};

struct FileChunks {
    // The first chunk is the file's own. The others are ordered by start line, the larger one first.
    std::vector<Chunk> chunks;
    // The line and name of every tag, also of those that became no chunk.
    std::set<std::pair<std::uint32_t, std::string>> definition_sites;
};

std::string module_of_path(std::string_view path);
std::string make_fqn(std::string_view path, std::string_view scope, std::string_view name);
// Returns the FQN of what surrounds the name: the part that make_fqn() puts before it.
std::string_view scope_of_fqn(std::string_view fqn, std::string_view name);
std::string_view last_part(std::string_view scope);

FileChunks make_chunks(std::string_view path, Language language, std::string_view text,
                       const std::vector<Token>& tokens, std::vector<Tag> tags);

// Returns for each line the index of the innermost chunk that has it, which is 0 for the file's own. Lines count
// from 1.
std::vector<std::uint32_t> owner_of_lines(const std::vector<Chunk>& chunks, std::uint32_t line_count);

// Returns the text of the chunk with this index.
std::string chunk_content(const std::vector<Chunk>& chunks, std::size_t index, const Lines& lines,
                          const std::vector<std::uint32_t>& owners);

}  // namespace codegraph::index
