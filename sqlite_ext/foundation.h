// Makes our tables in a SQLite file, and refuses a file that cannot hold them.
#pragma once
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

// Refuses a database in UTF-16. Names compare by their bytes in UTF-8, and there they would not.
Outcome check_encoding(Connection& connection);

// Says in `exists` whether the tables are there. Every writer asks anew, because the user's ROLLBACK can take the
// tables away again.
Outcome store_exists(Connection& connection, bool& exists);

// Makes the tables when there are none. They are not undone with the operation: one that fails later leaves them empty.
Outcome found_store(Connection& connection);

// A statement that would write but changes nothing. A Savepoint needs one.
extern const CgStatement write_nothing;

}  // namespace codegraph::sqlite
