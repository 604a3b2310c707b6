#!/usr/bin/python3
"""Kills writers at random moments, and checks that what they were told to be written is there, and nothing else.

A writer makes random calls, one a transaction, and says after each how many it has made. It is killed with SIGKILL. The
root of its snapshot must then be the one that a store in memory has after as many calls, or after one more: the call
that was under way is there as a whole or not at all. The writer goes on from there. In SQLite the writer is a process,
in the journal modes WAL and DELETE; in PostgreSQL it is a backend, whose end makes the server recover from its log. The
server is made for this; it runs as postgres when this runs as root. Ends with `N passed, N failed`.

usage: kills.py [--sqlite-kills N] [--postgres-kills N] [--seed N]
"""
import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, PostgresConnection, Report, Sqlite, default_module  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402
from replay import FOUND, ROOT_OF_SNAPSHOT, Replay  # noqa: E402
from servers import Server  # noqa: E402

SECONDS_TO_RECOVER = 60


def write_in_sqlite(path, journal_mode, seed, first):
    """The process that is killed."""
    store, model = Sqlite(default_module(), path), Replay(seed)
    store.rows(f"PRAGMA journal_mode = {journal_mode}")
    store.rows("PRAGMA synchronous = FULL")
    model.root_after(first)
    print("ready", flush=True)
    for number in range(first, 1 << 30):
        store.rows(model.call(number))
        print(number + 1, flush=True)


def kill_sqlite(report, journal_mode, kills, seed):
    random, model, made, problems, under_way = Random(seed), Replay(seed), 0, [], 0
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/store.db"
        store = Sqlite(default_module(), path)
        for sql in FOUND:
            store.rows(sql)
        store.close()
        for kill in range(kills):
            writer = subprocess.Popen([sys.executable, __file__, "--write", path, journal_mode, str(seed), str(made)],
                                      stdout=subprocess.PIPE, text=True)
            writer.stdout.readline()
            time.sleep(random.uniform(0, 0.15))
            writer.send_signal(signal.SIGKILL)
            said = [line for line in writer.communicate()[0].split("\n")[:-1] if line.isdigit()]
            acknowledged = int(said[-1]) if said else made
            store = Sqlite(default_module(), path)
            ((root,),) = store.rows(ROOT_OF_SNAPSHOT)
            count = model.calls_made((root,), acknowledged)
            problems += [f"kill {kill}: another root after {acknowledged} calls"] if count is None else []
            problems += [f"kill {kill}: {row}" for row in store.rows("SELECT * FROM cg_verify()")]
            problems += [f"kill {kill}: {row}" for row in store.rows("PRAGMA integrity_check") if row != ("ok",)]
            store.close()
            if problems:
                break
            under_way += count > acknowledged
            made = count
    report.check(f"kills: SQLite, {journal_mode}: {kills} kills, {made} calls made, {under_way} of them told to nobody",
                 problems)


def answer_after_recovery(connect):
    end = time.monotonic() + SECONDS_TO_RECOVER
    while True:
        try:
            return connect()
        except (RuntimeError, Failure, BrokenPipeError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def kill_postgres(report, kills, seed):
    random, model, made, problems, under_way = Random(seed), Replay(seed), 0, [], 0
    server = Server()
    try:
        server.initialise()
        server.start("fsync = on", "restart_after_crash = on")
        connect = lambda: PostgresConnection("postgres", host=str(server.folder), port=server.port)
        connection = connect()
        connection.rows("CREATE EXTENSION codegraph")
        for sql in FOUND:
            connection.rows(sql)
        for kill in range(kills):
            ((backend,),) = connection.rows("SELECT pg_backend_pid()")
            killer = subprocess.Popen(["sh", "-c", f"sleep {random.uniform(0, 0.3):.3f}; kill -KILL {backend}"])
            acknowledged = made
            try:
                while True:
                    connection.rows(model.call(acknowledged))
                    acknowledged += 1
            except (RuntimeError, Failure, BrokenPipeError):
                connection.psql.kill()
            killer.wait()
            connection = answer_after_recovery(connect)
            count = model.calls_made(connection.rows(ROOT_OF_SNAPSHOT)[0], acknowledged)
            problems += [f"kill {kill}: another root after {acknowledged} calls"] if count is None else []
            problems += [f"kill {kill}: {row}" for row in connection.rows("SELECT * FROM cg_verify()")]
            if problems:
                break
            under_way += count > acknowledged
            made = count
        connection.close()
    finally:
        server.remove()
    report.check(f"kills: PostgreSQL: {kills} kills, {made} calls made, {under_way} of them told to nobody", problems)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite-kills", type=int, default=280, help="in each of the two journal modes")
    parser.add_argument("--postgres-kills", type=int, default=65)
    arguments = parse_arguments(parser)
    report = Report()
    os.environ.setdefault("PGUSER", "postgres")
    for journal_mode in ("WAL", "DELETE"):
        kill_sqlite(report, journal_mode, arguments.sqlite_kills, arguments.seed)
    kill_postgres(report, arguments.postgres_kills, arguments.seed)
    return report.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write_in_sqlite(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    sys.exit(main())
