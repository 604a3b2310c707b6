// Serves what an operation asks of the database; see CgStep in engine/port.h.
#pragma once
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

Outcome serve(Connection& connection, CgStep step, const CgRequest& request);

// Sees an interrupt. Only a statement can tell: sqlite3_is_interrupted() is younger than the SQLite we support.
Outcome checkpoint(Connection& connection);

}  // namespace codegraph::sqlite
