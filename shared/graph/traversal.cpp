#include "graph/traversal.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/error.h"

namespace codegraph {

void check_max_depth(int64_t max_depth) {
    if (max_depth < 0) throw invalid("max_depth must not be negative: " + std::to_string(max_depth));
}

void check_min_confidence(double min_confidence) {
    if (min_confidence >= 0 && min_confidence <= 1) return;  // so that NaN is refused
    char text[32];
    char* end = std::to_chars(text, text + sizeof text, min_confidence).ptr;
    throw invalid("min_confidence must be between 0 and 1: " + std::string(text, end));
}

Traversal::Traversal(const ResidentGraph& graph, Symbol start, const TraversalOptions& options)
    : graph_(graph),
      direction_(options.direction),
      max_depth_(options.max_depth),
      min_confidence_(options.min_confidence),
      followed_(graph.relationship_count(), options.relationships.empty()),
      row_of_(graph.symbol_count(), 0) {
    if (max_depth_) check_max_depth(*max_depth_);
    check_min_confidence(min_confidence_);
    for (uint32_t number = 0; number < graph.relationship_count(); number++)
        for (const std::string& name : options.relationships)
            if (graph.relationship_name(number) == name) followed_[number] = true;
    rows_.push_back({.depth = 0, .symbol = start, .via = start, .relationship = 0});
    row_of_[start] = 1;
    done_ = max_depth_ == 0;
}

bool Traversal::step(size_t budget) {
    for (size_t left = std::max<size_t>(budget, 1); !done_ && left > 0;) {
        if (from_ == level_end_)
            finish_level();
        else
            left -= follow(left);
    }
    return done_;
}

std::span<const ReachedSymbol> Traversal::reached() const {
    return std::span(rows_).subspan(1, level_end_ - 1);
}

// Follows up to `limit` of the edges of the symbol whose turn it is; tells how much work that was.
size_t Traversal::follow(size_t limit) {
    const Symbol symbol = rows_[from_].symbol;
    size_t end;
    const size_t first = edge_;
    if (direction_ == Direction::dependencies) {
        const std::span<const Dependency> edges = graph_.dependencies_of(symbol);
        end = edges.size();
        for (; edge_ < end && edge_ - first < limit; edge_++) look_at(edges[edge_], edges[edge_].target);
    } else {
        const std::span<const uint32_t> edges = graph_.dependents_of(symbol);
        end = edges.size();
        for (; edge_ < end && edge_ - first < limit; edge_++) {
            const Dependency& dependency = graph_.dependency(edges[edge_]);
            look_at(dependency, graph_.symbol_of(dependency.from));
        }
    }
    const size_t work = std::max<size_t>(edge_ - first, 1);
    if (edge_ == end) {
        from_++;
        edge_ = 0;
    }
    return work;
}

// A level's symbols are followed in ascending order, so the first that reaches another is its least predecessor, and
// only more edges of the same pair can still change the row.
void Traversal::look_at(const Dependency& dependency, Symbol next) {
    if (!followed_[dependency.relationship] || dependency.confidence < min_confidence_) return;
    const ReachedSymbol& from = rows_[from_];
    if (row_of_[next] == 0) {
        rows_.push_back({from.depth + 1, next, from.symbol, dependency.relationship});
        row_of_[next] = static_cast<uint32_t>(rows_.size());
        return;
    }
    const size_t place = row_of_[next] - 1;
    if (place < level_end_) return;  // reached on a level above, or on this one: places change within a level alone
    ReachedSymbol& row = rows_[place];
    if (row.via == from.symbol) row.relationship = std::min(row.relationship, dependency.relationship);
}

void Traversal::finish_level() {
    const auto begin = rows_.begin() + static_cast<ptrdiff_t>(level_end_);
    std::sort(begin, rows_.end(), [](const ReachedSymbol& a, const ReachedSymbol& b) { return a.symbol < b.symbol; });
    const bool empty = begin == rows_.end();
    level_end_ = rows_.size();
    done_ = empty || (max_depth_ && rows_.back().depth == *max_depth_);
}

}  // namespace codegraph
