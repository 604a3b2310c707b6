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

Timing time_runs(int runs, const std::function<void()>& work, double most_total) {
    std::vector<double> times;
    double total = 0;
    while (total < most_total && (static_cast<int>(times.size()) < runs || total < least_total)) {
        times.push_back(time_once(work));
        total += times.back();
    }
    return median_of(std::move(times));
}

}  // namespace codegraph::bench
