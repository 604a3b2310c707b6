// Keeps database calls out of the core. The build includes this in front of every source of the core (-include). Naming
// one of these words is then a compile error, and so is including a database's header, which names them.
#pragma once
#pragma GCC poison sqlite3 sqlite3_stmt sqlite3_value
#pragma GCC poison palloc pfree ereport elog Datum MemoryContext SPI_execute
