// Finds a shortest path between two symbols: the one that a traversal from the source gives when its `via` and
// `relationship` are followed back from the target. Of all shortest paths it is the one that, seen from the target,
// takes the least predecessor each time. It is found from both ends, without a whole traversal: the side with fewer
// symbols on its last level goes one level on, until the two sides meet. (Pohl, Bi-directional search, 1971. It goes
// level by level, so that the first meeting is a shortest one.)
//
// Let D be the length, F(i) the symbols i edges after the source and B(i) those i edges before the target. The levels
// of the path are F(i) up to where the sides met, and from there on only what lies on a shortest path:
// S(i + 1) = successors of S(i) within B(D - i - 1). The least predecessor of a symbol of the path within those levels
// is the least of all, because every predecessor one level up lies on a shortest path too.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "graph/edge_cursor.h"
#include "graph/edge_filter.h"
#include "graph/symbol_set.h"

namespace codegraph {

struct PathStep {
    Symbol symbol;
    Label label;  // the least of the edges that the symbol before has to it; means nothing at the source
};

class DependencyPath {
public:
    // The graph stays alive and in place as long as this, and has its reverse.
    DependencyPath(const ResidentGraph& graph, EdgeFilter filter, Symbol source, Symbol target);

    // Goes on for about `budget` symbols and edges. Returns true when all is done. Marking one level is not split.
    bool step(size_t budget);

    // Goes from source to target; empty when there is no path. Requires that step() has returned true.
    std::span<const PathStep> path() const { return path_; }

private:
    class Levels {
    public:
        void add(const std::vector<Symbol>& level);
        void drop_last();
        size_t count() const { return starts_.size(); }
        std::span<const Symbol> operator[](size_t level) const;
        std::span<const Symbol> last() const { return (*this)[count() - 1]; }

    private:
        std::vector<Symbol> symbols_;
        std::vector<size_t> starts_;
    };
    struct Side {
        Side(const ResidentGraph& graph, Direction direction, Symbol start);
        EdgeCursor cursor;
        SymbolSet seen;
        Levels levels;
    };
    enum class Phase { search, narrow, follow_back, done };

    void search(size_t& budget);
    void narrow(size_t& budget);
    void follow_back(size_t& budget);
    void mark(std::span<const Symbol> level, size_t& budget);
    void unmark(std::span<const Symbol> level);

    const ResidentGraph& graph_;
    const EdgeFilter filter_;
    Side forward_, backward_;
    Side* side_ = &forward_;  // the one whose next level is in the making
    Phase phase_ = Phase::search;
    std::vector<Symbol> next_;     // symbols of that level
    std::vector<Symbol> meeting_;  // those of next_ that the other side has seen

    SymbolSet marked_;  // the symbols of one level, while it is looked into
    bool is_marked_ = false;
    size_t before_target_ = 0;    // narrow: how many edges the last forward level is from the target
    size_t edge_ = 0;             // follow_back: how many of the edges that point at first_ are looked at
    Symbol first_;                // follow_back: the first symbol of the path so far
    std::vector<PathStep> path_;  // from the target back, until it is complete
};

}  // namespace codegraph
