#include "operations/common/session.h"

#include <stdexcept>

#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "storage/row_security.h"

namespace codegraph {

void Session::set_graph_cache(int32_t kilobytes) {
    graph_cache_kilobytes = kilobytes;
    graphs.set_bound(static_cast<size_t>(kilobytes) << 10);
}

Task<> Session::explain(Error error) {
    if (database == CG_SQLITE) {
        // Nothing is hidden in SQLite. Rows that it skips without an error, and that nothing of the user's can have
        // skipped, are damaged.
        if (error.kind != ErrorKind::object_state) throw error;
        const bool is_users_doing = co_await may_skip_rows();
        if (!is_users_doing) throw corrupt(error.what());
        throw error;
    }
    const std::string tables = co_await find_tables_with_row_security();
    if (tables.empty()) throw error;
    throw hidden(what_is_corrupt(error), tables);
}

// codegraph_session_new() makes every session, as a Session.
static Session& session_of(CgSession& session) {
    return static_cast<Session&>(session);
}

Session& session_of(const Arguments& arguments) {
    if (!arguments.caller().session) throw std::logic_error("this function needs a connection");
    return session_of(*arguments.caller().session);
}

}  // namespace codegraph

extern "C" {
// Also does what must not be done for the first time when memory is out later: OpenSSL may not get over a lack of
// memory in its first steps.
CgSession* codegraph_session_new(CgDatabase database) noexcept {
    if (!codegraph::prepare_exceptions()) return nullptr;
    try {
        codegraph::Sha256().hash("");
        return new codegraph::Session(database);
    } catch (...) {
        return nullptr;
    }
}
void codegraph_session_set_graph_cache(CgSession* session, int32_t kilobytes) noexcept {
    codegraph::session_of(*session).set_graph_cache(kilobytes);
}
uint64_t codegraph_session_lists_bound_again(const CgSession* session) noexcept {
    return static_cast<const codegraph::Session*>(session)->lists_bound_again;
}
void codegraph_session_set_row_security_by_repository(CgSession* session, bool vouched) noexcept {
    codegraph::session_of(*session).row_security_by_repository = vouched;
}
void codegraph_session_set_auto_index_content(CgSession* session, int32_t contents) noexcept {
    codegraph::session_of(*session).auto_index_content = contents;
}
}
