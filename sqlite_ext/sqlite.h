// Includes SQLite's C interface as a loadable module sees it, through the table of functions that module.cpp receives
// when it is loaded. The adapter uses only what SQLite 3.35 has.
#pragma once
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3
