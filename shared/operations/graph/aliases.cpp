#include "operations/graph/aliases.h"

#include "binding/path_resolver.h"
#include "engine/request.h"
#include "graph/graph_facts.h"
#include "model/names.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "signatures/readers.h"

namespace codegraph {

namespace {

// Returns what the alias stands for; with members, what the first target stands for that stands for anything.
NameNumber resolve_alias(const ResidentGraph& graph, uint32_t alias, const GraphFacts& facts, PathResolver& resolver) {
    const GraphAlias& of = graph.binding().aliases[alias];
    if (!of.is_of_members) return resolver.resolve(facts.number_of(of.name));
    for (GraphName target : graph.targets_of_alias(alias)) {
        const NameNumber found = resolver.resolve(facts.number_of(target));
        if (found != no_name) return found;
    }
    return no_name;
}

std::string targets_as_json(const ResidentGraph& graph, uint32_t alias) {
    SavedNames names;
    for (GraphName target : graph.targets_of_alias(alias)) names.candidates.push_back(graph.name(target));
    return as_json(names);
}

std::optional<std::string_view> text_of(const GraphFacts& facts, NameNumber name) {
    if (name == no_name) return std::nullopt;
    return facts.facts().text(name);
}

}  // namespace

Task<> aliases(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, WithReverse::no);
    const std::unique_ptr<GraphFacts> facts = co_await GraphFacts::make(*graph);
    PathResolver resolver(facts->facts());
    uint64_t work = 0;
    for (uint32_t file = 0; file < graph->file_count(); file++) {
        const ResidentGraph::FileRange range = graph->file(file);
        for (uint32_t alias = range.first_alias; alias < range.end_alias; alias++) {
            const GraphAlias& of = graph->binding().aliases[alias];
            const std::string targets = targets_as_json(*graph, alias);
            const NameNumber found = resolve_alias(*graph, alias, *facts, resolver);
            const auto row = row_of<alias_columns>(range.path, graph->name(of.name), targets, of.is_of_members ? 1 : 0,
                                                   text_of(*facts, found));
            co_yield row;
            if (resolver.work() + alias - work < work_between_checkpoints) continue;
            work = resolver.work() + alias;
            co_await checkpoint();
        }
    }
}

Task<> resolve_path(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    const std::string_view path = arguments.text(resolve_arguments["path"]);
    std::optional<std::string_view> found;
    GraphCache::Graph graph;
    std::unique_ptr<GraphFacts> facts;
    if (!path.empty() && path.size() <= name_limit) {
        graph = co_await snapshot_graph(arguments, at, WithReverse::no);
        facts = co_await GraphFacts::make(*graph);
        PathResolver resolver(facts->facts());
        found = text_of(*facts, resolver.resolve(path));
    }
    const auto row = row_of<resolved_column>(found);
    co_yield row;
}

}  // namespace codegraph
