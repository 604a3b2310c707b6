// Finds what lies around a symbol: the symbol itself and what it reaches along the arrows, against them, or both. Each
// way is gone on its own: callers of callers and callees of callees are inside, but callers of callees are not.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/edge_cursor.h"
#include "graph/symbol_set.h"

namespace codegraph {

enum class DrawnDirection { out, in, both };

DrawnDirection parse_direction(std::string_view text);  // throws invalid() for all but out, in, both

class Neighbourhood {
public:
    // The graph stays alive and in place as long as this. It has its reverse unless the direction is out. Without
    // max_depth there is no limit. Throws invalid() when max_depth is negative.
    Neighbourhood(const ResidentGraph& graph, Symbol start, DrawnDirection direction, std::optional<int64_t> max_depth);

    // Goes on for about `budget` symbols and edges. Returns true when all is done. Listing the symbols is not split.
    bool step(size_t budget);

    // These require that step() has returned true.
    std::span<const Symbol> symbols() const { return symbols_; }  // in ascending order
    bool contains(Symbol symbol) const { return inside_.contains(symbol); }
    uint32_t beyond() const { return beyond_.count(); }  // how many more a max_depth higher by one would let in

private:
    struct Way {
        Way(const ResidentGraph& graph, Direction direction, bool is_followed, Symbol start);
        EdgeCursor cursor;
        SymbolSet seen;
        std::vector<Symbol> level;  // the last whole one; in the end what is max_depth edges away, or nothing
        std::vector<Symbol> next;   // the level in the making
        int64_t depth = 0;
    };
    bool reach(Way& way, size_t& budget);
    bool look_beyond(Way& way, size_t& budget);

    const std::optional<int64_t> max_depth_;
    SymbolSet inside_, beyond_;
    Way out_, in_;
    int parts_done_ = 0;  // of four: reach out, reach in, look beyond out, look beyond in
    std::vector<Symbol> symbols_;
};

}  // namespace codegraph
