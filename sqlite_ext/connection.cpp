#include "sqlite_ext/connection.h"

#include <new>

namespace codegraph::sqlite {

void Connection::finalize_idle() noexcept {
    for (auto& [statement, list] : idle)
        for (sqlite3_stmt* prepared : list) sqlite3_finalize(prepared);
    idle.clear();
}

// ---- the keeper, a table without rows ----

namespace {

struct Keeper : sqlite3_vtab {
    SharedConnection connection;
};

int keeper_connect(sqlite3* db, void* client_data, int, const char* const*, sqlite3_vtab** out, char**) noexcept {
    int code = sqlite3_declare_vtab(db, "CREATE TABLE x(unused)");
    if (code != SQLITE_OK) return code;
    auto* keeper = new (std::nothrow) Keeper{{}, *static_cast<SharedConnection*>(client_data)};
    if (!keeper) return SQLITE_NOMEM;
    keeper->connection->keeper_connected = true;
    *out = keeper;
    return SQLITE_OK;
}

int keeper_disconnect(sqlite3_vtab* table) noexcept {
    auto* keeper = static_cast<Keeper*>(table);
    keeper->connection->keeper_connected = false;
    keeper->connection->finalize_idle();
    delete keeper;
    return SQLITE_OK;
}

int keeper_best_index(sqlite3_vtab*, sqlite3_index_info*) noexcept {
    return SQLITE_OK;
}
int keeper_open(sqlite3_vtab*, sqlite3_vtab_cursor** out) noexcept {
    *out = new (std::nothrow) sqlite3_vtab_cursor{};
    return *out ? SQLITE_OK : SQLITE_NOMEM;
}
int keeper_close(sqlite3_vtab_cursor* cursor) noexcept {
    delete cursor;
    return SQLITE_OK;
}
int keeper_filter(sqlite3_vtab_cursor*, int, const char*, int, sqlite3_value**) noexcept {
    return SQLITE_OK;
}
int keeper_next(sqlite3_vtab_cursor*) noexcept {
    return SQLITE_OK;
}
int keeper_eof(sqlite3_vtab_cursor*) noexcept {
    return 1;
}
int keeper_column(sqlite3_vtab_cursor*, sqlite3_context*, int) noexcept {
    return SQLITE_OK;
}
int keeper_rowid(sqlite3_vtab_cursor*, sqlite3_int64* rowid) noexcept {
    *rowid = 0;
    return SQLITE_OK;
}

// Connects the keeper by naming it in a statement, which is never stepped. This can fail, because the user dropped our
// modules or the connection is closing. Statements are then finalised after use.
void connect_keeper(Connection& connection) {
    const std::string text = std::string("SELECT 1 FROM main.") + keeper_name;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(connection.db, text.c_str(), -1, &statement, nullptr);
    sqlite3_finalize(statement);
}

}  // namespace

const sqlite3_module keeper_module = [] {
    sqlite3_module module{};
    module.xConnect = keeper_connect;  // no xCreate: eponymous only
    module.xDisconnect = keeper_disconnect;
    module.xBestIndex = keeper_best_index;
    module.xOpen = keeper_open;
    module.xClose = keeper_close;
    module.xFilter = keeper_filter;
    module.xNext = keeper_next;
    module.xEof = keeper_eof;
    module.xColumn = keeper_column;
    module.xRowid = keeper_rowid;
    return module;
}();

// ---- statements ----

std::string expand(const CgStatement& statement) {
    constexpr char prefix[] = "main.codegraph_";
    std::string text(codegraph_expand(&statement, CG_SQLITE, prefix, nullptr, 0), '\0');
    codegraph_expand(&statement, CG_SQLITE, prefix, text.data(), text.size() + 1);
    return text;
}

Borrowed::Borrowed(Connection& connection, const CgStatement& statement) : connection_(connection), key_(&statement) {
    if (!connection.keeper_connected) connect_keeper(connection);
    std::vector<sqlite3_stmt*>& idle = connection.idle[key_];
    if (!idle.empty()) {
        statement_ = idle.back();
        idle.pop_back();
    } else {
        const std::string text = expand(statement);
        int code = sqlite3_prepare_v3(connection.db, text.c_str(), static_cast<int>(text.size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
        if (code != SQLITE_OK) prepared_ = last_error(connection.db, code);
    }
    ++connection.borrowed;
}

Borrowed::~Borrowed() {
    --connection_.borrowed;
    if (!statement_) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    if (connection_.keeper_connected) {
        try {
            connection_.idle[key_].push_back(statement_);
            return;
        } catch (...) {
            // no room to keep it
        }
    }
    sqlite3_finalize(statement_);
}

Outcome Borrowed::execute() const {
    if (!prepared_.ok()) return prepared_;
    int code = sqlite3_step(statement_);
    Outcome outcome;
    if (code != SQLITE_ROW && code != SQLITE_DONE) outcome = last_error(connection_.db, code);
    sqlite3_reset(statement_);
    return outcome;
}

}  // namespace codegraph::sqlite
