// Figures as SVG: both axes logarithmic, a line for each series.
#pragma once
#include <string>
#include <vector>

#include "results.h"

namespace codegraph::bench {

std::string file_name(const std::string& figure);  // lower case, words joined by hyphens, .svg
std::string draw(const std::string& figure, const std::vector<Point>& points);

}  // namespace codegraph::bench
