// Holds what the engine keeps for one connection. The session of the operations (operations/common/session.h) adds
// more.
#pragma once
#include "engine/port.h"

struct CgSession {
    explicit CgSession(CgDatabase database) : database(database) {}
    virtual ~CgSession() = default;

    const CgDatabase database;
    int open_operations = 0;  // how many are made and not yet destroyed
    CgTraffic traffic{};      // of the operations that are destroyed
};
