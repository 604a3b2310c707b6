// Writes numbers for people, with three significant digits.
#pragma once
#include <string>

namespace codegraph::bench {

std::string number(double value);

}  // namespace codegraph::bench
