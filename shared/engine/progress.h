// Tells the user things by the way: in PostgreSQL by a NOTICE. SQLite has no way to say them.
#pragma once
#include <cstdint>
#include <string>

#include "engine/task.h"

namespace codegraph {

// Shows the text. A checkpoint in any case.
Task<> notice(std::string text);

// Tells how far long work has come, at most every five seconds.
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
