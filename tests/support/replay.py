"""What a store must hold after a number of calls, by a store in memory that gets the same calls."""

from databases import Sqlite, call, default_module
from writing_history import History

FOUND = (call("cg_save_repository", "r"), call("cg_create_snapshot", "r", "s"))
ROOT_OF_SNAPSHOT = "SELECT cg_snapshot_root('r', 's')"
CALLS_BETWEEN_COLLECTIONS = 20


class Replay:
    """Random calls that write into the snapshot s of the repository r, and the roots that it has after each."""

    def __init__(self, seed):
        self.history, self.store = History(seed), Sqlite(default_module())
        for sql in FOUND:
            self.store.rows(sql)
        self.calls, self.roots = [], self.store.rows(ROOT_OF_SNAPSHOT)

    def call(self, number):
        while number >= len(self.calls):
            made = len(self.calls) + 1
            self.calls.append("SELECT cg_gc('r')" if made % CALLS_BETWEEN_COLLECTIONS == 0
                              else self.history.next_call("r", "s"))
            self.store.rows(self.calls[-1])
            self.roots += self.store.rows(ROOT_OF_SNAPSHOT)
        return self.calls[number]

    def root_after(self, count):
        if count:
            self.call(count - 1)
        return self.roots[count]

    def calls_made(self, root, acknowledged):
        """Returns how many calls have been made when the root is this, or None. One more than acknowledged is
        preferred, since a call that changes nothing cannot be told from one that was not made."""
        return next((count for count in (acknowledged + 1, acknowledged) if self.root_after(count) == root), None)
