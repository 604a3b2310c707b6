// The names that each function of a file declares for itself: parameters and local variables. They hide definitions of
// the same name elsewhere.
#pragma once
#include <string_view>
#include <unordered_set>
#include <vector>

#include "chunks.h"
#include "tokens.h"

namespace codegraph::index {

// For each chunk; empty for chunks that are no functions (what those declare are definitions).
std::vector<std::unordered_set<std::string_view>> find_local_names(const std::vector<Token>& tokens, Family family,
                                                                   const FileChunks& file,
                                                                   const std::vector<std::uint32_t>& owners);

// C family: the token names what is being declared (`int x = …`, `static int f(void);`).
bool declares_in_c(const std::vector<Token>& tokens, std::size_t i);

}  // namespace codegraph::index
