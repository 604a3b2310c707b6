// Holds what the module keeps for one database connection: the core's session and the idle prepared statements.
//
// Invariants:
// 1. An idle statement never keeps sqlite3_close() busy. An eponymous virtual table, the keeper, owns the idle
//    statements. SQLite disconnects virtual tables before it looks for statements that are still open, and the keeper's
//    xDisconnect finalises its statements.
// 2. Statements are kept only while the keeper is connected. Otherwise a statement is finalised after use.
// 3. A statement is idle or borrowed by one call, never both. The same function twice in a join uses two statements.
// 4. An idle statement is reset and has no parameters.
// 5. A Connection lives until the last of its functions is removed and its last call has ended (SharedConnection).
//
// A Connection has no lock of its own: all of this runs inside calls of SQLite, which hold the connection's mutex.
#pragma once
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/port.h"
#include "sqlite_ext/outcome.h"

namespace codegraph::sqlite {

struct DestroySession {
    void operator()(CgSession* session) const noexcept { codegraph_session_destroy(session); }
};
using OwnedSession = std::unique_ptr<CgSession, DestroySession>;

struct Connection {
    Connection(sqlite3* db, OwnedSession session) : db(db), session(std::move(session)) {}
    ~Connection() { finalize_idle(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void finalize_idle() noexcept;

    sqlite3* const db;
    const OwnedSession session;
    bool keeper_connected = false;
    std::unordered_map<const CgStatement*, std::vector<sqlite3_stmt*>> idle;
    int borrowed = 0;  // counts the borrowed statements, for the tests
    // For the tests: which request of every operation fails, and before which one the connection is interrupted. 0
    // means none.
    int64_t fail_request = 0;
    int64_t interrupt_request = 0;
};

// All registered functions share the Connection, and so does each running call.
using SharedConnection = std::shared_ptr<Connection>;

inline constexpr char keeper_name[] = "codegraph_statement_keeper";
extern const sqlite3_module keeper_module;  // its client data is a SharedConnection*

// Returns the statement's text for SQLite, with the names of our tables.
std::string expand(const CgStatement& statement);

// Borrows a prepared statement from the connection, and gives it back at the end of its life.
class Borrowed {
public:
    Borrowed(Connection& connection, const CgStatement& statement);
    ~Borrowed();
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;

    // Tells whether the statement could be prepared. Otherwise get() is nullptr.
    const Outcome& prepared() const { return prepared_; }
    sqlite3_stmt* get() const { return statement_; }

    // Steps a statement without parameters once and resets it. A row that it gives is not looked at.
    Outcome execute() const;

private:
    Connection& connection_;
    const CgStatement* key_;
    sqlite3_stmt* statement_ = nullptr;
    Outcome prepared_;
};

}  // namespace codegraph::sqlite
