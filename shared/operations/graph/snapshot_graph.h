// The resident graph of a snapshot: the one the connection keeps, or one derived from that of a similar snapshot, or
// loaded from the outlines.
#pragma once
#include "operations/common/session.h"
#include "operations/read/snapshot_at.h"

namespace codegraph {

GraphKey graph_key(const Arguments& arguments, const SnapshotAt& at);

enum class WithReverse { no, yes };  // the edges by target too

// The snapshot was read under the caller's rights before, which is why a kept graph may be shown.
Task<GraphCache::Graph> snapshot_graph(const Arguments& arguments, const SnapshotAt& at, WithReverse reverse);

}  // namespace codegraph
