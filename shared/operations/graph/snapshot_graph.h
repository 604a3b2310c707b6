// Finds the resident graph of a snapshot. It is the one that the connection keeps; else one that is derived from the
// graph of a similar snapshot; else one that is loaded from the outlines.
//
// A query that leads here:
//     SELECT fqn FROM cg_unreferenced('app', 'main');
#pragma once
#include "operations/common/session.h"
#include "operations/read/snapshot_at.h"

namespace codegraph {

GraphKey graph_key(const Arguments& arguments, const SnapshotAt& at);

enum class WithReverse { no, yes };  // says whether the graph has its edges by target, too

// Returns the graph, which the connection then keeps if it is not too large. Requires that `at` was read under the
// caller's rights: a graph that is kept may then be shown.
Task<GraphCache::Graph> snapshot_graph(const Arguments& arguments, const SnapshotAt& at, WithReverse reverse);

}  // namespace codegraph
