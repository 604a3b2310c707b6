// A session is what the core keeps for one connection: its resident graphs and its settings. It keeps no fact about the
// state of the database, because a ROLLBACK would make that fact false.
#pragma once
#include <optional>
#include <string>

#include "engine/arguments.h"
#include "engine/session.h"
#include "graph/graph_cache.h"

namespace codegraph {

struct Session final : CgSession {
    using CgSession::CgSession;

    GraphCache graphs;
    // How many calls found the graph that they asked for among the kept ones, and how many had to load or derive it.
    uint64_t graph_hits = 0, graph_misses = 0;
    int32_t graph_cache_kilobytes = CODEGRAPH_GRAPH_CACHE_KB;
    int32_t auto_index_content = CODEGRAPH_AUTO_INDEX_CONTENT;
    bool row_security_by_repository = false;  // in PostgreSQL: policies depend on the repository alone
    std::optional<std::string> actor;         // only in SQLite: PostgreSQL keeps the setting itself
    uint64_t lists_bound_again = 0;           // in the graphs that were derived

    void set_graph_cache(int32_t kilobytes);
    Task<> explain(Error error) override;
};

// Returns the session of the connection that made the call.
Session& session_of(const Arguments& arguments);

}  // namespace codegraph
