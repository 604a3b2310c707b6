// Holds what the tests of the graph's algorithms share: graphs that are built in reverse, random filters, and graphs
// that are large or have long paths.
#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "graph/edge_filter.h"
#include "naive_graph.h"
#include "random.h"
#include "task_runner.h"

namespace codegraph::graph_tests {

constexpr size_t no_budget = ~size_t{0};

// Runs to the end; gives the number of steps.
template <class Algorithm>
size_t run(Algorithm& algorithm, size_t budget) {
    size_t steps = 1;
    while (!algorithm.step(budget)) steps++;
    return steps;
}

inline TextChunk function_chunk(std::string fqn) {
    std::string id = "id of " + fqn;
    return {std::move(fqn), true, std::move(id), "function", 1, 1};
}

// One file; each edge is "from to relationship". Targets that are no sources are external.
inline std::vector<File> files_of(const std::vector<std::array<std::string, 3>>& edges) {
    File file{"f", {}, {}};
    std::map<std::string, uint32_t> numbers;
    for (const auto& [from, to, relationship] : edges) {
        const auto [place, is_new] = numbers.emplace(from, static_cast<uint32_t>(file.chunks.size()));
        if (is_new) file.chunks.push_back(function_chunk(from));
        file.dependencies.push_back({place->second, to, relationship, 1});
    }
    return {file};
}

// Symbols in layers, edges mostly to the next one: many shortest paths between two symbols, and long ones.
inline std::vector<File> random_layers(Random& random) {
    const size_t layers = 2 + random.below(9), width = 1 + random.below(6);
    const size_t edges = layers * width * (1 + random.below(3));
    std::vector<size_t> order(layers * width);  // so that names do not tell the layer
    for (size_t i = 0; i < order.size(); i++) order[i] = i;
    random.shuffle(order);
    const auto name = [&](size_t layer) { return "s" + std::to_string(order[layer * width + random.below(width)]); };
    const char* relationships[] = {"CALLS", "EXTENDS", "IMPORTS"};
    std::vector<std::array<std::string, 3>> list;
    for (size_t e = 0; e < edges; e++) {
        const size_t layer = random.below(layers - 1);
        const size_t to = random.below(8) == 0 ? random.below(layer + 1) : layer + 1;
        list.push_back({name(layer), name(to), relationships[random.below(3)]});
    }
    return files_of(list);
}

// Any filter, taken from the options of a traversal so that the naive graph knows it too.
inline TraversalOptions random_filter(Random& random) {
    TraversalOptions options;
    if (random.below(2))
        for (const char* name : {"CALLS", "IMPORTS", "EXTENDS", "Z", "UNKNOWN"})
            if (random.below(2) == 0) options.relationships.push_back(name);
    if (random.below(2)) options.min_confidence = static_cast<double>(random.below(5)) / 4;
    return options;
}

inline EdgeFilter filter_of(const ResidentGraph& graph, const TraversalOptions& options) {
    return EdgeFilter(graph, options.relationships, options.min_confidence);
}

inline EdgeFilter all_edges(const ResidentGraph& graph) {
    return EdgeFilter(graph, {}, 0);
}

// The naive graph's symbols by number, which is that of the resident graph, and its allowed pairs of them.
struct NaivePairs {
    std::vector<std::string> names;
    std::set<std::pair<size_t, size_t>> pairs;

    NaivePairs(const NaiveGraph& naive, const TraversalOptions& options) {
        const std::set<std::string> symbols = naive.symbols();
        names.assign(symbols.begin(), symbols.end());
        for (const NaiveEdge& edge : naive.edges)
            if (NaiveGraph::passes(edge, options)) pairs.emplace(number(edge.from), number(edge.to));
    }
    size_t number(const std::string& name) const {
        return static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    }
};

// "hub" points at all spokes and they at it.
inline std::vector<File> hub_of(size_t spokes) {
    File file{"f", {function_chunk("hub")}, {}};
    for (size_t i = 0; i < spokes; i++) {
        const std::string name = "spoke " + std::to_string(spokes + i);
        file.chunks.push_back(function_chunk(name));
        file.dependencies.push_back({0, name, "CALLS", 1});
        file.dependencies.push_back({static_cast<uint32_t>(file.chunks.size() - 1), "hub", "CALLS", 1});
    }
    return {file};
}

// 100…0 points at 100…1 and so on, `length` edges; names of one length, so symbol i is i edges from the start. The last
// is external, or points at the first.
inline std::vector<File> chain_of(size_t length, bool is_ring) {
    File file{"f", {}, {}};
    const size_t first = 1000000;
    for (size_t i = 0; i < length; i++) {
        file.chunks.push_back(function_chunk(std::to_string(first + i)));
        const size_t next = is_ring && i + 1 == length ? first : first + i + 1;
        file.dependencies.push_back({static_cast<uint32_t>(i), std::to_string(next), "CALLS", 1});
    }
    return {file};
}

}  // namespace codegraph::graph_tests
