#include "operations/graph/traversal.h"

#include "base/error.h"
#include "engine/request.h"
#include "model/relationship.h"
#include "operations/graph/rows.h"
#include "operations/graph/snapshot_graph.h"
#include "signatures/readers.h"

namespace codegraph {

std::vector<std::string> relationships_argument(const Arguments& arguments, ArgumentPlace place) {
    if (std::optional<std::string_view> list = arguments.optional_text(place)) return parse_relationships(*list);
    return {};
}

TraversalOptions traversal_options(const Arguments& arguments, TraversalPlaces places, Direction direction) {
    TraversalOptions options;
    options.direction = direction;
    options.max_depth = arguments.optional_integer(places.max_depth);
    if (options.max_depth) check_max_depth(*options.max_depth);
    options.relationships = relationships_argument(arguments, places.relationships);
    options.min_confidence = arguments.real(places.min_confidence);
    check_min_confidence(options.min_confidence);
    return options;
}

namespace {

struct Start {
    GraphCache::Graph graph;
    Symbol symbol;
};

Task<Start> find_start(const Arguments& arguments, const TraversalOptions& options) {
    SnapshotAt at = co_await snapshot_at(arguments);
    const WithReverse reverse = options.direction == Direction::dependents ? WithReverse::yes : WithReverse::no;
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, reverse);
    std::optional<Symbol> symbol = graph->resolve(arguments.text(chunk_arguments["chunk"]));
    if (!symbol) throw unknown_chunk(arguments.text(chunk_arguments["chunk"]));
    co_return Start{std::move(graph), *symbol};
}

Task<> traverse(const Arguments& arguments, Direction direction) {
    TraversalOptions options = traversal_options(arguments, places_of(traversal_arguments), direction);
    Start start = co_await find_start(arguments, options);
    options.with_scores = arguments.uses("score");
    co_await yield_reached(*start.graph, std::vector<Symbol>(1, start.symbol), std::move(options));
}

Task<> yield_count(const Arguments& arguments, Direction direction) {
    TraversalOptions options = traversal_options(arguments, places_of(traversal_arguments), direction);
    Start start = co_await find_start(arguments, options);
    ReachCount reach(*start.graph, std::span(&start.symbol, 1), options);
    while (!reach.step(work_between_checkpoints)) co_await checkpoint();
    const auto row = row_of<count_column>(reach.count());
    co_yield row;
}

}  // namespace

// Of an edge of the graph and one from elsewhere the least counts. Returns null where that of the graph does.
static const Arrival* arrival_from_elsewhere(const ResidentGraph& graph, const ReachedSymbol& reached,
                                             const JoiningSymbols& joining) {
    if (reached.depth > 1) return nullptr;
    const auto joined = joining.find(reached.symbol);
    if (joined == joining.end()) return nullptr;
    const Arrival& arrival = joined->second.arrival;
    if (reached.via == no_name) return &arrival;
    const auto of_graph = std::pair(graph.symbol_name(reached.via), graph.relationship_name(reached.label));
    return std::pair<std::string_view, std::string_view>(arrival.via, arrival.relationship) < of_graph ? &arrival
                                                                                                       : nullptr;
}

Task<> yield_reached(const ResidentGraph& graph, std::vector<Symbol> starts, TraversalOptions options,
                     JoiningSymbols joining) {
    std::vector<JoiningSymbol> symbols;
    for (const auto& [symbol, joined] : joining) symbols.push_back({symbol, joined.score});
    Traversal traversal(graph, starts, options, std::move(symbols));
    while (!traversal.step(work_between_checkpoints)) co_await checkpoint();
    ReachedRow row(graph);
    int64_t rows = 0;
    for (size_t i = 0; i < traversal.count(); i++) {
        const ReachedSymbol& reached = traversal.reached()[i];
        const Arrival* arrival = arrival_from_elsewhere(graph, reached, joining);
        for (size_t chunk = 0; chunk < ReachedRow::count_rows(graph, reached); chunk++) {
            row.set(reached, traversal.score(i), arrival, chunk);
            co_yield row;
            if (++rows % rows_between_checkpoints == 0) co_await checkpoint();
        }
    }
}

Task<> transitive_dependencies(const Arguments& arguments) {
    co_await traverse(arguments, Direction::dependencies);
}

Task<> transitive_dependents(const Arguments& arguments) {
    co_await traverse(arguments, Direction::dependents);
}

Task<> count_dependencies(const Arguments& arguments) {
    co_await yield_count(arguments, Direction::dependencies);
}

Task<> count_dependents(const Arguments& arguments) {
    co_await yield_count(arguments, Direction::dependents);
}

}  // namespace codegraph
