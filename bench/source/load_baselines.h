// Stores code in plain tables, as a user would without codegraph: one row a chunk with the columns of cg_chunks, one
// row a dependency, and the indexes that such a store is read by.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "baselines.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

enum class Indexes { in_place, afterwards };

inline constexpr const char* stored_columns =  // without indexed_at, which is a time
    "chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash, "
    "summary, importance, is_deleted, attrs";
inline constexpr const char* stored_order = "file_path, start_line, end_line, name, number, chunk_id";  // reader order

// Makes the tables stored_chunks and stored_edges anew and fills them by prepared inserts or COPY. Returns the
// milliseconds that the database took, indexes included. Making the rows is the client's work and not part of them.
double load_stored_tables(Session& session, bool postgres, Ids ids, Indexes indexes, const Workload& workload);
// Makes the function stored_snapshot() in PostgreSQL. It returns stored_columns and indexed_at of all stored chunks, in
// reader order.
void make_reading_function(Session& session);

}  // namespace codegraph::bench
