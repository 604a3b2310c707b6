// Gives operations their place in the user's transaction. A writer runs under a savepoint, a scalar reader under a read
// view.
//
// Invariants of a savepoint:
// 1. What was done under it stays as a whole (release) or goes as a whole (undo). Its destructor undoes what was not
//    released.
// 2. Everything that undoing needs is prepared before the savepoint opens. undo() needs no memory of ours.
// 3. A savepoint that began the transaction also ends it: by its RELEASE, which commits, or by ROLLBACK. A savepoint
//    inside the user's transaction leaves it open, unless an error or an interrupt makes SQLite roll all of it back.
// 4. The application's last_insert_rowid() is the same before and after.
#pragma once
#include <optional>

#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

class Savepoint {
public:
    // Takes a statement that would write. In an interrupted connection SQLite refuses ROLLBACK like everything else.
    // But it rolls back the whole transaction when it interrupts a statement that writes.
    Savepoint(Connection& connection, const CgStatement& write);
    ~Savepoint();

    Outcome open();
    // Takes the write lock now, in one wait, by stepping `write`. Later the operation's view could have grown old.
    Outcome lock();
    Outcome release();
    void undo() noexcept;

    bool is_open() const { return open_; }
    // Tells whether undoing loses nothing, because the savepoint began the transaction and no row has changed since.
    bool is_untouched() const;

private:
    void end() noexcept;

    Connection& connection_;
    const bool outermost_;  // says that the savepoint begins the transaction
    bool open_ = false;
    int changes_ = 0;
    sqlite3_int64 rowid_ = 0;
    Borrowed savepoint_, release_, rollback_to_, rollback_, checkpoint_, write_;
};

// Holds one state of the database for the statements of a scalar reader. Without it a SELECT without FROM would let the
// state change between two of them. A statement in the middle of its rows holds the state, and unlike a savepoint it
// ends under all circumstances.
class ReadView {
public:
    explicit ReadView(Connection& connection);
    const Outcome& opened() const { return opened_; }

private:
    Borrowed statement_;
    Outcome opened_;
};

}  // namespace codegraph::sqlite
