// Ranks the symbols of a graph by PageRank (Brin and Page, The Anatomy of a Large-Scale Hypertextual Web Search Engine,
// 1998). A score is the share of visits, in the long run, of a walk that follows a random edge with probability 0.85
// and otherwise, or where there is no edge, jumps to any symbol. A pair of symbols counts as one edge, however many it
// has; a loop counts, too. Scores add up to 1. Sums are added up in the order of symbols, so equal graphs have scores
// equal to the last bit.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "graph/edge_cursor.h"
#include "graph/edge_filter.h"

namespace codegraph {

class Importance {
public:
    // The filter decides which edges there are; all symbols are ranked. The graph stays alive and in place as long as
    // this, and has its reverse.
    Importance(const ResidentGraph& graph, EdgeFilter filter);

    bool step(size_t budget);  // goes on for about `budget` symbols and edges; returns true when all is done

    std::span<const double> scores() const { return scores_; }  // by symbol; requires that step() has returned true

private:
    enum class Phase { gather, share, score, done };

    void gather(size_t& budget);
    void share(size_t& budget);
    void score(size_t& budget);
    void finish_round();

    const uint32_t count_;
    const EdgeFilter filter_;
    EdgeCursor cursor_;
    Phase phase_;

    // The pairs of symbols with an edge: for each symbol in order, those that point at it.
    std::vector<Symbol> sources_;
    std::vector<uint32_t> in_degrees_, out_degrees_;  // by symbol
    Symbol last_source_, last_target_;                // the pair that was gathered last

    std::vector<double> scores_;
    std::vector<double> shares_;  // what each symbol gives to each of those that it points at
    double dangling_ = 0;         // the score of symbols that point at nothing
    double change_ = 0;           // how much all scores changed in this round
    int rounds_ = 0;

    Symbol symbol_ = 0;      // whose turn it is, in each phase
    size_t pair_ = 0;        // score: the next of sources_
    uint32_t received_ = 0;  // score: from how many sources symbol_ has its share already,
    double sum_ = 0;         // score: and how much that is
};

}  // namespace codegraph
