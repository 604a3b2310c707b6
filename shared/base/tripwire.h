// Force-included (-include) in front of every source of the core: naming any of these is a compile error, and so is
// including a database's header, which names them. The core asks; it never calls a database.
#pragma once
#pragma GCC poison sqlite3 sqlite3_stmt sqlite3_value
#pragma GCC poison palloc pfree ereport elog Datum MemoryContext SPI_execute
