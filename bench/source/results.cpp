#include "results.h"

#include "numbers.h"

namespace codegraph::bench {

std::optional<double> speedup(const Measurement& measurement) {
    if (!measurement.baseline_time || measurement.time.milliseconds <= 0) return std::nullopt;
    return measurement.baseline_time->milliseconds / measurement.time.milliseconds;
}

std::string goal_text(const Measurement& measurement) {
    if (!measurement.goal) return "–";
    const Goal& goal = *measurement.goal;
    std::string text;
    auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (goal.most > 0) add("≤ " + number(goal.most) + " " + measurement.unit);
    if (goal.least_speedup > 0) add("≥ " + number(goal.least_speedup) + " ×");
    if (goal.most_slowdown > 0) add("≤ " + number(goal.most_slowdown) + " × the baseline");
    return text;
}

std::string reached_text(const Measurement& measurement) {
    if (!measurement.goal) return "–";
    const Goal& goal = *measurement.goal;
    const double ratio = speedup(measurement).value_or(0);
    const bool reached = (goal.most == 0 || measurement.time.milliseconds <= goal.most) &&
                         ratio >= goal.least_speedup && (goal.most_slowdown == 0 || ratio * goal.most_slowdown >= 1);
    return reached ? "yes" : "no";
}

}  // namespace codegraph::bench
