// Finds the names that each function of a file declares for itself: parameters and local variables. They hide
// definitions of the same name elsewhere.
#pragma once
#include <string_view>
#include <unordered_set>
#include <vector>

#include "chunks.h"
#include "tokens.h"

namespace codegraph::index {

// Returns the names for each chunk. A chunk that is no function has none, because what it declares are definitions.
std::vector<std::unordered_set<std::string_view>> find_local_names(const std::vector<Token>& tokens, Family family,
                                                                   const FileChunks& file,
                                                                   const std::vector<std::uint32_t>& owners);

// Tells whether the token names what is being declared, in the C family (`int x = …`, `static int f(void);`).
bool declares_in_c(const std::vector<Token>& tokens, std::size_t i);

}  // namespace codegraph::index
