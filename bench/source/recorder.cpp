#include "recorder.h"

#include <algorithm>

#include "progress.h"

namespace codegraph::bench {

void Recorder::add(int row, const std::string& measure, const std::string& baseline,
                   std::optional<Timing> baseline_time, Timing time, std::optional<Goal> goal,
                   const std::string& unit) {
    results_.measurements.push_back(
        {row, measure, database_, std::string(size_.name), baseline, baseline_time, time, unit, goal});
}

void Recorder::add_growth(int row, const std::string& measure, Timing time, double most_slowdown) {
    if (is_small()) return;
    const auto at_s = std::ranges::find_if(results_.measurements, [&](const Measurement& m) {
        return m.row == row && m.measure == measure && m.database == database_ && m.size == "S";
    });
    if (at_s == results_.measurements.end()) return;
    add(row, measure, "the same at S", at_s->time, time, Goal{.most_slowdown = most_slowdown});
}

void Recorder::say(const std::string& what) const {
    progress(database_ + " " + std::string(size_.name) + ": " + what);
}

}  // namespace codegraph::bench
