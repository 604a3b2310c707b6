#include "operations/graph/symbols.h"

#include "engine/request.h"
#include "operations/graph/rows.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "signatures/readers.h"

namespace codegraph {

Task<> symbols(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    const std::optional<std::string_view> kind = arguments.optional_text(symbol_arguments["chunk_kind"]);
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, WithReverse::no);
    SymbolRow row(*graph);
    for (ChunkIndex chunk = 0; chunk < graph->chunk_count(); chunk++) {
        if (chunk % rows_between_checkpoints == rows_between_checkpoints - 1) co_await checkpoint();
        if (kind && graph->kind(chunk) != *kind) continue;
        row.set(chunk);
        co_yield row;
    }
}

}  // namespace codegraph
