// How operations stand in the user's transaction: a writer under a savepoint that is released whole or undone whole, a
// scalar reader under a read view. Everything that undoing needs is prepared before the savepoint opens.
#pragma once
#include <optional>

#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

class Savepoint {
public:
    // `write` is a statement that would write. In an interrupted connection SQLite refuses ROLLBACK like everything
    // else, but a writing statement that is interrupted makes it roll back the transaction.
    Savepoint(Connection& connection, const CgStatement& write);
    ~Savepoint();  // undoes it, unless released

    Outcome open();
    Outcome lock();     // steps `write`: takes the write lock now, in one wait, not when a view has grown old
    Outcome release();  // what was done stays
    void undo() noexcept;

    bool is_open() const { return open_; }
    // Nothing is lost by undoing it: it began the transaction, and no row has changed since.
    bool is_untouched() const;

private:
    void end() noexcept;

    Connection& connection_;
    const bool outermost_;  // the savepoint begins the transaction
    bool open_ = false;
    int changes_ = 0;
    sqlite3_int64 rowid_ = 0;
    Borrowed savepoint_, release_, rollback_to_, rollback_, checkpoint_, write_;
};

// Holds one state of the database: a SELECT without FROM has none between two statements of ours. A statement in the
// middle of its rows does it, and unlike a savepoint it ends under all circumstances.
class ReadView {
public:
    explicit ReadView(Connection& connection);
    const Outcome& opened() const { return opened_; }

private:
    Borrowed statement_;
    Outcome opened_;
};

}  // namespace codegraph::sqlite
