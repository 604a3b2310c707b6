#include "graph/dependency_path.h"

#include <algorithm>
#include <utility>

namespace codegraph {

void DependencyPath::Levels::add(const std::vector<Symbol>& level) {
    starts_.push_back(symbols_.size());
    symbols_.insert(symbols_.end(), level.begin(), level.end());
}

void DependencyPath::Levels::drop_last() {
    symbols_.resize(starts_.back());
    starts_.pop_back();
}

std::span<const Symbol> DependencyPath::Levels::operator[](size_t level) const {
    const size_t end = level + 1 < starts_.size() ? starts_[level + 1] : symbols_.size();
    return std::span(symbols_).subspan(starts_[level], end - starts_[level]);
}

DependencyPath::Side::Side(const ResidentGraph& graph, Direction direction, Symbol start)
    : cursor(graph, direction), seen(graph.symbol_count()) {
    seen.insert(start);
    levels.add({start});
}

DependencyPath::DependencyPath(const ResidentGraph& graph, EdgeFilter filter, Symbol source, Symbol target)
    : graph_(graph),
      filter_(std::move(filter)),
      forward_(graph, Direction::dependencies, source),
      backward_(graph, Direction::dependents, target),
      marked_(graph.symbol_count()),
      first_(target) {
    if (source == target) phase_ = Phase::follow_back;
}

bool DependencyPath::step(size_t budget) {
    budget = std::max<size_t>(budget, 1);
    while (phase_ != Phase::done && budget > 0) {
        if (phase_ == Phase::search)
            search(budget);
        else if (phase_ == Phase::narrow)
            narrow(budget);
        else
            follow_back(budget);
    }
    return phase_ == Phase::done;
}

// Makes one level of one side. Those of its symbols that the other side has seen are on the other's last level: had
// they been on an earlier one, the sides would have met before.
void DependencyPath::search(size_t& budget) {
    Side& other = side_ == &forward_ ? backward_ : forward_;
    const bool whole = side_->cursor.follow(side_->levels.last(), budget, [&](Symbol, Symbol next, Label label) {
        if (!filter_.takes(label) || !side_->seen.insert(next)) return;
        next_.push_back(next);
        if (other.seen.contains(next)) meeting_.push_back(next);
    });
    if (!whole) return;
    if (next_.empty()) {
        phase_ = Phase::done;
        return;
    }
    side_->levels.add(next_);
    next_.clear();
    if (meeting_.empty()) {
        if (other.levels.last().size() <= side_->levels.last().size()) side_ = &other;
        return;
    }
    forward_.levels.drop_last();  // where the sides met, only the symbols of the meeting lie on a shortest path
    forward_.levels.add(meeting_);
    before_target_ = backward_.levels.count() - 1;
    phase_ = Phase::narrow;
}

// Makes the forward levels from the meeting to the target, within the backward levels.
void DependencyPath::narrow(size_t& budget) {
    if (before_target_ == 0) {
        phase_ = Phase::follow_back;
        return;
    }
    const std::span<const Symbol> within = backward_.levels[before_target_ - 1];
    if (!is_marked_) mark(within, budget);
    const bool whole = forward_.cursor.follow(forward_.levels.last(), budget, [&](Symbol, Symbol next, Label label) {
        if (filter_.takes(label) && marked_.erase(next)) next_.push_back(next);
    });
    if (!whole) return;
    unmark(within);
    forward_.levels.add(next_);
    next_.clear();
    before_target_--;
}

// The first allowed edge to a symbol from a marked one is from its least predecessor, and has the least label.
void DependencyPath::follow_back(size_t& budget) {
    const size_t depth = forward_.levels.count() - 1;  // levels below the path's first symbol are dropped
    if (depth == 0) {
        path_.push_back({.symbol = first_, .label = 0});
        std::reverse(path_.begin(), path_.end());
        phase_ = Phase::done;
        return;
    }
    if (!is_marked_) mark(forward_.levels[depth - 1], budget);
    const EdgeView edges = graph_.edges_to(first_);
    for (; budget > 0; budget--, edge_++) {
        if (!filter_.takes(edges.label(edge_)) || !marked_.contains(edges.symbol(edge_))) continue;
        path_.push_back({.symbol = first_, .label = edges.label(edge_)});
        first_ = edges.symbol(edge_);
        edge_ = 0;
        unmark(forward_.levels[depth - 1]);
        forward_.levels.drop_last();
        budget--;
        return;
    }
}

void DependencyPath::mark(std::span<const Symbol> level, size_t& budget) {
    for (const Symbol symbol : level) marked_.insert(symbol);
    is_marked_ = true;
    budget -= std::min(budget, level.size());
}

void DependencyPath::unmark(std::span<const Symbol> level) {
    for (const Symbol symbol : level) marked_.erase(symbol);
    is_marked_ = false;
}

}  // namespace codegraph
