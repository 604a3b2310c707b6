// Numbers as people read them: three digits that mean something.
#pragma once
#include <string>

namespace codegraph::bench {

std::string number(double value);

}  // namespace codegraph::bench
