// What the core keeps for one connection: its resident graphs and its settings. No fact about the database's content is
// among it: a ROLLBACK would make that a lie.
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
    // How many files were probed for shallow questions about one graph that is not kept; see probed_graph.cpp.
    GraphKey last_probed{};
    uint64_t files_probed = 0;
    int32_t graph_cache_kilobytes = CODEGRAPH_GRAPH_CACHE_KB;
    int32_t auto_index_content = CODEGRAPH_AUTO_INDEX_CONTENT;
    std::optional<std::string> actor;  // SQLite's: in PostgreSQL it is the session user

    void set_graph_cache(int32_t kilobytes);
};

Session& session_of(const Arguments& arguments);

}  // namespace codegraph
