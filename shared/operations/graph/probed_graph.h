// Makes a graph of a few files instead of the whole graph, for a question about what is one or two edges away from a
// chunk along the arrows.
//
// A query that leads here, where the connection keeps no graph of the snapshot:
//     SELECT to_fqn FROM cg_dependencies_from('app', 'main', 'auth.login');
#pragma once
#include "operations/graph/snapshot_graph.h"

namespace codegraph {

inline constexpr int64_t deepest_probe = 2;

// Returns the graph of the snapshot, or that of the files that define what the chunk reaches within `depth` edges.
// Takes the second where the connection keeps no graph of the snapshot and the second costs less. Questions along the
// arrows within that depth have the same answer in both. `depth` is at most deepest_probe. The graph need not have its
// reverse.
Task<GraphCache::Graph> graph_around(const Arguments& arguments, const SnapshotAt& at, std::string chunk,
                                     int64_t depth);

}  // namespace codegraph
