// The part of a snapshot's graph that lies within one or two levels of a chunk, along the arrows.
#pragma once
#include "operations/graph/snapshot_graph.h"

namespace codegraph {

inline constexpr int64_t deepest_probe = 2;

// The graph of the snapshot, or, when none is kept and that costs less, of those of its files alone that what the chunk
// reaches within `depth` (at most deepest_probe) depends on: what is asked along the arrows within that depth has the
// same answer in both. Without reverse.
Task<GraphCache::Graph> graph_around(const Arguments& arguments, const SnapshotAt& at, std::string chunk,
                                     int64_t depth);

}  // namespace codegraph
