// The results for people: a table on stdout, report.md with everything needed to read it later, and the plots.
#pragma once
#include <string>
#include <vector>

#include "options.h"
#include "results.h"

namespace codegraph::bench {

struct Circumstances {
    std::vector<std::string> databases;  // versions and settings
    std::vector<std::string> workloads;
    std::string command;
};

void print_table(const Results& results);
void write_report(const std::string& folder, const Circumstances& circumstances, const Results& results);

}  // namespace codegraph::bench
