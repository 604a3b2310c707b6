#include "graph/importance.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace codegraph {

static constexpr double damping = 0.85;
static constexpr double small_change = 1e-9;
static constexpr int most_rounds = 100;
static constexpr Symbol none = ~Symbol{0};

Importance::Importance(const ResidentGraph& graph, EdgeFilter filter)
    : count_(graph.symbol_count()),
      filter_(std::move(filter)),
      cursor_(graph, Direction::dependents),
      phase_(count_ == 0 ? Phase::done : Phase::gather),
      in_degrees_(count_, 0),
      out_degrees_(count_, 0),
      last_source_(none),
      last_target_(none),
      scores_(count_, 1.0 / count_),
      shares_(count_, 0) {}

bool Importance::step(size_t budget) {
    budget = std::max<size_t>(budget, 1);
    while (phase_ != Phase::done && budget > 0) {
        if (phase_ == Phase::gather)
            gather(budget);
        else if (phase_ == Phase::share)
            share(budget);
        else
            score(budget);
    }
    return phase_ == Phase::done;
}

// Rounds read the pairs many times, so they are picked out of the edges once.
void Importance::gather(size_t& budget) {
    const auto keep = [&](Symbol target, Symbol source, Label label) {
        if (!filter_.takes(label) || (source == last_source_ && target == last_target_)) return;
        last_source_ = source;
        last_target_ = target;
        sources_.push_back(source);
        in_degrees_[target]++;
        out_degrees_[source]++;
    };
    if (cursor_.follow(AllSymbols{count_}, budget, keep)) phase_ = Phase::share;
}

void Importance::share(size_t& budget) {
    for (; symbol_ < count_ && budget > 0; symbol_++, budget--) {
        if (out_degrees_[symbol_] == 0)
            dangling_ += scores_[symbol_];
        else
            shares_[symbol_] = scores_[symbol_] / out_degrees_[symbol_];
    }
    if (symbol_ < count_) return;
    symbol_ = 0;
    phase_ = Phase::score;
}

void Importance::score(size_t& budget) {
    const double by_jumps = (1 - damping + damping * dangling_) / count_;
    while (symbol_ < count_ && budget > 0) {
        const auto more = static_cast<uint32_t>(std::min<size_t>(in_degrees_[symbol_] - received_, budget));
        for (uint32_t i = 0; i < more; i++) sum_ += shares_[sources_[pair_ + i]];
        budget -= more;
        pair_ += more;
        received_ += more;
        if (received_ < in_degrees_[symbol_]) continue;  // the budget is used up
        const double score = by_jumps + damping * sum_;
        change_ += std::abs(score - scores_[symbol_]);
        scores_[symbol_] = score;
        symbol_++;
        received_ = 0;
        sum_ = 0;
        budget -= std::min<size_t>(budget, 1);
    }
    if (symbol_ == count_) finish_round();
}

void Importance::finish_round() {
    rounds_++;
    phase_ = change_ < small_change || rounds_ == most_rounds ? Phase::done : Phase::share;
    dangling_ = change_ = 0;
    symbol_ = 0;
    pair_ = 0;
}

}  // namespace codegraph
