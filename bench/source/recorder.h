// Puts down what the measures find, for one database and one size.
#pragma once
#include <optional>
#include <string>

#include "results.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

class Recorder {
public:
    Recorder(const Database& database, const Workload& workload, Results& results)
        : database_(database.name()), size_(workload.size()), results_(results) {}

    void add(int row, const std::string& measure, const std::string& baseline, std::optional<Timing> baseline_time,
             Timing time, std::optional<Goal> goal, const std::string& unit = "ms");
    // Adds the measure beside the same one at S, where this run has it.
    void add_growth(int row, const std::string& measure, Timing time, double most_slowdown);

    void plot(Figure figure, const std::string& series, Timing time) { plot(figure, series, time, size_.chunks); }
    void plot(Figure figure, const std::string& series, Timing time, double x) {
        results_.points.push_back({figure, series, database_, x, time.milliseconds});
    }
    void say(const std::string& what) const;  // prints it as progress

    // A goal is judged only at the sizes that it was set for.
    bool is_small() const { return size_.name == "S"; }
    bool is_medium() const { return size_.name == "M"; }
    bool is_large() const { return size_.name == "L"; }

private:
    std::string database_;
    Size size_;
    Results& results_;
};

}  // namespace codegraph::bench
