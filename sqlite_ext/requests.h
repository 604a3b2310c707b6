// Serves the requests of an operation. CgStep in engine/port.h says what each of them asks.
#pragma once
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

// Serves one request and puts the answer into its rows. After an error the rows may be incomplete.
Outcome serve(Connection& connection, CgStep step, const CgRequest& request);

// Returns SQLITE_INTERRUPT when the user has interrupted the connection. Only a statement can tell:
// sqlite3_is_interrupted() is younger than the oldest SQLite that we support.
Outcome checkpoint(Connection& connection);

}  // namespace codegraph::sqlite
