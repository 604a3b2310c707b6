// Binds the lists of candidates of a graph that is being built: all of them or, in a derived graph, those that are new
// or that asked for a name of which the files say other things than before.
#pragma once
#include <span>
#include <vector>

#include "binding/list_binder.h"
#include "graph/resident_graph.h"

namespace codegraph {

struct ListsToBind {
    CandidateLists lists;                 // of symbols: see bind_lists(); a question is an index in `questions`
    std::vector<NameQuestion> questions;  // their families are those of the graph
    std::vector<ListNumber> origins;      // by list: the same list of the graph before; no_list: there is none
};

// The graph from which another is derived.
struct BoundBefore {
    const ResidentGraph* graph;
    std::span<const Symbol> symbol_now;  // by symbol of that graph; no_name: it is no name of the new graph
    ChangedNames changed;
};

struct BoundList {
    Symbol symbol;  // no_name: unbound
    bool is_by_name;
};

struct BoundLists {
    std::vector<BoundList> lists;
    AskedNames asked{0};     // by list
    size_t bound_again = 0;  // how many lists that `before` has were bound again
};

// Binds lists in a graph that has its names, chunks and aliases, all names being symbols for the moment. `before` may
// be null. Looks for interrupts meanwhile.
Task<BoundLists> bind_lists(const ResidentGraph& graph, const ListsToBind& to_bind, const BoundBefore* before);

}  // namespace codegraph
