#include <array>

#include "base/error.h"
#include "engine/request.h"
#include "graph/traversal.h"
#include "model/relationship.h"
#include "operations/load_graph.h"
#include "operations/readers.h"
#include "operations/snapshot_at.h"

namespace codegraph {

namespace {

constexpr int64_t rows_between_checkpoints = 1024;

std::array<Cell, 7> dependency_row(const ResidentGraph& graph, const Dependency& d) {
    ChunkInGraph from = graph.chunk(d.from);
    std::span<const ChunkNumber> defined_by = graph.chunks_of(d.target);
    Cell to_id = null_cell(), to_fqn = cell(graph.saved_name(d));
    if (!defined_by.empty()) {
        ChunkInGraph to = graph.chunk(defined_by[0]);
        to_id = cell(to.chunk_id);
        to_fqn = cell(to.fqn);
    }
    return {cell(from.chunk_id), cell(from.fqn),          to_id, to_fqn, cell(graph.relationship_name(d.relationship)),
            cell(d.confidence),  cell(defined_by.empty())};
}

Task<ResidentGraph> graph_at(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    co_return co_await load_graph(at.repository, at.snapshot.root);
}

}  // namespace

Task<> dependencies(const Arguments& arguments) {
    ResidentGraph graph = co_await graph_at(arguments);
    for (ChunkNumber chunk = 0; chunk < graph.chunk_count(); chunk++) {
        for (const Dependency& d : graph.dependencies_of_chunk(chunk)) {
            const std::array<Cell, 7> row = dependency_row(graph, d);
            co_yield row;
        }
        if (chunk % rows_between_checkpoints == 0) co_await checkpoint();
    }
}

Task<> dependencies_from(const Arguments& arguments) {
    ResidentGraph graph = co_await graph_at(arguments);
    std::vector<ChunkNumber> sources;
    std::optional<ChunkNumber> by_id = graph.find_chunk(arguments.text(2));
    std::optional<Symbol> symbol = graph.resolve(arguments.text(2));
    if (by_id) {
        sources.push_back(*by_id);
    } else if (symbol) {
        std::span<const ChunkNumber> defined_by = graph.chunks_of(*symbol);
        sources.assign(defined_by.begin(), defined_by.end());
    }
    for (ChunkNumber chunk : sources)
        for (const Dependency& d : graph.dependencies_of_chunk(chunk)) {
            const std::array<Cell, 7> row = dependency_row(graph, d);
            co_yield row;
        }
}

Task<> dependencies_to(const Arguments& arguments) {
    ResidentGraph graph = co_await graph_at(arguments);
    std::optional<Symbol> symbol = graph.resolve(arguments.text(2));
    if (!symbol) co_return;
    for (uint32_t number : graph.dependents_of(*symbol)) {
        const std::array<Cell, 7> row = dependency_row(graph, graph.dependency(number));
        co_yield row;
    }
}

namespace {

TraversalOptions traversal_options(const Arguments& arguments, Direction direction) {
    TraversalOptions options;
    options.direction = direction;
    options.max_depth = arguments.optional_integer(3);
    if (options.max_depth) check_max_depth(*options.max_depth);
    if (std::optional<std::string_view> relationships = arguments.optional_text(4))
        options.relationships = parse_relationships(*relationships);
    options.min_confidence = arguments.real(5);
    check_min_confidence(options.min_confidence);
    return options;
}

// One row for each chunk that defines the symbol, or one for an external name.
Task<> yield_reached(const ResidentGraph& graph, const ReachedSymbol& reached) {
    Cell depth = cell(reached.depth), via = cell(graph.symbol_name(reached.via));
    Cell relationship = cell(graph.relationship_name(reached.relationship));
    if (graph.is_external(reached.symbol)) {
        Cell none = null_cell();
        const std::array<Cell, 10> row = {
            depth, none, cell(graph.symbol_name(reached.symbol)), none, none, none, none, via, relationship, cell(1)};
        co_yield row;
    }
    for (ChunkNumber number : graph.chunks_of(reached.symbol)) {
        ChunkInGraph chunk = graph.chunk(number);
        const std::array<Cell, 10> row = {depth,
                                          cell(chunk.chunk_id),
                                          cell(chunk.fqn),
                                          cell(chunk.kind),
                                          cell(chunk.file_path),
                                          cell(chunk.start_line),
                                          cell(chunk.end_line),
                                          via,
                                          relationship,
                                          cell(0)};
        co_yield row;
    }
}

Task<> traverse(const Arguments& arguments, Direction direction) {
    TraversalOptions options = traversal_options(arguments, direction);
    ResidentGraph graph = co_await graph_at(arguments);
    std::optional<Symbol> start = graph.resolve(arguments.text(2));
    if (!start) throw unknown_chunk(arguments.text(2));
    Traversal traversal(graph, *start, options);
    constexpr size_t work_between_checkpoints = 100000;  // a few milliseconds
    while (!traversal.step(work_between_checkpoints)) co_await checkpoint();
    int64_t count = 0;
    for (const ReachedSymbol& reached : traversal.reached()) {
        co_await yield_reached(graph, reached);
        if (++count % rows_between_checkpoints == 0) co_await checkpoint();
    }
}

}  // namespace

Task<> transitive_dependencies(const Arguments& arguments) {
    co_await traverse(arguments, Direction::dependencies);
}

Task<> transitive_dependents(const Arguments& arguments) {
    co_await traverse(arguments, Direction::dependents);
}

}  // namespace codegraph
