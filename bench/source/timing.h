// Times a piece of work: the median of several runs.
#pragma once
#include <functional>
#include <vector>

namespace codegraph::bench {

struct Timing {
    double milliseconds = 0;
    int runs = 0;
};

inline constexpr double eight_seconds = 8'000;

// Runs `work` at least `runs` times and for a tenth of a second. Work that takes seconds is run less often, but at
// least once: no run begins after `most_total` milliseconds. The timing holds the number of runs.
Timing time_runs(int runs, const std::function<void()>& work, double most_total = eight_seconds);
// Does the same with several pieces of work that are compared: they take turns, so that what else the machine does
// befalls them all alike.
std::vector<Timing> time_in_turns(int runs, const std::vector<std::function<void()>>& works,
                                  double most_total = eight_seconds);
double time_once(const std::function<void()>& work);  // milliseconds
Timing median_of(std::vector<double> milliseconds);

}  // namespace codegraph::bench
