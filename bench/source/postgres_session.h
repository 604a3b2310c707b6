// A PostgreSQL database with codegraph installed, driven through libpq.
#pragma once
#include "session.h"

namespace codegraph::bench {

// Makes the database codegraph_bench anew on the server of `connection`, or of the environment if that is empty.
std::unique_ptr<Database> make_postgres_database(const std::string& connection);

}  // namespace codegraph::bench
