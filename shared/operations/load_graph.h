// Builds the resident graph of a root from the outlines of its file versions.
#pragma once
#include "base/sha256.h"
#include "engine/task.h"
#include "graph/resident_graph.h"
#include "storage/repository.h"

namespace codegraph {

Task<ResidentGraph> load_graph(const Repository& repository, Digest root);

}  // namespace codegraph
