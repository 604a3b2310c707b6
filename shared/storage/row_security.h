// Tells what the database lets the caller see of our tables: the rights to read them, and row-level security, which
// hides rows; and what skips rows. The answers hold for one statement only: rights and policies may change at any time.
#pragma once
#include <string>

#include "engine/request.h"

namespace codegraph {

// Returns the names of our tables on which row-level security applies to the caller, with commas between them.
Task<std::string> find_tables_with_row_security();

// Returns whether the user has triggers or indexes on our tables that can make SQLite skip rows without an error. Not
// asked in PostgreSQL.
Task<bool> may_skip_rows();

struct GraphRights {
    bool may_read;          // all tables that graphs are loaded from
    bool has_row_security;  // on any of them, for this caller
};
Task<GraphRights> find_rights_to_graphs();

}  // namespace codegraph
