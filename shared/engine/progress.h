// Tells the user how far long work has come: in PostgreSQL by a NOTICE at most every five seconds. SQLite has no way to
// say it.
#pragma once
#include <cstdint>
#include <string>

#include "engine/task.h"

namespace codegraph {

class Progress {
public:
    Progress();
    // Shows the text unless the work has just begun or another text was shown within five seconds. A checkpoint in any
    // case.
    Task<> report(std::string text);

private:
    int64_t shown_at_;
};

}  // namespace codegraph
