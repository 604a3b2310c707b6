// A SQLite file with codegraph loaded, driven through SQLite's C interface.
#pragma once
#include "session.h"

namespace codegraph::bench {

// Makes bench.db in `folder` anew. Each connection loads `module` and sets the benchmark's own pragmas, then `pragmas`.
std::unique_ptr<Database> make_sqlite_database(const std::string& folder, const std::string& module,
                                               std::span<const std::string> pragmas);

}  // namespace codegraph::bench
