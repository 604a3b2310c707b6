// Gives the facts of a graph to binding: which names its chunks define, and for what its aliases stand.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "binding/facts.h"
#include "binding/file_facts.h"
#include "graph/resident_graph.h"

namespace codegraph {

class GraphFacts {
public:
    // The graph stays in place, and alive as long as this.
    static Task<std::unique_ptr<GraphFacts>> make(const ResidentGraph& graph);
    // As make(), with the symbols of these names that are the ids of live chunks.
    static Task<std::unique_ptr<GraphFacts>> make(const ResidentGraph& graph, const std::vector<GraphName>& may_be_ids);

    const FactArrays& facts() const { return *facts_; }
    // Names are numbered in the order of their bytes: where all names of a graph are symbols, as these are.
    NameNumber number_of(GraphName name) const { return numbers_.empty() ? name : numbers_[name]; }

private:
    explicit GraphFacts(const ResidentGraph& graph) : graph_(graph) {}
    void number_names();

    const ResidentGraph& graph_;
    std::vector<std::string_view> texts_;  // by number
    std::vector<NameNumber> numbers_;      // by graph name; empty: the same
    std::optional<FactArrays> facts_;
};

// Returns what one file of a graph says.
FileBindingFacts facts_of_file(const ResidentGraph& graph, uint32_t file);

}  // namespace codegraph
