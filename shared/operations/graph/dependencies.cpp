#include "operations/graph/dependencies.h"

#include "base/error.h"
#include "engine/request.h"
#include "operations/graph/probed_graph.h"
#include "operations/graph/rows.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "signatures/readers.h"

namespace codegraph {

namespace {

// A chunk's targets are one edge away, and the graph has to have what defines them.
constexpr int64_t depth_of_targets = 1;

Task<GraphCache::Graph> find_graph(const Arguments& arguments, WithReverse reverse) {
    SnapshotAt at = co_await snapshot_at(arguments);
    co_return co_await snapshot_graph(arguments, at, reverse);
}

Task<> yield_edges(const ResidentGraph& graph, ChunkIndex chunk) {
    DependencyRow row(graph);
    const EdgeView edges = graph.edges_of_chunk(chunk);
    for (size_t i = 0; i < edges.size(); i++) {
        row.set({chunk, edges.symbol(i), edges.label(i)});
        co_yield row;
    }
}

}  // namespace

Task<> dependencies(const Arguments& arguments) {
    GraphCache::Graph graph = co_await find_graph(arguments, WithReverse::no);
    for (ChunkIndex chunk = 0; chunk < graph->chunk_count(); chunk++) {
        co_await yield_edges(*graph, chunk);
        if (chunk % rows_between_checkpoints == 0) co_await checkpoint();
    }
}

Task<> dependencies_from(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    GraphCache::Graph graph =
        co_await graph_around(arguments, at, std::string(arguments.text(chunk_arguments["chunk"])), depth_of_targets);
    std::vector<ChunkIndex> sources;
    if (std::optional<ChunkIndex> by_id = graph->find_chunk(arguments.text(chunk_arguments["chunk"]))) {
        sources.push_back(*by_id);
    } else if (std::optional<Symbol> symbol = graph->find_symbol(arguments.text(chunk_arguments["chunk"]))) {
        std::span<const ChunkIndex> defined_by = graph->chunks_of(*symbol);
        sources.assign(defined_by.begin(), defined_by.end());
    }
    for (ChunkIndex chunk : sources) co_await yield_edges(*graph, chunk);
}

Task<> dependencies_to(const Arguments& arguments) {
    GraphCache::Graph graph = co_await find_graph(arguments, WithReverse::yes);
    std::optional<Symbol> symbol = graph->resolve(arguments.text(chunk_arguments["chunk"]));
    if (!symbol) co_return;
    DependencyRow row(*graph);
    for (const Dependency& dependency : graph->dependencies_to(*symbol)) {
        row.set(dependency);
        co_yield row;
    }
}
}  // namespace codegraph
