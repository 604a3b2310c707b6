// Times a piece of work: warm, the median of several runs.
#pragma once
#include <functional>
#include <vector>

namespace codegraph::bench {

struct Timing {
    double milliseconds = 0;
    int runs = 0;
};

inline constexpr double half_a_minute = 30'000;

// At least `runs` times and for a tenth of a second. Work that takes seconds is run less often, at least once: it stops
// after `most_total` milliseconds, and the number of runs says so.
Timing time_runs(int runs, const std::function<void()>& work, double most_total = half_a_minute);
double time_once(const std::function<void()>& work);  // milliseconds
Timing median_of(std::vector<double> milliseconds);

}  // namespace codegraph::bench
