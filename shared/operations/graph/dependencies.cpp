#include "operations/graph/dependencies.h"

#include "base/error.h"
#include "engine/request.h"
#include "operations/graph/rows.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "signatures/readers.h"

namespace codegraph {

namespace {

Task<GraphCache::Graph> find_graph(const Arguments& arguments, WithReverse reverse) {
    SnapshotAt at = co_await snapshot_at(arguments);
    co_return co_await snapshot_graph(arguments, at, reverse);
}

Task<> yield_dependencies_of(const ResidentGraph& graph, ChunkIndex chunk, std::vector<Dependency>& found) {
    DependencyRow row(graph);
    graph.find_dependencies_of(chunk, found);
    for (const Dependency& dependency : found) {
        row.set(dependency);
        co_yield row;
    }
}

}  // namespace

Task<> dependencies(const Arguments& arguments) {
    GraphCache::Graph graph = co_await find_graph(arguments, WithReverse::no);
    std::vector<Dependency> found;
    for (ChunkIndex chunk = 0; chunk < graph->chunk_count(); chunk++) {
        co_await yield_dependencies_of(*graph, chunk, found);
        if (chunk % rows_between_checkpoints == 0) co_await checkpoint();
    }
}

Task<> dependencies_from(const Arguments& arguments) {
    GraphCache::Graph graph = co_await find_graph(arguments, WithReverse::no);
    std::vector<ChunkIndex> sources;
    if (std::optional<ChunkIndex> by_id = graph->find_chunk(arguments.text(chunk_arguments["chunk"]))) {
        sources.push_back(*by_id);
    } else if (std::optional<Symbol> symbol = graph->find_symbol(arguments.text(chunk_arguments["chunk"]))) {
        std::span<const ChunkIndex> defined_by = graph->chunks_of(*symbol);
        sources.assign(defined_by.begin(), defined_by.end());
    }
    std::vector<Dependency> found;
    for (ChunkIndex chunk : sources) co_await yield_dependencies_of(*graph, chunk, found);
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
