#!/usr/bin/python3
"""Writes until the disk is full, again and again, and checks that the failed call left nothing and that the store goes
on when there is room. The disk is a small file system in memory, which this mounts in a namespace of its own; so it
runs as root. In PostgreSQL the database is in a tablespace on that disk. Ends with `N passed, N failed`.

usage: full_disks.py [--rounds N] [--seed N]
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, PostgresConnection, Report, Sqlite, default_module  # noqa: E402
from randomness import parse_arguments  # noqa: E402
from replay import FOUND, ROOT_OF_SNAPSHOT, Replay  # noqa: E402
from servers import Server  # noqa: E402

SQLITE_FULL, SQLITE_IOERR, DISK_FULL = 13, 10, "53100"
MOUNTED = "CODEGRAPH_TEST_MOUNTED"
KILOBYTE = 1024


class Disk:
    """A file system of a fixed size, all of which but some room is taken by one file."""

    def __init__(self, kilobytes):
        self.folder, self.taken = pathlib.Path(tempfile.mkdtemp()), 0
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=1777", "tmpfs", self.folder], check=True)

    def free(self):
        return shutil.disk_usage(self.folder).free // KILOBYTE

    def leave_room(self, kilobytes):
        ballast = self.folder / "ballast"
        ballast.unlink(missing_ok=True)
        size = max(0, self.free() - kilobytes) * KILOBYTE
        with open(ballast, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, size) if size else None

    def remove(self):
        subprocess.run(["umount", self.folder], check=True)
        self.folder.rmdir()


def fill(name, store, disk, room, rounds, replay, allowed, report):
    """Leaves some room again and again, and writes until a call fails."""
    made, problems, failures = 0, [], 0
    for turn in range(rounds):
        disk.leave_room(room)
        while True:
            try:
                store.rows(replay.call(made))
                made += 1
            except Failure as failure:
                failures += 1
                problems += [f"round {turn}: {failure}"] if failure.code not in allowed else []
                break
        if store.rows(ROOT_OF_SNAPSHOT) != [replay.root_after(made)]:
            problems.append(f"round {turn}: the failed call, number {made}, left something")
        disk.leave_room(8 * room)
        problems += [f"round {turn}: {row}" for row in store.rows("SELECT * FROM cg_verify()")]
        if problems:
            break
        # Room for what the writes to come need beside what is stored for good.
        store.rows("SELECT cg_prune('r', 1)")
        store.rows("SELECT cg_gc('r')")
        store.rows("VACUUM")
    report.check(f"full disks: {name}: {failures} times full, {made} calls made", problems)


def fill_sqlite(report, journal_mode, rounds, seed):
    disk = Disk(16 * KILOBYTE)
    try:
        store = Sqlite(default_module(), str(disk.folder / "store.db"))
        store.rows(f"PRAGMA journal_mode = {journal_mode}")
        for sql in FOUND:
            store.rows(sql)
        fill(f"SQLite, {journal_mode}", store, disk, 256, rounds, Replay(seed), (SQLITE_FULL, SQLITE_IOERR), report)
        store.close()
    finally:
        disk.remove()


def fill_postgres(report, rounds, seed):
    disk, server = Disk(64 * KILOBYTE), Server()
    try:
        server.initialise()
        server.start()
        space = disk.folder / "space"
        space.mkdir()
        if server.owner:
            shutil.chown(space, server.owner, server.owner)
        administrator = PostgresConnection("postgres", host=str(server.folder), port=server.port)
        administrator.rows(f"CREATE TABLESPACE small LOCATION '{space}'")
        administrator.rows("CREATE DATABASE small TABLESPACE small TEMPLATE template0 ENCODING 'UTF8'")
        store = PostgresConnection("small", host=str(server.folder), port=server.port)
        store.rows("CREATE EXTENSION codegraph")
        for sql in FOUND:
            store.rows(sql)
        fill("PostgreSQL", store, disk, 256, rounds, Replay(seed), (DISK_FULL,), report)
        store.close()
        administrator.close()
    finally:
        server.remove()
        disk.remove()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parse_arguments(parser)
    if MOUNTED not in os.environ:
        os.environ[MOUNTED] = "1"
        os.execvp("unshare", ["unshare", "-m", sys.executable, __file__, "--rounds", str(arguments.rounds),
                              "--seed", str(arguments.seed)])
    report = Report()
    os.environ.setdefault("PGUSER", "postgres")
    for journal_mode in ("WAL", "DELETE"):
        fill_sqlite(report, journal_mode, arguments.rounds, arguments.seed)
    fill_postgres(report, arguments.rounds, arguments.seed)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
