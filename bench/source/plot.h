// Draws the plots of the report as SVG. Both axes are logarithmic. A colour stands for what is measured, and lines of
// PostgreSQL are dashed.
#pragma once
#include <string>
#include <vector>

#include "results.h"

namespace codegraph::bench {

inline constexpr Figure figures[] = {Figure::first_call, Figure::replacement, Figure::comparison, Figure::history};

std::string title_of(Figure figure);
std::string file_name_of(Figure figure);

// Draws those of the points that belong to the figure; there is at least one.
std::string draw(Figure figure, const std::vector<Point>& points);

}  // namespace codegraph::bench
