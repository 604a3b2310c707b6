// Holds what was measured, and what it was measured against.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "timing.h"

namespace codegraph::bench {

// A ratio, a time or a number of bytes. A member that is 0 is no part of the goal.
struct Goal {
    double least_speedup = 0;  // baseline / codegraph
    double most_slowdown = 0;  // codegraph / baseline
    double most = 0;           // of codegraph's own value
};

struct Measurement {
    int row = 0;  // of the table of goals
    std::string measure, database, size;
    std::string baseline;  // what it is compared with
    std::optional<Timing> baseline_time;
    Timing time;
    std::string unit = "ms";
    std::optional<Goal> goal;  // none for a peer, or at another size than the goal was set for
};

std::optional<double> speedup(const Measurement& measurement);
std::string goal_text(const Measurement& measurement);
std::string reached_text(const Measurement& measurement);  // yes, no, or a dash where there is no goal

// The plots of the report, in its order. Each has milliseconds over a size.
enum class Figure { first_call, replacement, comparison, history };

struct Point {
    Figure figure;
    std::string series, database;
    double x, milliseconds;
};

struct Results {
    std::vector<Measurement> measurements;
    std::vector<Point> points;
};

}  // namespace codegraph::bench
