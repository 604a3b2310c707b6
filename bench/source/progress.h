// What is being done, on stderr, with the time since the start.
#pragma once
#include <string>

namespace codegraph::bench {

void progress(const std::string& text);

}  // namespace codegraph::bench
