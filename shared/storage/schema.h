// Holds the SQL that makes the tables, for both databases. docs/storage.md says what the packed columns mean, byte by
// byte.
#pragma once

namespace codegraph {

// `{name}` stands for a table's name with its prefix, as in statements.
extern const char* const postgres_schema;
extern const char* const sqlite_schema;
inline constexpr int storage_format = 1;
inline constexpr int format_while_importing = 0;  // only cg_import reads or writes such a repository

}  // namespace codegraph
