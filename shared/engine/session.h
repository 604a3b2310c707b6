// What the engine keeps for one connection; operations keep more there (operations/common/session.h).
#pragma once
#include "engine/port.h"

struct CgSession {
    explicit CgSession(CgDatabase database) : database(database) {}
    virtual ~CgSession() = default;

    const CgDatabase database;
    int open_operations = 0;  // made and not yet destroyed
    CgTraffic traffic{};      // of those that are destroyed
};
