#include "operations/graph/analysis.h"

#include <algorithm>

#include "base/error.h"
#include "engine/long_sort.h"
#include "engine/request.h"
#include "graph/cycles.h"
#include "graph/dependency_path.h"
#include "graph/importance.h"
#include "graph/unreferenced.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "operations/read/yield_chunks.h"
#include "signatures/readers.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// A graph, and the filter for the relationships that an argument names.
struct FilteredGraph {
    SnapshotAt at;
    GraphCache::Graph graph;
    EdgeFilter filter;
};

Task<FilteredGraph> filtered_graph(const Arguments& arguments, ArgumentPlace relationships_place) {
    std::vector<std::string> relationships = relationships_argument(arguments, relationships_place);
    SnapshotAt at = co_await snapshot_at(arguments);
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, WithReverse::yes);
    EdgeFilter filter(*graph, relationships, 0);
    co_return FilteredGraph{std::move(at), std::move(graph), std::move(filter)};
}

template <class Algorithm>
Task<> run_to_end(Algorithm& algorithm) {
    while (!algorithm.step(work_between_checkpoints)) co_await checkpoint();
}

}  // namespace

Task<> dependency_path(const Arguments& arguments) {
    FilteredGraph filtered = co_await filtered_graph(arguments, path_arguments["relationships"]);
    const ResidentGraph& graph = *filtered.graph;
    const std::optional<Symbol> source = graph.resolve(arguments.text(path_arguments["source"])),
                                target = graph.resolve(arguments.text(path_arguments["target"]));
    if (!source) throw unknown_chunk(arguments.text(path_arguments["source"]));
    if (!target) co_return;
    DependencyPath path(graph, filtered.filter, *source, *target);
    co_await run_to_end(path);
    int64_t place = 0;
    for (const PathStep& step : path.path()) {
        const bool is_external = graph.is_external(step.symbol);
        const std::string id = is_external ? "" : graph.chunk_id(graph.chunks_of(step.symbol)[0]);
        const auto row = row_of<path_columns>(
            place, is_external ? null_cell() : cell(id),
            is_external ? cell(graph.symbol_name(step.symbol)) : cell(graph.fqn(graph.chunks_of(step.symbol)[0])),
            place == 0 ? null_cell() : cell(graph.relationship_name(step.label)), is_external ? 1 : 0);
        co_yield row;
        if (++place % rows_between_checkpoints == 0) co_await checkpoint();
    }
}

Task<> cycles(const Arguments& arguments) {
    FilteredGraph filtered = co_await filtered_graph(arguments, analysis_arguments["relationships"]);
    const ResidentGraph& graph = *filtered.graph;
    Cycles cycles(graph, filtered.filter);
    co_await run_to_end(cycles);
    int64_t rows = 0;
    for (uint32_t cycle = 0; cycle < cycles.count(); cycle++)
        for (Symbol symbol : cycles[cycle])
            for (ChunkIndex chunk : graph.chunks_of(symbol)) {
                const std::string id = graph.chunk_id(chunk);
                const auto row = row_of<cycle_columns>(cycle + 1, graph.fqn(chunk), id, graph.file_path(chunk));
                co_yield row;
                if (++rows % rows_between_checkpoints == 0) co_await checkpoint();
            }
}

Task<> importance(const Arguments& arguments) {
    FilteredGraph filtered = co_await filtered_graph(arguments, analysis_arguments["relationships"]);
    const ResidentGraph& graph = *filtered.graph;
    Importance importance(graph, filtered.filter);
    co_await run_to_end(importance);
    std::vector<Symbol> ranked;
    for (Symbol symbol = 0; symbol < graph.symbol_count(); symbol++)
        if (!graph.is_external(symbol)) ranked.push_back(symbol);
    const std::span<const double> scores = importance.scores();
    const auto comes_before = [&](Symbol a, Symbol b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    };
    co_await sort_in_pieces(ranked, comes_before);
    int64_t rows = 0;
    for (Symbol symbol : ranked)
        for (ChunkIndex chunk : graph.chunks_of(symbol)) {
            const std::string id = graph.chunk_id(chunk);
            const auto row = row_of<importance_columns>(graph.fqn(chunk), id, scores[symbol]);
            co_yield row;
            if (++rows % rows_between_checkpoints == 0) co_await checkpoint();
        }
}

// The tree and the graph list the same live chunks in the same order, so counting them along the files tells which
// chunk of the graph a chunk of a file is.
Task<> unreferenced(const Arguments& arguments) {
    FilteredGraph filtered = co_await filtered_graph(arguments, analysis_arguments["relationships"]);
    const ResidentGraph& graph = *filtered.graph;
    Unreferenced unreferenced(graph, filtered.filter);
    co_await run_to_end(unreferenced);
    const SymbolSet& symbols = unreferenced.symbols();
    NodeStore nodes(filtered.at.repository.key);
    TreeCursor cursor(nodes, filtered.at.snapshot.root);
    uint64_t first = 0;  // the graph's index of the first chunk of the file
    bool more = co_await cursor.next();
    while (more) {
        std::vector<TreeEntry> entries;
        std::map<std::string, uint64_t, std::less<>> first_of;
        for (const TreeEntry& entry : cursor.entries()) {
            const uint64_t end = first + entry.value.count;
            if (end > graph.chunk_count()) throw corrupt("the tree counts more chunks than there are");
            bool any = false;
            for (uint64_t chunk = first; chunk < end; chunk++)
                any |= symbols.contains(graph.symbol_of(static_cast<ChunkIndex>(chunk)));
            if (any) {
                entries.push_back(entry);
                first_of.emplace(entry.key, first);
            }
            first = end;
        }
        ChunkChoice choice = [&](const std::string& path, size_t live) {
            const auto first_of_file = first_of.find(path);
            const uint64_t chunk = first_of_file == first_of.end() ? graph.chunk_count() : first_of_file->second + live;
            if (chunk >= graph.chunk_count())
                throw corrupt("file " + quote(path) + " has more chunks than the tree says");
            return symbols.contains(graph.symbol_of(static_cast<ChunkIndex>(chunk)));
        };
        ChunkFilter filter;
        filter.choice = std::move(choice);
        co_await yield_chunks(filtered.at.repository, std::move(entries), filter, used_content(arguments));
        more = co_await cursor.next();
    }
}

}  // namespace codegraph
