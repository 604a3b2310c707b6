#include "timing.h"

#include <algorithm>
#include <chrono>

namespace codegraph::bench {
namespace {

constexpr double least_total = 100;

}  // namespace

double time_once(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

Timing median_of(std::vector<double> milliseconds) {
    const auto middle = milliseconds.begin() + static_cast<std::ptrdiff_t>(milliseconds.size() / 2);
    std::nth_element(milliseconds.begin(), middle, milliseconds.end());
    return {*middle, static_cast<int>(milliseconds.size())};
}

std::vector<Timing> time_in_turns(int runs, const std::vector<std::function<void()>>& works, double most_total) {
    std::vector<std::vector<double>> times(works.size());
    double total = 0;
    for (int run = 0; total < most_total && (run < runs || total < least_total); run++) {
        double longest = 0;
        for (size_t i = 0; i < works.size(); i++) {
            times[i].push_back(time_once(works[i]));
            longest = std::max(longest, times[i].back());
        }
        total += longest;
    }
    std::vector<Timing> medians;
    for (std::vector<double>& of_work : times) medians.push_back(median_of(std::move(of_work)));
    return medians;
}

Timing time_runs(int runs, const std::function<void()>& work, double most_total) {
    const std::vector<std::function<void()>> works(1, work);
    return time_in_turns(runs, works, most_total).front();
}

}  // namespace codegraph::bench
