// Makes the PostgreSQL install script, pg_ext/codegraph--X.Y.Z.sql, from the schema and the registry.
#pragma once
#include <string>

namespace codegraph {

std::string postgres_install_script();

}  // namespace codegraph
