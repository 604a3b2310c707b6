// Answers what a chunk depends on, and what depends on it, directly or not. Reads the arguments that such questions
// have in common.
#pragma once
#include <map>
#include <vector>

#include "engine/arguments.h"
#include "graph/traversal.h"
#include "operations/graph/rows.h"

namespace codegraph {

inline constexpr size_t work_between_checkpoints = 100000;  // symbols and edges: about a millisecond
inline constexpr int64_t rows_between_checkpoints = 4096;

// Says where a function has the arguments that limit a traversal.
struct TraversalPlaces {
    ArgumentPlace max_depth, relationships, min_confidence;
};
template <size_t count>
consteval TraversalPlaces places_of(const ArgumentList<count>& list) {
    return {list["max_depth"], list["relationships"], list["min_confidence"]};
}

// Returns the relationships that the argument lists, or an empty list, which stands for all.
std::vector<std::string> relationships_argument(const Arguments& arguments, ArgumentPlace place);
TraversalOptions traversal_options(const Arguments& arguments, TraversalPlaces places, Direction direction);

// A symbol that is one step away from the starts, though no edge of the graph says so.
struct Joining {
    Arrival arrival;
    double score;
};
using JoiningSymbols = std::map<Symbol, Joining>;

// Yields what a traversal from these symbols reaches, as rows of cg_transitive_dependents; the graph stays alive. None
// of the joining symbols is a start.
Task<> yield_reached(const ResidentGraph& graph, std::vector<Symbol> starts, TraversalOptions options,
                     JoiningSymbols joining = {});

Task<> transitive_dependencies(const Arguments& arguments);
Task<> transitive_dependents(const Arguments& arguments);
Task<> count_dependencies(const Arguments& arguments);
Task<> count_dependents(const Arguments& arguments);

}  // namespace codegraph
