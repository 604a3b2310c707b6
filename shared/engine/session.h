// Holds what the engine keeps for one connection. The session of the operations (operations/common/session.h) adds
// more.
#pragma once
#include "engine/task.h"

namespace codegraph {
class Error;
}

struct CgSession {
    explicit CgSession(CgDatabase database) : database(database) {}
    virtual ~CgSession() = default;
    // Returns a task that asks why a row is missing and throws what the caller should know, where an operation ends
    // with an error that says may_be_hidden.
    virtual codegraph::Task<> explain(codegraph::Error error) = 0;

    const CgDatabase database;
    int open_operations = 0;  // how many are made and not yet destroyed
    CgTraffic traffic{};      // of the operations that are destroyed
};
