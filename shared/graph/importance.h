// PageRank over the symbols of a graph (Brin and Page, The Anatomy of a Large-Scale Hypertextual Web Search Engine,
// 1998): a walk that follows a random edge with probability 0.85 and else, or where there is none, jumps anywhere.
// However many edges a pair of symbols has, it counts as one; so does a loop. Scores add up to 1. Sums are always
// added up in the order of symbols, so equal graphs have equal scores to the last bit.
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
    // this, and is built in reverse.
    Importance(const ResidentGraph& graph, EdgeFilter filter);

    bool step(size_t budget);  // goes on for about `budget` symbols and edges; true when all is done

    std::span<const double> scores() const { return scores_; }  // by symbol; when step() has said true

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

    // The pairs: for each symbol one after the other the symbols that point at it.
    std::vector<Symbol> sources_;
    std::vector<uint32_t> in_degrees_, out_degrees_;  // by symbol
    Symbol last_source_, last_target_;                // the pair gathered last

    std::vector<double> scores_;
    std::vector<double> shares_;  // what each symbol gives to each of those that it points at
    double dangling_ = 0;         // the score of symbols that point at nothing
    double change_ = 0;           // of all scores, in this round
    int rounds_ = 0;

    Symbol symbol_ = 0;      // whose turn it is, in each phase
    size_t pair_ = 0;        // score: the next of sources_
    uint32_t received_ = 0;  // score: from how many sources that symbol has its share already,
    double sum_ = 0;         // and how much
};

}  // namespace codegraph
