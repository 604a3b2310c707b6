// Prints to stderr what is being done, with the time since the start.
#pragma once
#include <string>

namespace codegraph::bench {

void progress(const std::string& text);

}  // namespace codegraph::bench
