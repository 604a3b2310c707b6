#!/usr/bin/python3
"""Several connections that write into one PostgreSQL repository at once, one call a transaction, beside one that prunes and
collects garbage and one that reads. What must hold afterwards is what a serial replay of the calls that were made gives: the
same roots, one revision for each call that changed something, every kept revision readable with the same content. No call
may fail; under REPEATABLE READ a call may get 40001, and is made again.

usage: stress.py [SECONDS] [--seed N]      SECONDS for each of the three parts; PostgreSQL is the server that the PG* variables
name. A seed gives the calls that each connection makes, not the order in which they meet.
"""

import argparse
import json
import pathlib
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, PostgresConnection, Report, call
from randomness import Random, parse_arguments
from writing_history import History

WRITERS = 4


class Part:
    """Connections at work until the time is over. What went wrong is in `problems`."""

    def __init__(self, database, seconds, level="READ COMMITTED"):
        self.database, self.level, self.end = database, level, time.monotonic() + seconds
        self.problems, self.retries, self.threads = [], 0, []

    def start(self, work, *arguments):
        def run():
            connection = PostgresConnection(self.database)
            try:
                work(connection, *arguments)
            except Failure as failure:
                self.problems.append(f"{work.__name__}{arguments[:1]}: {failure}")
            finally:
                connection.close()

        self.threads.append(threading.Thread(target=run))
        self.threads[-1].start()

    def is_over(self):
        return time.monotonic() > self.end or self.problems

    def join(self):
        for thread in self.threads:
            thread.join()

    def write(self, connection, history, snapshot, made):
        """Counts the calls in made[0]."""
        connection.rows(f"SET default_transaction_isolation = '{self.level}'")
        while not self.is_over():
            sql = history.next_call("r", snapshot)
            while True:
                try:
                    connection.rows(sql)
                    break
                except Failure as failure:
                    if failure.code != "40001" or self.level == "READ COMMITTED":
                        raise
                    self.retries += 1
            made[0] += 1

    def collect(self, connection, seed, snapshots, prune, counts):
        """Makes garbage of its own too: snapshots with changes, which it deletes."""
        history = History(seed)
        while not self.is_over():
            connection.rows(call("cg_create_snapshot", "r", "scratch", None, None, history.random.choice(snapshots)))
            for _ in range(3):
                connection.rows(history.next_call("r", "scratch"))
            connection.rows(call("cg_delete_snapshot", "r", "scratch"))
            if prune:
                connection.rows(call("cg_prune", "r", 3))
            started = time.monotonic()
            freed = json.loads(connection.rows(call("cg_gc", "r"))[0][0])
            counts["longest"] = max(counts["longest"], time.monotonic() - started)
            counts["collections"] += 1
            counts["freed"] += sum(freed.values())

    def read(self, connection, seed, snapshots, counts):
        chooser = Random(seed)
        while not self.is_over():
            snapshot = chooser.choice(snapshots)
            rows = connection.rows(f"SELECT count(*), count(content), cg_count_chunks('r', '{snapshot}') FROM cg_chunks('r', '{snapshot}')")
            if len(set(rows[0])) != 1:
                self.problems.append(f"chunks, those with content, cg_count_chunks: {rows[0]}")
            connection.rows(f"SELECT count(*) FROM cg_dependencies('r', '{snapshot}')")
            connection.rows(f"SELECT count(*) FROM cg_cycles('r', '{snapshot}')")
            counts["reads"] += 1


def clear(database, snapshots):
    for (repo,) in database.rows("SELECT repo_id FROM cg_repositories()"):
        database.rows(call("cg_delete_repository", repo))
    database.rows(call("cg_save_repository", "r"))
    for snapshot in snapshots:
        database.rows(call("cg_create_snapshot", "r", snapshot))


def play(database, seed, histories, snapshots, seconds, level, prune):
    """Writer i plays histories[i] into snapshots[i]. Returns the part and how many calls each made."""
    clear(database, sorted(set(snapshots)))
    part = Part(database.database, seconds, level)
    made = [[0] for _ in histories]
    counts = {"collections": 0, "longest": 0, "freed": 0, "reads": 0}
    for history, snapshot, count in zip(histories, snapshots, made):
        part.start(part.write, history, snapshot, count)
    part.start(part.collect, seed + len(histories), sorted(set(snapshots)), prune, counts)
    part.start(part.read, seed, sorted(set(snapshots)), counts)
    part.join()
    for what in "collections", "freed", "reads":
        if not counts[what]:
            part.problems.append(f"no {what}: not what this is made for")
    return part, [count[0] for count in made], counts


ROWS = "file_path, start_line, end_line, kind, fqn, name, content, is_deleted"


def rows_of(database, repo, snapshot, revision=None):
    at = f"@{{{revision}}}" if revision is not None else ""
    return database.rows(f"SELECT {ROWS} FROM cg_chunks('{repo}', '{snapshot}{at}', true)")


def state(database, repo, snapshot):
    return database.rows(f"SELECT revision, root FROM cg_snapshots('{repo}') WHERE snapshot_id = '{snapshot}'")[0]


def log(database, repo, snapshot):
    """Revision, roots; in order."""
    return database.rows(f"SELECT revision, root_before, root_after FROM cg_log('{repo}', '{snapshot}')")


def replay(database, plays):
    """One after the other, into a repository of its own; returns (revision, root) after each call."""
    database.rows(call("cg_save_repository", "serial"))
    database.rows(call("cg_create_snapshot", "serial", "s"))
    states = [state(database, "serial", "s")]
    for history, count in plays:
        for _ in range(count):
            database.rows(history.next_call("serial", "s"))
            states.append(state(database, "serial", "s"))
    return states


def problems_of_store(database):
    """What a writer saved and nothing has any more would show as an error or a difference; what nothing reaches stays for
    gc. After it, all that is stored is reached: once."""
    problems = []
    if database.rows("SELECT count(*) FROM codegraph_content_segments") == [("0",)]:
        problems.append("no writer indexed anything: not what this is made for")
    for (snapshot,) in database.rows("SELECT snapshot_id FROM cg_snapshots('r')"):
        found = database.rows(f"SELECT chunk_id FROM cg_search_content('content', NULL, 'r', '{snapshot}') ORDER BY chunk_id")
        if found != database.rows(f"SELECT chunk_id FROM cg_chunks('r', '{snapshot}') ORDER BY chunk_id"):
            problems.append(f"a search of {snapshot} does not find all chunks")
    database.rows(call("cg_gc", "r"))
    again = json.loads(database.rows(call("cg_gc", "r"))[0][0])
    if any(again.values()):
        problems.append(f"a second gc frees {again}")
    stored = database.rows("SELECT count(*), count(DISTINCT content) FROM codegraph_contents t JOIN codegraph_repositories USING (repo_key)"
                           " WHERE repo_id = 'r'")[0]
    named = database.rows("SELECT count(DISTINCT content_key) FROM codegraph_chunks JOIN codegraph_repositories USING (repo_key)"
                          " WHERE repo_id = 'r'")[0]
    reached = database.rows("SELECT count(DISTINCT c.content) FROM cg_log('r') l, cg_chunks('r', l.snapshot_id || '@{' || l.revision"
                            " || '}', true) c")[0]
    if len({*stored, *named, *reached}) != 1:
        problems.append(f"contents stored, different ones, those that chunks name, and those reached: {stored} {named} {reached}")
    return problems


def describe(part, made, counts):
    return (f"{sum(made)} calls, {counts['collections']} collections (longest {counts['longest']:.2f} s, {counts['freed']} rows freed),"
            f" {counts['reads']} reads, {part.retries} retries")


def different_snapshots(database, seed, seconds, report):
    """All play the same history, so that they save the same things at about the same time; the log is pruned beside."""
    snapshots = [f"s{i}" for i in range(WRITERS)]
    part, made, counts = play(database, seed, [History(seed) for _ in snapshots], snapshots, seconds, "READ COMMITTED", True)
    problems = part.problems
    if not problems:
        states = replay(database, [(History(seed), max(made))])
        root_of = {revision: after for revision, _, after in log(database, "serial", "s")}
        for snapshot, count in zip(snapshots, made):
            if state(database, "r", snapshot) != states[count]:
                problems.append(f"{snapshot} after {count} calls: {state(database, 'r', snapshot)}, serially {states[count]}")
            for revision, _, after in log(database, "r", snapshot):
                if root_of.get(revision) != after:
                    problems.append(f"{snapshot}@{{{revision}}} is {after}, serially {root_of.get(revision)}")
                if rows_of(database, "r", snapshot, revision) != rows_of(database, "serial", "s", revision):
                    problems.append(f"{snapshot}@{{{revision}}} has other chunks than serially")
        problems += problems_of_store(database)
    report.check(f"different snapshots, seed {seed}: {describe(part, made, counts)}", problems)


def same_snapshot(database, seed, seconds, level, report):
    """Each writes files of its own; the log is kept."""
    histories = lambda: [History(seed + i, f"w{i}/") for i in range(WRITERS)]
    part, made, counts = play(database, seed, histories(), ["s"] * WRITERS, seconds, level, False)
    problems = part.problems
    if not problems:
        states = replay(database, list(zip(histories(), made)))
        entries = log(database, "r", "s")
        if state(database, "r", "s") != states[-1]:
            problems.append(f"after {made} calls: {state(database, 'r', 's')}, serially {states[-1]}")
        if [int(entry[0]) for entry in entries] != list(range(int(states[-1][0]) + 1)):
            problems.append(f"{len(entries)} rows in the log, not {states[-1][0]} and the creation")
        for before, after in zip(entries, entries[1:]):
            if before[2] != after[1]:
                problems.append(f"revision {after[0]} starts from {after[1]}, not from {before[2]}")
        if rows_of(database, "r", "s") != rows_of(database, "serial", "s"):
            problems.append("the chunks are not those of the serial replay")
        problems += problems_of_store(database)
        if level != "READ COMMITTED" and not part.retries:
            problems.append("no call had to be made again: not what this is made for")
    report.check(f"one snapshot, {level}, seed {seed}: {describe(part, made, counts)}", problems)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=8)
    arguments = parse_arguments(parser)
    seconds, seed = arguments.seconds, arguments.seed
    report = Report()
    database = Postgres("codegraph_stress")
    try:
        different_snapshots(database, seed, seconds, report)
        same_snapshot(database, seed, seconds, "READ COMMITTED", report)
        same_snapshot(database, seed, seconds, "REPEATABLE READ", report)
    finally:
        database.close()
    sys.exit(report.close())


main()
