#include "sqlite_ext/savepoint.h"

namespace codegraph::sqlite {

namespace {
constexpr CgStatement savepoint_text = {"SAVEPOINT codegraph_operation", nullptr, ""};
constexpr CgStatement release_text = {"RELEASE codegraph_operation", nullptr, ""};
constexpr CgStatement rollback_to_text = {"ROLLBACK TO codegraph_operation", nullptr, ""};
constexpr CgStatement rollback_text = {"ROLLBACK", nullptr, ""};
constexpr CgStatement checkpoint_text = {"SELECT 1", nullptr, ""};
constexpr CgStatement view_text = {"SELECT (SELECT 1 FROM main.sqlite_schema LIMIT 1)", nullptr, ""};
}  // namespace

Savepoint::Savepoint(Connection& connection, const CgStatement& write)
    : connection_(connection),
      outermost_(sqlite3_get_autocommit(connection.db)),
      savepoint_(connection, savepoint_text),
      release_(connection, release_text),
      rollback_to_(connection, rollback_to_text),
      rollback_(connection, rollback_text),
      checkpoint_(connection, checkpoint_text),
      write_(connection, write) {}

Savepoint::~Savepoint() {
    undo();
}

Outcome Savepoint::open() {
    for (const Borrowed* statement : {&savepoint_, &release_, &rollback_to_, &rollback_, &checkpoint_, &write_})
        if (!statement->prepared().ok()) return statement->prepared();
    changes_ = sqlite3_total_changes(connection_.db);
    rowid_ = sqlite3_last_insert_rowid(connection_.db);
    Outcome outcome = savepoint_.execute();
    open_ = outcome.ok();
    // Opening a savepoint takes no lock, so this is not another connection: a statement of this one is writing.
    if (outcome.is(SQLITE_BUSY))
        return {SQLITE_ERROR, "call it from a top-level SELECT, not inside an INSERT, UPDATE or DELETE"};
    return outcome;
}

Outcome Savepoint::lock() {
    return write_.execute();
}

Outcome Savepoint::release() {
    Outcome outcome = release_.execute();
    if (outcome.ok()) end();
    return outcome;
}

bool Savepoint::is_untouched() const {
    return outermost_ && sqlite3_total_changes(connection_.db) == changes_;
}

// Gives the application its last_insert_rowid() back.
void Savepoint::end() noexcept {
    open_ = false;
    sqlite3_set_last_insert_rowid(connection_.db, rowid_);
}

// Steps a statement once and returns its code. The text of an error would need memory, and the user is told the first
// error anyway.
static int run(const Borrowed& statement) noexcept {
    int code = sqlite3_step(statement.get());
    sqlite3_reset(statement.get());
    return code == SQLITE_ROW ? SQLITE_DONE : code;
}

void Savepoint::undo() noexcept {
    if (!open_) return;
    end();
    // SQLITE_FULL, IOERR, NOMEM and an interrupted write may have rolled back everything already.
    if (sqlite3_get_autocommit(connection_.db)) return;
    // RELEASE of an outermost savepoint is a commit, which a busy database refuses even of nothing.
    if (outermost_) {
        if (run(rollback_) == SQLITE_DONE) return;
    } else if (run(rollback_to_) == SQLITE_DONE && run(release_) == SQLITE_DONE) {
        return;
    }
    // ROLLBACK TO needs memory. ROLLBACK does not, and takes the caller's whole transaction back, as SQLite itself may
    // do when memory is out.
    if (!outermost_ && run(rollback_) == SQLITE_DONE) return;
    // The checkpoint confirms that the connection is interrupted, so that `write` never does write.
    if (!sqlite3_get_autocommit(connection_.db) && (run(checkpoint_) & 0xff) == SQLITE_INTERRUPT) run(write_);
}

ReadView::ReadView(Connection& connection) : statement_(connection, view_text), opened_(statement_.prepared()) {
    if (!opened_.ok()) return;
    int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW) opened_ = last_error(connection.db, code);
}

}  // namespace codegraph::sqlite
