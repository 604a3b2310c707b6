// The arguments that traversals have in common, checked before the database is asked.
#pragma once
#include "engine/arguments.h"
#include "graph/traversal.h"

namespace codegraph {

inline constexpr size_t work_between_checkpoints = 100000;  // symbols and edges: about a millisecond
inline constexpr int64_t rows_between_checkpoints = 4096;

// A list of relationships; nothing given: all.
std::vector<std::string> relationships_argument(const Arguments& arguments, size_t place);
// max_depth, relationships, min_confidence, from the place of the first on.
TraversalOptions traversal_options(const Arguments& arguments, size_t place, Direction direction);

// Yields what a traversal from these symbols reaches, as rows of cg_transitive_dependents; the graph stays alive.
Task<> yield_reached(const ResidentGraph& graph, std::vector<Symbol> starts, TraversalOptions options);

}  // namespace codegraph
