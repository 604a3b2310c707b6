// What a symbol depends on, directly or not, or what depends on it: breadth first, in pieces of bounded work, so that
// a coroutine around it can look for an interrupt between them:
//     Traversal traversal(graph, start, options);
//     for (bool done = traversal.step(n); !done; done = traversal.step(n)) co_await checkpoint();
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/resident_graph.h"

namespace codegraph {

enum class Direction { dependencies, dependents };  // with the arrows, against them

struct TraversalOptions {
    Direction direction = Direction::dependencies;
    std::optional<int64_t> max_depth = {};        // no limit without it
    std::vector<std::string> relationships = {};  // of the edges that are followed; empty: all
    double min_confidence = 0;                    // of the edges that are followed
};

void check_max_depth(int64_t max_depth);           // throws invalid() when negative
void check_min_confidence(double min_confidence);  // throws invalid() outside 0..1

struct ReachedSymbol {
    uint32_t depth;  // the least
    Symbol symbol;
    Symbol via;             // the least symbol one level up with an edge to (or, against the arrows, from) this one
    uint32_t relationship;  // the least of those edges
    bool operator==(const ReachedSymbol&) const = default;
};

class Traversal {
public:
    // The graph stays alive and in place as long as the traversal. Throws as the checks above do.
    Traversal(const ResidentGraph& graph, Symbol start, const TraversalOptions& options);

    // Goes on for about `budget` symbols and edges, and at least one; true when all is done. A hub is split as well;
    // ordering a level that is complete is not.
    bool step(size_t budget);

    // By depth, then symbol; without the start, even when a cycle leads back to it. Complete when step() has said true;
    // until then, the levels that are. The next step() invalidates the view.
    std::span<const ReachedSymbol> reached() const;

private:
    size_t follow(size_t limit);
    void look_at(const Dependency& dependency, Symbol next);
    void finish_level();

    const ResidentGraph& graph_;
    Direction direction_;
    std::optional<int64_t> max_depth_;
    double min_confidence_;
    std::vector<bool> followed_;  // by relationship

    std::vector<ReachedSymbol> rows_;  // the start, whole levels, the level in the making
    std::vector<uint32_t> row_of_;     // by symbol, + 1; 0: not reached. A row moves when its level is ordered
    size_t from_ = 0;                  // the row whose edges are followed, in the last whole level
    size_t edge_ = 0;                  // how many of them are
    size_t level_end_ = 1;             // of the last whole level
    bool done_ = false;
};

}  // namespace codegraph
