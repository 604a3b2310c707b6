// Scores the symbols that a traversal reaches. The score of a symbol is the greatest product of confidences over its
// shortest paths from a start, multiplied from the start on. A product of factors from 0 to 1 grows with each factor,
// also when it is rounded. So the greatest of a symbol is made of the greatest of those one level up.
//
// Invariants:
// 1. While a level is in the making, `arrived_` has for each of its symbols the greatest product that came so far.
// 2. A row has the score of its symbol once its level is whole. What arrives later came by a longer path: it changes
//    `arrived_`, which nobody reads for that symbol again.
#pragma once
#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>

#include "graph/edge_filter.h"
#include "graph/resident_graph.h"

namespace codegraph {

// A symbol that is one step away from the starts, whatever the graph says. Its row has no_name as `via`, unless an edge
// reaches it as well.
struct JoiningSymbol {
    Symbol symbol;
    double score;
};

class PathScores {
public:
    PathScores(const ResidentGraph& graph, const EdgeFilter& filter, bool are_wanted,
               std::span<const JoiningSymbol> joining)
        : graph_(graph) {
        if (!are_wanted || (joining.empty() && !are_different(filter))) return;
        arrived_ = std::make_unique_for_overwrite<double[]>(graph.symbol_count());
        of_rows_ = std::make_unique_for_overwrite<double[]>(graph.symbol_count());
    }
    // Returns whether rows have scores of their own. Otherwise all are 1, or nobody wants them.
    bool are_kept() const { return of_rows_ != nullptr; }

    void set_start(size_t row, Symbol start) { of_rows_[row] = arrived_[start] = 1; }
    void arrive(size_t from_row, Label label, Symbol at, bool is_new) {
        arrive_with(of_rows_[from_row] * graph_.confidence(label), at, is_new);
    }
    void arrive_with(double product, Symbol at, bool is_new) {
        arrived_[at] = is_new ? product : std::max(arrived_[at], product);
    }
    void set_row(size_t row, Symbol symbol) { of_rows_[row] = arrived_[symbol]; }
    double operator[](size_t row) const { return are_kept() ? of_rows_[row] : 1; }

private:
    bool are_different(const EdgeFilter& filter) const {
        for (Label label = 0; label < graph_.label_count(); label++)
            if (filter.takes(label) && graph_.confidence(label) != 1) return true;
        return false;
    }

    const ResidentGraph& graph_;
    std::unique_ptr<double[]> arrived_;  // by symbol; not set before the symbol is reached
    std::unique_ptr<double[]> of_rows_;
};

}  // namespace codegraph
