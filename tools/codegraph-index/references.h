// From the tokens of a file to its dependencies: every mention of a known definition in a chunk's own lines.
//
// Relationships: IMPORTS for what an import statement names (the file and the definitions); EXTENDS and IMPLEMENTS for
// a class's bases; CALLS for a name followed by `(` or after `new`; TYPED_BY for a type in C, C++ and TypeScript type
// positions; REFERENCES for the rest. A name that the chunk itself declares (a parameter, a local variable) is no
// mention. Only the definitions known when the file is analysed count; a file is analysed when it changes.
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
    std::uint32_t from;  // chunk number in the file
    std::string to_fqn;
    std::string relationship;
    double confidence;
};

struct References {
    std::vector<Dependency> dependencies;  // by from, to, relationship; each once, with its greatest confidence
    std::size_t ambiguous = 0;             // mentions left out for having more candidates than the limit
};

References find_references(std::string_view path, Language language, const std::vector<Token>& tokens,
                           const FileChunks& file, const std::vector<std::uint32_t>& owners,
                           const Definitions& definitions);

}  // namespace codegraph::index
