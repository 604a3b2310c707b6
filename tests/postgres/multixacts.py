#!/usr/bin/python3
"""Writers that are at work in one repository at the same time use no multixact, of which PostgreSQL has a limited number.
Several connections keep a transaction open, each with one call of a writer in it. What writes twice into a snapshot
with a savepoint between costs what docs/concurrency.md says. A transaction has one lock, however many snapshots it
writes into. PostgreSQL is the server that the PG* variables name (a superuser); others may use it. Ends with `N passed, N failed`.

usage: multixacts.py [ROUNDS]      each round has as many writing transactions at a time as there are connections
"""

import argparse
import itertools
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Postgres, PostgresConnection, Report, call  # noqa: E402

DATABASE = "codegraph_test_multixacts"
CONNECTIONS = 4
REPEATED = 20  # calls in one transaction
MEMBERS = 3  # of a multixact: it does not grow with the number of calls
SNAPSHOTS = 50
# A transaction holds a lock on its own id, and on that of each of its savepoints that wrote something.
XIDS = "SELECT transactionid FROM pg_locks WHERE locktype = 'transactionid' AND pid = pg_backend_pid()"


def calls_of(writer, number):
    """Returns the calls of one round: no two writers save the same thing, so that none waits."""
    name = f"{writer}_{number}"
    chunk = json.dumps({"file_path": f"{name}.py", "content": name, "fqn": name, "kind": name})
    yield call("cg_save_chunk", "r", f"s{writer}", chunk)
    yield call("cg_replace_file", "r", f"s{writer}", f"s{writer}", f"{name}.py", f"[{chunk}]", "[]", name)
    yield call("cg_replace_files", "r", f"s{writer}", f"t{name}", json.dumps([{"file_path": name, "chunks": []}]))
    yield call("cg_create_snapshot", "r", f"u{name}", None, None, f"s{writer}")
    yield call("cg_update_file_metadata", "r", f"s{writer}", f"{name}.py", f"hash of {name}")
    yield call("cg_soft_delete_file_chunks", "r", f"s{writer}", f"{name}.py")
    yield call("cg_rollback", "r", f"s{writer}", 0)
    yield call("cg_seal_snapshot", "r", f"u{name}")
    yield call("cg_delete_snapshot", "r", f"u{name}")


def write(connections, rounds):
    """Returns the ids of the writing transactions."""
    transactions = []
    for number in range(rounds):
        for calls in zip(*(calls_of(writer, number) for writer in range(len(connections)))):
            for connection, sql in zip(connections, calls):
                connection.rows("BEGIN")
                connection.rows(sql)
                transactions += [xid for (xid,) in connection.rows("SELECT pg_current_xact_id()::xid")]
            for connection in connections:
                connection.rows("COMMIT")
    return transactions


def next_multixact(database):
    return int(database.rows("SELECT mxid_age('1') + 1")[0][0])


def own_multixacts(database, begin, own):
    """Returns the members of each multixact from `begin` on of which one of `own` is a member."""
    end = next_multixact(database)
    members = database.rows("SELECT n, m.xid FROM generate_series(%d, %d) n, pg_get_multixact_members(n::text::xid) m"
                            % (begin, end - 1)) if begin < end else []
    found = ([xid for _, xid in group] for _, group in itertools.groupby(members, lambda member: member[0]))
    return [xids for xids in found if own.intersection(xids)]


def chunk_call(name):
    return call("cg_save_chunk", "r", "twice", json.dumps({"file_path": name, "content": name, "fqn": name}))


def check_repeated_writes(report, database, connection):
    """Writes again and again into one snapshot, in one transaction, and counts the multixacts and their members."""
    def used(name, before, after):
        """Others use multixacts at the same time: counts those with a member that this transaction, or a part of it, is."""
        begin, own = next_multixact(database), set()
        connection.rows("BEGIN")
        connection.rows(chunk_call(f"{name} first"))
        for number in range(REPEATED):
            for statement in before + [chunk_call(f"{name} {number}")]:
                connection.rows(statement)
            own.update(xid for (xid,) in connection.rows(XIDS))
            for statement in after:
                connection.rows(statement)
        connection.rows("COMMIT")
        found = own_multixacts(database, begin, own)
        return len(found), max(map(len, found), default=0)

    database.rows(call("cg_create_snapshot", "r", "twice"))
    without = used("plain", [], [])
    report.check("multixacts: none without a savepoint between two calls", without if without != (0, 0) else None)
    for name, before, after, most in (("a savepoint before each call", ["SAVEPOINT s"], [], 1),
                                      ("a released savepoint", ["SAVEPOINT s"], ["RELEASE s"], 1),
                                      ("a savepoint that is undone", ["SAVEPOINT s"], ["ROLLBACK TO s"], 2)):
        count, largest = used(name, before, after)
        problem = (count, largest) if not 0 < count <= most * REPEATED + 1 or largest > MEMBERS else None
        report.check(f"multixacts: {name} costs at most {most} a call and one more, of {MEMBERS} members", problem)


def check_locks(report, database, connection):
    """The lock table of the server has room for some thousands of locks, and a repository may have more snapshots."""
    names = [f"many {number}" for number in range(SNAPSHOTS)]
    for name in names:
        database.rows(call("cg_create_snapshot", "r", name))
    connection.rows("BEGIN")
    connection.rows("SELECT cg_seal_snapshot('r', snapshot_id), cg_delete_snapshot('r', snapshot_id)"
                    " FROM codegraph_snapshots WHERE snapshot_id LIKE 'many %'")
    locks = connection.rows("SELECT count(*) FROM pg_locks WHERE locktype = 'object' AND pid = pg_backend_pid()"
                            " AND classid::regclass::text LIKE 'codegraph%'")
    connection.rows("ROLLBACK")
    report.check(f"multixacts: {SNAPSHOTS} snapshots are written with one lock", locks if locks != [("1",)] else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=12)
    rounds = parser.parse_args().rounds
    report, database = Report(), Postgres(DATABASE)
    connections = [PostgresConnection(DATABASE) for _ in range(CONNECTIONS)]
    try:
        for connection in connections:
            connection.rows("SET lock_timeout = '20s'")  # two that wait for each other here would do so for good
        database.rows(call("cg_save_repository", "r"))
        for writer in range(CONNECTIONS):
            database.rows(call("cg_create_snapshot", "r", f"s{writer}"))
        begin = next_multixact(database)
        transactions = set(write(connections, rounds))
        found = own_multixacts(database, begin, transactions)
        report.check(f"multixacts: none has one of {len(transactions)} writing transactions as a member", found)
        report.check("multixacts: no foreign key locks a row of ours", database.rows(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text LIKE 'codegraph%'"))
        check_repeated_writes(report, database, connections[0])
        check_locks(report, database, connections[0])
    finally:
        for connection in connections:
            connection.close()
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
