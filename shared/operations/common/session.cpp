#include "operations/common/session.h"

#include <new>
#include <stdexcept>

#include "engine/operation.h"

void CgSession::set_graph_cache(int32_t kilobytes) {
    graph_cache_kilobytes = kilobytes;
    graphs.set_bound(static_cast<size_t>(kilobytes) << 10);
}

void CgSession::forget(const CgOperation& operation) {
    --open_operations;
    const CgTraffic& of = operation.traffic();
    traffic.requests += of.requests;
    traffic.rows_sent += of.rows_sent;
    traffic.bytes_sent += of.bytes_sent;
    traffic.rows_received += of.rows_received;
    traffic.bytes_received += of.bytes_received;
}

namespace codegraph {

CgSession& session_of(const Arguments& arguments) {
    if (!arguments.caller().session) throw std::logic_error("this function needs a connection");
    return *arguments.caller().session;
}

}  // namespace codegraph

extern "C" {
CgTraffic codegraph_session_traffic(const CgSession* session) noexcept {
    return session->traffic;
}
CgOperation* codegraph_operation_new(const CgFunction* function, CgSession* session, int64_t user,
                                     const CgCell* arguments, size_t count) noexcept {
    try {
        auto* operation = new CgOperation(*function, {session, user}, {arguments, count});
        if (session) ++session->open_operations;
        return operation;
    } catch (...) {
        return nullptr;
    }
}
void codegraph_operation_destroy(CgOperation* operation) noexcept {
    if (operation && operation->caller().session) operation->caller().session->forget(*operation);
    delete operation;
}
CgSession* codegraph_session_new(CgDatabase database) noexcept {
    return new (std::nothrow) CgSession(database);
}
void codegraph_session_destroy(CgSession* session) noexcept {
    delete session;
}
void codegraph_session_set_graph_cache(CgSession* session, int32_t kilobytes) noexcept {
    session->set_graph_cache(kilobytes);
}
void codegraph_session_set_auto_index_content(CgSession* session, int32_t contents) noexcept {
    session->auto_index_content = contents;
}
}
