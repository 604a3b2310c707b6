// Our tables in a SQLite file: refuses files that cannot hold them, and makes them on the first write.
#pragma once
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

// Names compare by their bytes in UTF-8; in a UTF-16 database they would not.
Outcome check_encoding(Connection& connection);

// Asked anew by every writer: a fact that is remembered becomes a lie with the user's ROLLBACK.
Outcome store_exists(Connection& connection, bool& exists);

// Makes the tables when there are none, in a step of its own: an operation that fails later leaves them behind, empty.
Outcome found_store(Connection& connection);

// A statement that would write and changes nothing; see Savepoint.
extern const CgStatement write_nothing;

}  // namespace codegraph::sqlite
