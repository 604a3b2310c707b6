#include "graph/edge_filter.h"

#include <algorithm>

#include "base/error.h"

namespace codegraph {

void check_min_confidence(double min_confidence) {
    if (min_confidence >= 0 && min_confidence <= 1) return;  // so that NaN is refused
    throw invalid("min_confidence must be between 0 and 1: " + number_text(min_confidence));
}

EdgeFilter::EdgeFilter(const ResidentGraph& graph, const std::vector<std::string>& relationships,
                       double min_confidence) {
    check_min_confidence(min_confidence);
    std::vector<std::string_view> wanted(relationships.begin(), relationships.end());
    std::ranges::sort(wanted);
    takes_label_.resize(graph.label_count());
    for (Label label = 0; label < graph.label_count(); label++) {
        const bool related = wanted.empty() || std::ranges::binary_search(wanted, graph.relationship_name(label));
        takes_label_[label] = related && graph.confidence(label) >= min_confidence;
        takes_all_ &= takes_label_[label] != 0;
    }
}

}  // namespace codegraph
