// What the dependency graph of a snapshot answers edge by edge and breadth first.
#include <array>

#include "base/error.h"
#include "engine/request.h"
#include "operations/graph/probed_graph.h"
#include "operations/graph/rows.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "operations/readers.h"

namespace codegraph {

namespace {

Task<GraphCache::Graph> graph_of(const Arguments& arguments, WithReverse reverse) {
    SnapshotAt at = co_await snapshot_at(arguments);
    co_return co_await snapshot_graph(arguments, at, reverse);
}

Task<> yield_edges_of(const ResidentGraph& graph, ChunkNumber chunk) {
    DependencyRow row(graph);
    const EdgeView edges = graph.edges_of_chunk(chunk);
    for (size_t i = 0; i < edges.size(); i++) {
        row.set({chunk, edges.symbol(i), edges.label(i)});
        co_yield row;
    }
}

}  // namespace

Task<> dependencies(const Arguments& arguments) {
    GraphCache::Graph graph = co_await graph_of(arguments, WithReverse::no);
    for (ChunkNumber chunk = 0; chunk < graph->chunk_count(); chunk++) {
        co_await yield_edges_of(*graph, chunk);
        if (chunk % rows_between_checkpoints == 0) co_await checkpoint();
    }
}

Task<> dependencies_from(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    GraphCache::Graph graph = co_await graph_around(arguments, at, std::string(arguments.text(2)), 1);
    std::vector<ChunkNumber> sources;
    if (std::optional<ChunkNumber> by_id = graph->find_chunk(arguments.text(2))) {
        sources.push_back(*by_id);
    } else if (std::optional<Symbol> symbol = graph->find_symbol(arguments.text(2))) {
        std::span<const ChunkNumber> defined_by = graph->chunks_of(*symbol);
        sources.assign(defined_by.begin(), defined_by.end());
    }
    for (ChunkNumber chunk : sources) co_await yield_edges_of(*graph, chunk);
}

Task<> dependencies_to(const Arguments& arguments) {
    GraphCache::Graph graph = co_await graph_of(arguments, WithReverse::yes);
    std::optional<Symbol> symbol = graph->resolve(arguments.text(2));
    if (!symbol) co_return;
    DependencyRow row(*graph);
    for (const Dependency& dependency : graph->dependencies_to(*symbol)) {
        row.set(dependency);
        co_yield row;
    }
}

// ---- breadth first ----

namespace {

struct Start {
    GraphCache::Graph graph;
    Symbol symbol;
};

Task<Start> start_of(const Arguments& arguments, const TraversalOptions& options) {
    SnapshotAt at = co_await snapshot_at(arguments);
    GraphCache::Graph graph;
    if (options.direction == Direction::dependents)
        graph = co_await snapshot_graph(arguments, at, WithReverse::yes);
    else if (options.max_depth && *options.max_depth <= deepest_probe)
        graph = co_await graph_around(arguments, at, std::string(arguments.text(2)), *options.max_depth);
    else
        graph = co_await snapshot_graph(arguments, at, WithReverse::no);
    std::optional<Symbol> symbol = graph->resolve(arguments.text(2));
    if (!symbol) throw unknown_chunk(arguments.text(2));
    co_return Start{std::move(graph), *symbol};
}

Task<> traverse(const Arguments& arguments, Direction direction) {
    TraversalOptions options = traversal_options(arguments, 3, direction);
    Start start = co_await start_of(arguments, options);
    co_await yield_reached(*start.graph, std::vector<Symbol>(1, start.symbol), std::move(options));
}

Task<> count(const Arguments& arguments, Direction direction) {
    TraversalOptions options = traversal_options(arguments, 3, direction);
    Start start = co_await start_of(arguments, options);
    ReachCount reach(*start.graph, std::span(&start.symbol, 1), options);
    while (!reach.step(work_between_checkpoints)) co_await checkpoint();
    const std::array<Cell, 1> row = {cell(reach.count())};
    co_yield row;
}

}  // namespace

Task<> yield_reached(const ResidentGraph& graph, std::vector<Symbol> starts, TraversalOptions options) {
    Traversal traversal(graph, starts, options);
    while (!traversal.step(work_between_checkpoints)) co_await checkpoint();
    ReachedRow row(graph);
    int64_t rows = 0;
    for (const ReachedSymbol& reached : traversal.reached())
        for (size_t i = 0; i < ReachedRow::rows_of(graph, reached); i++) {
            row.set(reached, i);
            co_yield row;
            if (++rows % rows_between_checkpoints == 0) co_await checkpoint();
        }
}

Task<> transitive_dependencies(const Arguments& arguments) {
    co_await traverse(arguments, Direction::dependencies);
}

Task<> transitive_dependents(const Arguments& arguments) {
    co_await traverse(arguments, Direction::dependents);
}

Task<> count_dependencies(const Arguments& arguments) {
    co_await count(arguments, Direction::dependencies);
}

Task<> count_dependents(const Arguments& arguments) {
    co_await count(arguments, Direction::dependents);
}

}  // namespace codegraph
