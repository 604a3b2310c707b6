// sample_analyzer(path): the analyzer that suites pass to cg_create_incremental_snapshot. It answers what the user's
// table `analysis` says: the column json of the row for the path, NULL without one; json that begins with 'RAISE ' is
// raised as an error with the rest as its text. In PostgreSQL the script makes the same in a few lines of PL/pgSQL.
#pragma once

struct sqlite3;

namespace codegraph::suite {

int register_sample_analyzer(sqlite3* database);

}  // namespace codegraph::suite
