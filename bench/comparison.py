#!/usr/bin/python3
"""Measures comparisons of snapshots that are hard to compare: chunks that have nothing in common, and chunks that are all
alike. Prints how long each takes, by how much the process grew, and how soon an interrupt stops it. PostgreSQL is the
server of this machine that the PG* variables name:

    pg_virtualenv -t -v 15 bench/comparison.py [--sqlite MODULE] [--databases sqlite,postgres]

Disjoint: 20,000 functions of 40 tokens on each side, and no token is on both. Alike: 5,000 functions of 60 tokens on each
side, which differ in one token each, so that all 25 million pairs are similar. Large: one chunk of 50 MB on each side.
Small: one function of a file of 20 changed, in a snapshot of 20,000 chunks; the median of 20 calls."""
import argparse
import json
import os
import pathlib
import statistics
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "support"))
from databases import Failure, Postgres, Sqlite, call, default_module  # noqa: E402

CHUNKS_A_FILE, FILES_A_CALL = 20, 200


def disjoint(side, count):
    return [" ".join(f"{side}{n * 39 + i}" for i in range(39)) + " ;" * (side == "a") + " !" * (side == "b") for n in range(count)]


def alike(side, count):
    return [" ".join(f"w{i}" if i != n % 60 else f"{side}{n}" for i in range(60)) for n in range(count)]


def save(database, snapshot, prefix, contents):
    database.rows(call("cg_create_snapshot", "r", snapshot))
    files = [{"file_path": f"{prefix}{at}", "chunks": [
        {"content": content, "fqn": f"{prefix}{at + i}", "kind": "function", "start_line": i + 1}
        for i, content in enumerate(contents[at:at + CHUNKS_A_FILE])]} for at in range(0, len(contents), CHUNKS_A_FILE)]
    for at in range(0, len(files), FILES_A_CALL):
        database.rows(call("cg_replace_files", "r", snapshot, snapshot, json.dumps(files[at:at + FILES_A_CALL])))


class Memory:
    """The most memory that the process which does the work has used since the last reset, in MB."""

    def __init__(self, pid):
        self.folder = pathlib.Path(f"/proc/{pid}")

    def status(self, name):
        lines = (self.folder / "status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024

    def growth(self, work):
        (self.folder / "clear_refs").write_text("5", encoding="ascii")  # makes VmHWM the size of now
        before = self.status("VmRSS:")
        work()
        return self.status("VmHWM:") - before


def seconds(database, sql):
    started = time.monotonic()
    rows = database.rows(sql)
    return time.monotonic() - started, rows


def interrupted(database, sql, delay, pid):
    """How long the call goes on after it was interrupted; None when it had ended before."""
    moment = []

    def stop():
        moment.append(time.monotonic())
        if database.name == "sqlite":
            database.connection.interrupt()
        else:
            other.rows(f"SELECT pg_cancel_backend({pid})")

    other = None if database.name == "sqlite" else Postgres("codegraph_comparison_other")
    timer = threading.Timer(delay, stop)
    timer.start()
    try:
        database.rows(sql)
        ended = None
    except Failure:
        ended = time.monotonic()
    timer.join()
    if other:
        other.close()
    return None if ended is None else ended - moment[0]


def measure(database, pid):
    memory = Memory(pid)
    database.rows(call("cg_save_repository", "r"))
    for name, make, count in (("disjoint", disjoint, 20000), ("alike", alike, 5000)):
        for side in "a", "b":
            save(database, f"{name} {side}", f"{side}/", make(side, count))
        sql = f"SELECT change, count(*) FROM cg_compare_commits('r', '{name} a', '{name} b') GROUP BY change ORDER BY change"
        took = []
        grew = memory.growth(lambda: took.append(seconds(database, sql)))
        stops = [interrupted(database, sql, took[0][0] * part, pid) for part in (0.1, 0.5, 0.9)]
        slowest = max((stop for stop in stops if stop is not None), default=0)
        print(f"{database.name}: {name}, {count} chunks on each side: {took[0][0]:.2f} s, {grew:.0f} MB; stops in up to "
              f"{slowest * 1000:.0f} ms; {dict(took[0][1])}", flush=True)
    for side in "a", "b":
        database.rows(call("cg_create_snapshot", "r", f"large {side}"))
        content = " ".join(f"{side if i % 10 == 0 else 'w'}{i}" for i in range(6400000))
        database.rows(call("cg_save_chunk", "r", f"large {side}", json.dumps(
            {"file_path": "f", "fqn": f"{side}.large", "name": "large", "content": content})))
    took = []
    sql = "SELECT change, similarity FROM cg_compare_commits('r', 'large a', 'large b')"
    grew = memory.growth(lambda: took.append(seconds(database, sql)))
    print(f"{database.name}: large, {len(content) / 1e6:.0f} MB on each side: {took[0][0]:.2f} s, {grew:.0f} MB; {took[0][1]}", flush=True)
    database.rows(call("cg_create_snapshot", "r", "small b", None, None, "disjoint a"))
    database.rows(call("cg_save_chunk", "r", "small b", json.dumps(
        {"file_path": "a/0", "fqn": "a/0", "kind": "function", "content": disjoint("a", 1)[0] + " changed"})))
    times = []
    for _ in range(20):
        took, rows = seconds(database, "SELECT change, aspects FROM cg_compare_commits('r', 'disjoint a', 'small b')")
        times.append(took)
    print(f"{database.name}: small: {statistics.median(times) * 1000:.2f} ms; {rows}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--databases", default="sqlite,postgres")
    arguments = parser.parse_args()
    if "sqlite" in arguments.databases:
        measure(Sqlite(arguments.sqlite), os.getpid())
    if "postgres" in arguments.databases:
        database = Postgres("codegraph_comparison")
        measure(database, int(database.rows("SELECT pg_backend_pid()")[0][0]))
        database.close()


if __name__ == "__main__":
    main()
