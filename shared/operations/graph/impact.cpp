// One traversal against the arrows starts from all symbols that differ.
#include "operations/graph/impact.h"

#include <algorithm>

#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "operations/read/compare_commits.h"
#include "signatures/readers.h"

namespace codegraph {

Task<> impact(const Arguments& arguments) {
    TraversalOptions options = traversal_options(arguments, places_of(impact_arguments), Direction::dependents);
    SnapshotDifference difference = co_await snapshot_difference(arguments);
    std::vector<std::string> changed = co_await find_changed_symbols(difference);
    const SnapshotAt at{difference.repository, difference.to};
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, WithReverse::yes);
    std::vector<Symbol> starts;
    for (const std::string& name : changed)
        if (std::optional<Symbol> symbol = graph->find_symbol(name)) starts.push_back(*symbol);
    std::ranges::sort(starts);
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    options.with_scores = arguments.uses("score");
    co_await yield_reached(*graph, std::move(starts), std::move(options));
}

}  // namespace codegraph
