// Shows the results: as a table on stdout, and in report.md with its plots and everything needed to read them later.
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
