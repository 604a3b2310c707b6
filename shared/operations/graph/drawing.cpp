// cg_graph_dot and cg_graph_mermaid: the neighbourhood of a symbol as a drawing.
#include <array>

#include "base/error.h"
#include "engine/request.h"
#include "graph/drawing.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "operations/readers.h"

namespace codegraph {

static Task<> draw(const Arguments& arguments, Notation notation) {
    const std::optional<int64_t> max_depth = arguments.optional_integer(3);
    if (max_depth) check_max_depth(*max_depth);
    const DrawnDirection direction = parse_direction(arguments.text(4));
    SnapshotAt at = co_await snapshot_at(arguments);
    const WithReverse reverse = direction == DrawnDirection::out ? WithReverse::no : WithReverse::yes;
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, reverse);
    const std::optional<Symbol> start = graph->resolve(arguments.text(2));
    if (!start) throw unknown_chunk(arguments.text(2));
    Drawing drawing(*graph, notation, *start, direction, max_depth);
    while (!drawing.step(work_between_checkpoints)) co_await checkpoint();
    const std::array<Cell, 1> row = {cell(drawing.text())};
    co_yield row;
}

Task<> graph_dot(const Arguments& arguments) {
    return draw(arguments, Notation::dot);
}

Task<> graph_mermaid(const Arguments& arguments) {
    return draw(arguments, Notation::mermaid);
}

}  // namespace codegraph
