// The tables, in both databases. Byte-exact meaning of the packed columns: docs/storage.md.
#pragma once

namespace codegraph {

// `{name}` stands for a table's name with its prefix, as in statements.
extern const char* const postgres_schema;
extern const char* const sqlite_schema;
inline constexpr int storage_format = 1;
inline constexpr int format_while_importing = 0;  // nobody reads or writes the repository but cg_import

}  // namespace codegraph
