#include "operations/graph/drawing.h"

#include "base/error.h"
#include "engine/request.h"
#include "graph/drawing.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "signatures/readers.h"

namespace codegraph {

static Task<> draw(const Arguments& arguments, Notation notation) {
    const std::optional<int64_t> max_depth = arguments.optional_integer(drawing_arguments["max_depth"]);
    if (max_depth) check_max_depth(*max_depth);
    const DrawnDirection direction = parse_direction(arguments.text(drawing_arguments["direction"]));
    SnapshotAt at = co_await snapshot_at(arguments);
    const WithReverse reverse = direction == DrawnDirection::out ? WithReverse::no : WithReverse::yes;
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, reverse);
    const std::optional<Symbol> start = graph->resolve(arguments.text(drawing_arguments["chunk"]));
    if (!start) throw unknown_chunk(arguments.text(drawing_arguments["chunk"]));
    Drawing drawing(*graph, notation, *start, direction, max_depth);
    while (!drawing.step(work_between_checkpoints)) co_await checkpoint();
    const auto row = row_of<drawing_column>(drawing.text());
    co_yield row;
}

Task<> graph_dot(const Arguments& arguments) {
    return draw(arguments, Notation::dot);
}

Task<> graph_mermaid(const Arguments& arguments) {
    return draw(arguments, Notation::mermaid);
}

}  // namespace codegraph
