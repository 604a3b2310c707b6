#!/usr/bin/python3
"""Writers that are at work in one repository at the same time use no multixact, of which PostgreSQL has a limited number.
Several connections keep a transaction open, each with one call of a writer in it. PostgreSQL is the server that the PG*
variables name (a superuser); others may use it. Ends with `N passed, N failed`.

usage: multixacts.py [ROUNDS]      each round has as many writing transactions at a time as there are connections
"""

import argparse
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Postgres, PostgresConnection, Report, call  # noqa: E402

DATABASE = "codegraph_test_multixacts"
CONNECTIONS = 4


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


def members(database, begin, end):
    """Returns the transactions that are members of these multixacts, and how many times."""
    return database.rows("SELECT m.xid, count(*) FROM generate_series(%d, %d) n, pg_get_multixact_members(n::text::xid) m"
                         " GROUP BY m.xid::text, m.xid" % (begin, end - 1)) if begin < end else []


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
        found = [member for member in members(database, begin, next_multixact(database)) if member[0] in transactions]
        report.check(f"multixacts: none has one of {len(transactions)} writing transactions as a member", found)
        report.check("multixacts: no foreign key locks a row of ours", database.rows(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text LIKE 'codegraph%'"))
    finally:
        for connection in connections:
            connection.close()
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
