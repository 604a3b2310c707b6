// What lies around a symbol: itself and what it reaches along the arrows, against them, or both - each way on its own,
// so callers of callers and called of called, but not callers of called.
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
    // The graph stays alive and in place as long as this; it is built in reverse unless the direction is out. No
    // max_depth is no limit; a negative one throws invalid().
    Neighbourhood(const ResidentGraph& graph, Symbol start, DrawnDirection direction, std::optional<int64_t> max_depth);

    // Goes on for about `budget` symbols and edges; true when all is done. Listing the symbols at the end is not split.
    bool step(size_t budget);

    // Complete when step() has said true.
    std::span<const Symbol> symbols() const { return symbols_; }  // in ascending order
    bool contains(Symbol symbol) const { return inside_.contains(symbol); }
    uint32_t beyond() const { return beyond_.count(); }  // how many more a limit one higher would let in

private:
    struct Way {
        Way(const ResidentGraph& graph, Direction direction, bool is_followed, Symbol start);
        EdgeCursor cursor;
        SymbolSet seen;
        std::vector<Symbol> level;  // in the end what is max_depth edges away, or nothing
        std::vector<Symbol> next;   // the level in the making
        int64_t depth = 0;
    };
    bool reach(Way& way, size_t& budget);
    bool look_beyond(Way& way, size_t& budget);

    const std::optional<int64_t> max_depth_;
    SymbolSet inside_, beyond_;
    Way out_, in_;
    int parts_done_ = 0;  // of the four parts: reach out, reach in, look beyond out, look beyond in
    std::vector<Symbol> symbols_;
};

}  // namespace codegraph
