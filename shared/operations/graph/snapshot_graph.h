// Finds the resident graph of a snapshot. It is the one that the connection keeps; else one that is derived from the
// graph of a similar snapshot; else one that is loaded from the outlines.
//
// A query that leads here:
//     SELECT fqn FROM cg_unreferenced('app', 'main');
#pragma once
#include "operations/common/session.h"
#include "operations/read/snapshot_at.h"

namespace codegraph {

// Tells whether the call may take graphs that the connection keeps, and leave one there. It may not where the caller
// lacks a right to a table that graphs are loaded from, or where row-level security hides rows of one from him: a graph
// from memory would show what the tables would not. The setting row_security_by_repository says that whoever sees the
// row of a repository, which has been read by now, sees all of it.
Task<bool> may_share_graphs(const Arguments& arguments);

GraphKey graph_key(const Arguments& arguments, const SnapshotAt& at);

enum class WithReverse { no, yes };  // says whether the graph has its edges by target, too

// Returns the graph, which the connection then keeps if it is not too large. Requires that `at` was read under the
// caller's rights: a graph that is kept may then be shown, where may_share_graphs() says so.
Task<GraphCache::Graph> snapshot_graph(const Arguments& arguments, const SnapshotAt& at, WithReverse reverse);
// As snapshot_graph(), where the answer of may_share_graphs() is known.
Task<GraphCache::Graph> snapshot_graph(const Arguments& arguments, const SnapshotAt& at, WithReverse reverse,
                                       bool may_share);

}  // namespace codegraph
