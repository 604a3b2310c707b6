// What the module keeps for one database connection: its idle prepared statements, and the core's session.
//
// Prepared statements must not keep sqlite3_close() busy. So the idle ones are owned by an eponymous virtual table, the
// keeper: SQLite disconnects virtual tables before it looks for statements that are still open, and xDisconnect
// finalises them. A statement that is borrowed is nobody else's, so that the same function twice in a join uses two.
#pragma once
#include <memory>
#include <new>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/port.h"
#include "sqlite_ext/outcome.h"

namespace codegraph::sqlite {

struct Connection {
    explicit Connection(sqlite3* db) : db(db), session(codegraph_session_new(CG_SQLITE)) {
        if (!session) throw std::bad_alloc();
    }
    ~Connection() { finalize_idle(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void finalize_idle() noexcept;

    struct DestroySession {
        void operator()(CgSession* session) const noexcept { codegraph_session_destroy(session); }
    };
    sqlite3* const db;
    const std::unique_ptr<CgSession, DestroySession> session;
    bool keeper_connected = false;  // only then may statements stay
    std::unordered_map<const CgStatement*, std::vector<sqlite3_stmt*>> idle;
    int borrowed = 0;
    // For tests: the request of every operation that fails, and the one that is interrupted. 0: none.
    int64_t fail_request = 0;
    int64_t interrupt_request = 0;
};

// Everything that is registered shares the connection's state, and a running call holds it too.
using SharedConnection = std::shared_ptr<Connection>;

inline constexpr char keeper_name[] = "codegraph_statement_keeper";
extern const sqlite3_module keeper_module;  // its client data: a SharedConnection*

// The statement's text for SQLite, with the names of our tables in it.
std::string expand(const CgStatement& statement);

// A prepared statement, borrowed from the connection; given back reset and without parameters.
class Borrowed {
public:
    Borrowed(Connection& connection, const CgStatement& statement);
    ~Borrowed();
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;

    const Outcome& prepared() const { return prepared_; }
    sqlite3_stmt* get() const { return statement_; }

    // Steps a statement without parameters once and resets it; its row, if any, is of no interest.
    Outcome execute() const;

private:
    Connection& connection_;
    const CgStatement* key_;
    sqlite3_stmt* statement_ = nullptr;
    Outcome prepared_;
};

}  // namespace codegraph::sqlite
