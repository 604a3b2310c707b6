#include "sqlite_ext/debug_functions.h"

namespace codegraph::sqlite {

#ifndef CODEGRAPH_FAULT_INJECTION

int register_debug_functions(const SharedConnection&) {
    return SQLITE_OK;
}

#else

namespace {

Connection& connection_of(sqlite3_context* context) {
    return **static_cast<SharedConnection*>(sqlite3_user_data(context));
}

void fail_request(sqlite3_context* context, int, sqlite3_value** values) noexcept {
    connection_of(context).fail_request = sqlite3_value_int64(values[0]);
}

void interrupt_request(sqlite3_context* context, int, sqlite3_value** values) noexcept {
    connection_of(context).interrupt_request = sqlite3_value_int64(values[0]);
}

void show_live(sqlite3_context* context, int, sqlite3_value**) noexcept {
    char* text = sqlite3_mprintf("operations %lld frames %lld statements %d",
                                 static_cast<sqlite3_int64>(codegraph_live_operations()),
                                 static_cast<sqlite3_int64>(codegraph_live_frames()), connection_of(context).borrowed);
    sqlite3_result_text(context, text, -1, sqlite3_free);
}

void show_traffic(sqlite3_context* context, int, sqlite3_value**) noexcept {
    const CgTraffic traffic = codegraph_session_traffic(connection_of(context).session.get());
    const auto integer = [](uint64_t value) { return static_cast<sqlite3_int64>(value); };
    char* text = sqlite3_mprintf(
        "{\"requests\":%lld,\"rows_sent\":%lld,\"bytes_sent\":%lld,\"rows_received\":%lld,\"bytes_received\":%lld}",
        integer(traffic.requests), integer(traffic.rows_sent), integer(traffic.bytes_sent),
        integer(traffic.rows_received), integer(traffic.bytes_received));
    sqlite3_result_text(context, text, -1, sqlite3_free);
}

void show_lists_bound_again(sqlite3_context* context, int, sqlite3_value**) noexcept {
    const uint64_t lists = codegraph_session_lists_bound_again(connection_of(context).session.get());
    sqlite3_result_int64(context, static_cast<sqlite3_int64>(lists));
}

}  // namespace

int register_debug_functions(const SharedConnection& connection) {
    const struct {
        const char* name;
        int arguments;
        void (*function)(sqlite3_context*, int, sqlite3_value**);
    } functions[] = {{"codegraph_debug_fail_request", 1, fail_request},
                     {"codegraph_debug_interrupt_request", 1, interrupt_request},
                     {"codegraph_debug_live", 0, show_live},
                     {"codegraph_debug_traffic", 0, show_traffic},
                     {"codegraph_debug_lists_bound_again", 0, show_lists_bound_again}};
    for (const auto& [name, arguments, function] : functions) {
        int code = sqlite3_create_function_v2(connection->db, name, arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                              new SharedConnection(connection), function, nullptr, nullptr,
                                              [](void* shared) { delete static_cast<SharedConnection*>(shared); });
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

#endif

}  // namespace codegraph::sqlite
