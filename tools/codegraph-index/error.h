// The errors that stop the program. The text is one line that says what is wrong and what to do next.
#pragma once
#include <stdexcept>
#include <string>

namespace codegraph::index {

struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Is thrown when the user asked to stop (SIGINT, SIGTERM).
struct Interrupted : std::runtime_error {
    Interrupted() : std::runtime_error("interrupted") {}
};

}  // namespace codegraph::index
