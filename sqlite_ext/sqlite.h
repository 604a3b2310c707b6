// SQLite's C interface as a loadable module sees it: through the table of functions that module.cpp receives at load.
// Only what SQLite 3.35 has is used.
#pragma once
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3
