// Tells which edges of a graph are followed: those of given relationships, with at least a given confidence. It has one
// byte for each label of the graph, so that asking is a look-up.
#pragma once
#include <string>
#include <vector>

#include "graph/resident_graph.h"

namespace codegraph {

void check_min_confidence(double min_confidence);  // throws invalid() outside 0..1

class EdgeFilter {
public:
    // An empty list of relationships lets all pass. A name that the graph does not have selects nothing.
    EdgeFilter(const ResidentGraph& graph, const std::vector<std::string>& relationships, double min_confidence);

    bool takes(Label label) const { return takes_label_[label] != 0; }
    bool takes_all() const { return takes_all_; }

private:
    std::vector<uint8_t> takes_label_;
    bool takes_all_ = true;
};

}  // namespace codegraph
