// Draws the neighbourhood of a chunk, for Graphviz or Mermaid.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> graph_dot(const Arguments& arguments);
Task<> graph_mermaid(const Arguments& arguments);

}  // namespace codegraph
