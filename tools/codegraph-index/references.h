// Finds the dependencies of a file in its tokens: every mention of a known definition in a chunk's own lines.
//
// The relationships are
// - IMPORTS for what an import statement names, the file and the definitions;
// - EXTENDS and IMPLEMENTS for the bases of a class;
// - CALLS for a name that is followed by `(` or stands after `new`;
// - TYPED_BY for a type where C, C++ or TypeScript has a type;
// - REFERENCES for the rest.
//
// A name that the chunk itself declares (a parameter, a local variable) is no mention. Only the definitions count that
// are known when the file is analysed, and a file is analysed when it changes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chunks.h"
#include "definitions.h"
#include "tokens.h"

namespace codegraph::index {

struct Dependency {
    std::uint32_t from;  // the index of the chunk in the file
    std::string to_fqn;
    std::string relationship;
    double confidence;
};

struct References {
    std::vector<Dependency> dependencies;  // by from, to, relationship; each once, with its greatest confidence
    std::size_t ambiguous = 0;  // counts the mentions with more candidates than the limit, which are left out
};

References find_references(std::string_view path, Language language, const std::vector<Token>& tokens,
                           const FileChunks& file, const std::vector<std::uint32_t>& owners,
                           const Definitions& definitions);

}  // namespace codegraph::index
