#!/usr/bin/python3
"""Every database request of every writer fails once, in both databases, alone and in a user's transaction: each time the
database is as it was, the connection works, and the call, made again, gives what it gives without any fault.

usage: faults.py [MODULE [sqlite|postgres]]     PostgreSQL is the server that the PG* variables name
"""

import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from calls import TOUCHES_NO_TABLE
from databases import Failure, Postgres, Report, Sqlite, call, default_module, quoted

MOST_REQUESTS = 300


def chunk(fqn, content, **fields):
    return {"fqn": fqn, "content": content, **fields}


def dependency(source, target, **fields):
    return {"from_fqn": source, "to_fqn": target, **fields}


MANY_FILES = [{"file_path": f"lib/m{i % 7}/f{i:03}.py", "chunks": [chunk(f"m{i}.f", f"body {i}"), chunk(f"m{i}.g", "same")],
               "dependencies": [dependency(f"m{i}.f", f"m{i + 1}.g")]} for i in range(60)]

# What every scenario finds.
SETUP = [
    call("cg_save_repository", "app", "The app", None, "/src", "main"),
    call("cg_save_repository", "other"),
    call("cg_create_snapshot", "other", "o1"),
    call("cg_save_chunk", "other", "o1", json.dumps({"file_path": "src/a.py", "content": "def f(): pass"})),
    call("cg_create_snapshot", "app", "s1", "c0ffee", "main", None, "2026-11-22T10:00:00Z"),
    call("cg_replace_files", "app", "s1", "s1", json.dumps(MANY_FILES)),
    call("cg_replace_file", "app", "s1", "s1", "src/a.py",
         json.dumps([chunk("a.f", "def f(): g()", kind="function", start_line=1),
                     chunk("a.g", "def g(): pass", kind="function", start_line=3),
                     {"content": "x = 1", "start_line": 5, "chunk_id": "a's constant"}]),
         json.dumps([dependency("a.f", "a.g"), dependency("a.g", "outside.h", relationship="IMPORTS", confidence=0.5)]),
         "hash of a", '{"mode": 33188}'),
    call("cg_replace_file", "app", "s1", "s1", "src/b.py", json.dumps([chunk("b.k", "def k(): f()")]),
         json.dumps([dependency("b.k", "a.f")])),
    call("cg_save_chunk", "app", "s1", json.dumps({"file_path": "src/gone.py", "fqn": "gone.f", "content": "gone"})),
    call("cg_soft_delete_file_chunks", "app", "s1", "src/gone.py"),
    call("cg_create_snapshot", "app", "s2", None, None, "s1"),
    call("cg_update_file_metadata", "app", "s2", "src/empty.py", "hash of nothing"),
    call("cg_set_ref", "app", "v1", "s1"),
    call("cg_set_ref", "app", "v2", "s1"),
]

# Each changes something.
SCENARIOS = {
    "a new repository": call("cg_save_repository", "new", "New"),
    "an update of a repository": call("cg_save_repository", "app", "Other name"),
    "indexing contents": call("cg_index_content"),
    "making the content index anew": call("cg_index_content", "app", True),
    "deleting a repository": call("cg_delete_repository", "app"),
    "an empty snapshot": call("cg_create_snapshot", "app", "s3"),
    "a snapshot with a base": call("cg_create_snapshot", "app", "s3", "beef", "main", "s1", None, '{"author": "x"}'),
    "an update of a snapshot": call("cg_create_snapshot", "app", "s1", "beef", "dev"),
    "deleting a snapshot": call("cg_delete_snapshot", "app", "s1"),
    "a new ref": call("cg_set_ref", "app", "v3", "s1"),
    "a ref that moves": call("cg_set_ref", "app", "v1", "s2"),
    "taking a ref away": call("cg_set_ref", "app", "v1", None),
    "sealing a snapshot": call("cg_seal_snapshot", "app", "s1"),
    "rolling back": call("cg_rollback", "app", "s1", 1),
    "forgetting revisions": call("cg_prune", "app", 1),
    "collecting garbage": call("cg_gc", "app"),
    "a new chunk": call("cg_save_chunk", "app", "s1", json.dumps({"file_path": "src/a.py", "content": "new", "fqn": "a.n"})),
    "a chunk that exists": call("cg_save_chunk", "app", "s1",
                                json.dumps({"file_path": "src/a.py", "content": "y = 2", "chunk_id": "a's constant"})),
    "chunks of several files": call("cg_save_chunks", "app", "s1", json.dumps(
        [{"file_path": path, "content": "c", "fqn": path + "." + name}
         for path in ("src/a.py", "src/gone.py", "src/new.py", "lib/m1/f001.py") for name in "xyz"])),
    "a dependency": call("cg_save_dependency", "app", "s1", json.dumps(dependency("a.f", "b.k"))),
    "dependencies": call("cg_save_dependencies", "app", "s1", json.dumps(
        [dependency("a.f", "b.k"), dependency("b.k", "outside.z", confidence=0.25), dependency("a.f", "a.g", confidence=0),
         {"from_chunk_id": "a's constant", "to_fqn": "m3.f", "relationship": "FLOWS"}])),
    "replacing a file in place": call("cg_replace_file", "app", "s1", "s1", "src/a.py", json.dumps([chunk("a.f", "other")])),
    "replacing a file in a new snapshot": call(
        "cg_replace_file", "app", "s1", "s4", "src/b.py", json.dumps([chunk("b.k", "other"), chunk("b.new", "new")]),
        json.dumps([dependency("b.k", "b.new")]), "hash of b"),
    "replacing and deleting files": call("cg_replace_files", "app", "s1", "s1", json.dumps(
        [{"file_path": "src/a.py", "deleted": True}, {"file_path": "src/b.py", "chunks": []},
         *({**file, "chunks": [chunk("again" + file["file_path"], "new")], "dependencies": []} for file in MANY_FILES[::3])])),
    "replacing files in a new snapshot": call("cg_replace_files", "app", "s2", "s5", json.dumps(
        [{"file_path": f"new/f{i}.py", "chunks": [chunk(f"new{i}.f", "new")]} for i in range(30)])),
    "an incremental snapshot": call("cg_create_incremental_snapshot", "app", "s1", "s6", json.dumps(
        ["src/b.py", "src/new.py", {"file_path": "src/a.py", "file_hash": "hash of a"},
         {"file_path": "lib/m2/f002.py", "file_hash": "new"}]), "analyze_file"),
    "soft deletion": call("cg_soft_delete_file_chunks", "app", "s1", "src/a.py"),
    "restoring": call("cg_restore_file_chunks", "app", "s2", "src/gone.py"),
    "the hash of a file": call("cg_update_file_metadata", "app", "s1", "src/a.py", "another hash"),
    "the hash of a new file": call("cg_update_file_metadata", "app", "s1", "src/newer.py", "a hash"),
}


# It moves sequences, which no error takes back, and no table.
NO_SCENARIO = {"cg_repair_sequences"}

# What a scenario needs before it.
PREPARED = {"collecting garbage": [call("cg_prune", "app", 1)]}


def add_imports(module):
    """A line of an export of each kind, the first node above the leaves, and the last line, with the lines before it."""
    source = Sqlite(module)
    source.rows(call("cg_save_repository", "moved"))
    source.rows(call("cg_create_snapshot", "moved", "a"))
    source.rows(call("cg_replace_files", "moved", "a", "a", json.dumps(
        [{**file, "chunks": [*file["chunks"], {"content": "x", "chunk_id": f"id {file['file_path']}"}]} for file in MANY_FILES])))
    source.rows(call("cg_set_ref", "moved", "v1", "a"))
    lines = [line for line, in source.rows("SELECT line FROM cg_export('moved')")]
    source.close()
    wanted = {"the first line": '"repository":', "a content": '"content":', "a file version": '"file":', "a leaf": '"tree_node":',
              "a node": '"level":1', "a snapshot": '"snapshot":', "a revision": '"revision":{',
              "a ref": '"ref":{', "the last line": '"end":'}
    for name, mark in wanted.items():
        place = next(i for i, line in enumerate(lines) if mark in line)
        SCENARIOS["importing " + name] = call("cg_import", lines[place])
        PREPARED["importing " + name] = [call("cg_import", line) for line in lines[:place]]


def writer_gaps(database):
    """Returns what is wrong between SCENARIOS and the writers of the product."""
    writers = {name for name, writes in database.functions().items() if writes} - TOUCHES_NO_TABLE - NO_SCENARIO
    tested = {re.match(r"SELECT (\w+)", sql).group(1) for sql in SCENARIOS.values()}
    return [f"{name} is a writer without a scenario in SCENARIOS in tests/faults/faults.py" for name in sorted(writers - tested)] + [
        f"{name} in SCENARIOS in tests/faults/faults.py is no writer of the product" for name in sorted(tested - writers)]


def view(database):
    """What users can see, without times and keys."""
    rows = database.rows
    seen = [[rows(f"SELECT count(*) FROM codegraph_{table}") for table in  # of a repository that is being imported, too
             ("repositories", "snapshots", "refs", "log", "tree_nodes", "files", "chunks", "contents", "content_segments")]]
    seen += [rows("SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories()")]
    for (repo,) in rows("SELECT repo_id FROM cg_repositories()"):
        snapshots = rows("SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, root, revision, sealed, "
                         f"CAST(attrs AS text) FROM cg_snapshots({quoted(repo)})")
        seen.append(snapshots)
        seen.append(rows(f"SELECT ref, snapshot_id FROM cg_refs({quoted(repo)})"))
        for snapshot in snapshots:
            place = f"{quoted(repo)}, {quoted(snapshot[0])}"
            seen.append(rows(f"SELECT file_path, file_hash, chunks, dependencies, CAST(attrs AS text) FROM cg_files({place})"))
            seen.append(rows(f"SELECT chunk_id, content_hash, start_line, end_line FROM cg_chunks({place}, "
                             + ("true)" if database.name == "postgres" else "1)")))
            seen.append(rows(f"SELECT from_chunk_id, to_chunk_id, to_fqn, relationship, confidence FROM cg_dependencies({place})"))
    return seen


class Scenario:
    def __init__(self, database, sql, prepared):
        self.database, self.sql, self.problems = database, sql, []
        database.clear()
        for step in SETUP + prepared:
            database.rows(step)
        database.rows("DELETE FROM mine")
        self.before = database.dump()
        self.expect("the dump shows the content", all(self.before[f"codegraph_{table}"] for table in
                    ("repositories", "snapshots", "refs", "log", "tree_nodes", "files", "chunks", "symbols", "definitions", "contents")))
        self.expected = self.in_transaction(lambda: (database.rows(sql), view(database)))
        self.expect("the scenario changes something", self.expected[1] != view(database))

    def expect(self, what, truth):
        if not truth:
            self.problems.append(what)

    def in_transaction(self, act):
        self.database.rows("BEGIN")
        try:
            return act()
        finally:
            self.database.rows("ROLLBACK")

    def fails_at(self, number):
        """Did the call fail with the fault at this request?"""
        self.database.fail_request(number)
        try:
            self.database.rows(self.sql)
            return False
        except Failure as failure:
            self.expect(f"the error of request {number} is its own: {failure}",
                        f"request {number} failed on demand" in failure.text)
            return True
        finally:
            if self.database.name == "sqlite":
                self.database.fail_request(0)

    def expect_as_it_was(self, number, before):
        self.expect(f"request {number} left something behind", self.database.dump() == before)

    def again(self):
        return (self.database.rows(self.sql), view(self.database))

    def alone(self):
        for number in range(1, MOST_REQUESTS):
            failed = self.fails_at(number)
            self.database.fail_request(0)
            if not failed:
                self.expect("the call that no fault met gives something else", view(self.database) == self.expected[1])
                self.expect("the call that no fault met shows in the dump", self.database.dump() != self.before)
                return number - 1
            self.expect_as_it_was(number, self.before)
            self.expect(f"after request {number} the call gives something else",
                        self.in_transaction(self.again) == self.expected)
        return MOST_REQUESTS

    def within_savepoints(self):
        """BEGIN, a write of the user's, SAVEPOINT, the fault; then the same call in the same transaction."""
        database, rows = self.database, self.database.rows
        for number in range(1, MOST_REQUESTS):
            rows("BEGIN")
            rows("INSERT INTO mine VALUES (1)")
            rows(call("cg_save_repository", "earlier"))  # a call of ours before it in the transaction
            rows("SAVEPOINT mine")
            at_savepoint = database.dump()
            failed = self.fails_at(number)
            if not failed:
                rows("ROLLBACK")
                database.fail_request(0)
                return number - 1
            if database.name == "postgres":
                rows("ROLLBACK TO mine")
                database.fail_request(0)
            self.expect_as_it_was(number, at_savepoint)
            self.expect(f"request {number} took the user's row along", rows("SELECT count(*) FROM mine") == [("1",)])
            self.expect(f"after request {number} the call gives something else", rows(self.sql) == self.expected[0])
            changed = database.dump()
            self.expect("the call changes something", changed != at_savepoint)
            rows("ROLLBACK TO mine")
            self.expect_as_it_was(number, at_savepoint)
            rows("RELEASE mine")
            if number % 2:
                rows("ROLLBACK")
                self.expect_as_it_was(number, self.before)
            else:  # what is committed is what was there at the savepoint
                rows("COMMIT")
                self.expect_as_it_was(number, at_savepoint)
                rows(call("cg_delete_repository", "earlier"))
                rows("DELETE FROM mine")
                self.expect_as_it_was(number, self.before)
            self.expect("the connection works", rows(call("cg_count_chunks", "app", "s1")) != [])
        return MOST_REQUESTS


def run(database, report):
    database.define_analyzer("analyze_file")
    database.rows("CREATE TABLE mine(x int)")
    for name, sql in SCENARIOS.items():
        for way in (Scenario.alone, Scenario.within_savepoints):
            requests = 0
            try:
                scenario = Scenario(database, sql, PREPARED.get(name, []))
                requests = way(scenario)
                scenario.expect(f"{requests} requests", 0 < requests < MOST_REQUESTS)
                problems = scenario.problems
            except Failure as failure:
                problems = [f"unexpected error: {failure}"]
                database.fail_request(0)
                try:
                    database.rows("ROLLBACK")
                except Failure:
                    pass
            report.check(f"{database.name}: {name}, {way.__name__.replace('_', ' ')}, each of {requests} requests", problems)
    database.close()


def main():
    module = sys.argv[1] if len(sys.argv) > 1 else default_module()
    only = sys.argv[2] if len(sys.argv) > 2 else None
    report = Report()
    add_imports(module)
    report.check("every writer of the product has a scenario", writer_gaps(Sqlite(module)))
    if only != "postgres":
        run_in_sqlite = Sqlite(module)
        run_in_sqlite.rows(call("cg_save_repository", "founds"))
        run(run_in_sqlite, report)
    if only != "sqlite":
        run(Postgres("codegraph_faults"), report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
