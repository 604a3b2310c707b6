#include "graph/neighbourhood.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.h"

namespace codegraph {

DrawnDirection parse_direction(std::string_view text) {
    if (text == "out") return DrawnDirection::out;
    if (text == "in") return DrawnDirection::in;
    if (text == "both") return DrawnDirection::both;
    throw invalid("direction must be out, in or both: " + quote(text));
}

Neighbourhood::Way::Way(const ResidentGraph& graph, Direction direction, bool is_followed, Symbol start)
    : cursor(graph, direction), seen(graph.symbol_count()) {
    if (is_followed) level.push_back(start);
    seen.insert(start);
}

Neighbourhood::Neighbourhood(const ResidentGraph& graph, Symbol start, DrawnDirection direction,
                             std::optional<int64_t> max_depth)
    : max_depth_(max_depth),
      inside_(graph.symbol_count()),
      beyond_(graph.symbol_count()),
      out_(graph, Direction::dependencies, direction != DrawnDirection::in, start),
      in_(graph, Direction::dependents, direction != DrawnDirection::out, start) {
    if (max_depth_) check_max_depth(*max_depth_);
    inside_.insert(start);
}

// What lies beyond is told from what is inside only when both ways are gone.
bool Neighbourhood::step(size_t budget) {
    budget = std::max<size_t>(budget, 1);
    if (parts_done_ == 0 && reach(out_, budget)) parts_done_++;
    if (parts_done_ == 1 && reach(in_, budget)) parts_done_++;
    if (parts_done_ == 2 && look_beyond(out_, budget)) parts_done_++;
    if (parts_done_ == 3 && look_beyond(in_, budget)) {
        symbols_ = inside_.symbols();
        parts_done_++;
    }
    return parts_done_ == 4;
}

bool Neighbourhood::reach(Way& way, size_t& budget) {
    const auto enter = [&](Symbol, Symbol next, Label) {
        if (!way.seen.insert(next)) return;
        inside_.insert(next);
        way.next.push_back(next);
    };
    while (!way.level.empty() && way.depth != max_depth_) {
        if (!way.cursor.follow(way.level, budget, enter)) return false;
        std::swap(way.level, way.next);
        way.next.clear();
        way.depth++;
    }
    return true;
}

bool Neighbourhood::look_beyond(Way& way, size_t& budget) {
    return way.cursor.follow(way.level, budget, [&](Symbol, Symbol next, Label) {
        if (!inside_.contains(next)) beyond_.insert(next);
    });
}

}  // namespace codegraph
