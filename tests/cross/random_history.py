#!/usr/bin/python3
"""Random histories, the same in SQLite and PostgreSQL: every call gives the same result or error text, every snapshot has the
same root, every reader the same rows; and a snapshot built anew, in another repository and another order, has that root too.

usage: random_history.py [MODULE]     PostgreSQL is the server that the PG* variables name
A seed is printed when something differs; CODEGRAPH_TEST_SEED repeats it.
"""

import json
import os
import pathlib
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, Report, Sqlite, call, default_module, quoted

STEPS = 120
PATHS = ["a.py", "b.py", "lib/c.py", "lib/d:e.py", "lib/d", "z"]
FQNS = ["a.f", "a.g", "b.f", "c.F::m", "c.F", "d/e", "x#y", None, None]
NAMES = [None, None, "n", "e.py:n", "un known"]
CONTENTS = ["", "one\n", "one\ntwo\n", "t\u00e9xt", "if (a < b && c) { return \"x\"; }\n"]
IDS = [None] * 8 + ["explicit", "a.f", "other id", "r:a.py:n:1-1"]
CHUNK_COLUMNS = ("chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash,"
                 " summary, importance, CASE WHEN is_deleted THEN 1 ELSE 0 END, attrs")


class History:
    """Makes random calls; knows no result but what the databases say."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.snapshots = ["s0"]

    def chunk(self, path=None):
        r = self.random
        chunk = {"content": r.choice(CONTENTS), "start_line": r.choice([1, 1, 2, 7]), "fqn": r.choice(FQNS), "name": r.choice(NAMES),
                 "kind": r.choice(["function", "class"]), "importance": r.choice([0, 0.5, 0.1, 1]), "chunk_id": r.choice(IDS)}
        if path:
            chunk["file_path"] = path
        if r.random() < 0.2:
            chunk.update(summary="s", symbol_visibility="public", attrs={"k": [1, 2.5], "u": "\u00e9"}, language="python")
        return {key: value for key, value in chunk.items() if value is not None}

    def dependency(self):
        r = self.random
        source = r.choice([name for name in FQNS if name])
        return {"from_fqn": source, "to_fqn": r.choice([name for name in FQNS if name] + ["external.x", "external.y"]),
                "relationship": r.choice(["CALLS", "IMPORTS", "EXTENDS"]), "confidence": r.choice([1, 0.5, 0.25])}

    def file(self, path):
        chunks = [self.chunk() for _ in range(self.random.randrange(4))]
        fqns = [chunk["fqn"] for chunk in chunks if "fqn" in chunk]
        dependencies = [dict(self.dependency(), from_fqn=self.random.choice(fqns)) for _ in range(self.random.randrange(4)) if fqns]
        return {"file_path": path, "chunks": chunks, "dependencies": dependencies}

    def files(self):
        return [self.file(path) if self.random.random() < 0.8 else {"file_path": path, "deleted": True}
                for path in self.random.sample(PATHS, self.random.randrange(1, 4))]

    def snapshot(self):
        return self.random.choice(self.snapshots[-4:])

    def new_snapshot(self):
        self.snapshots.append(f"s{len(self.snapshots)}")
        return self.snapshots[-1]

    def next_call(self):
        r = self.random
        path, snapshot = r.choice(PATHS), self.snapshot()
        kind = r.randrange(12)
        if kind == 0:
            return call("cg_create_snapshot", "r", self.new_snapshot(), None, r.choice(["main", "dev"]), snapshot)
        if kind <= 2:
            return call("cg_replace_files", "r", snapshot, self.new_snapshot(), json.dumps(self.files()))
        if kind <= 4:
            return call("cg_replace_files", "r", snapshot, snapshot, json.dumps(self.files()))
        if kind == 5:
            file = self.file(path)
            return call("cg_replace_file", "r", snapshot, snapshot, path, json.dumps(file["chunks"]), json.dumps(file["dependencies"]),
                        r.choice([None, "hash 1", "hash 2"]))
        if kind <= 7:
            return call("cg_save_chunks", "r", snapshot, json.dumps([self.chunk(r.choice(PATHS)) for _ in range(r.randrange(1, 4))]))
        if kind == 8:
            return call("cg_save_dependencies", "r", snapshot, json.dumps([self.dependency() for _ in range(r.randrange(1, 3))]))
        if kind == 9:
            return call("cg_soft_delete_file_chunks", "r", snapshot, path)
        if kind == 10:
            return call("cg_restore_file_chunks", "r", snapshot, path)
        return call("cg_update_file_metadata", "r", snapshot, path, r.choice(["hash 1", "hash 2"]))

    def questions(self):
        r = self.random
        one, other = quoted(self.snapshot()), quoted(r.choice(self.snapshots))
        start = quoted(r.choice([name for name in FQNS if name] + ["explicit"]))
        external = "CASE WHEN is_external THEN 1 ELSE 0 END"
        yield f"SELECT {CHUNK_COLUMNS} FROM cg_chunks('r', {one}, true)"
        yield f"SELECT {CHUNK_COLUMNS} FROM cg_chunk('r', {one}, {start})"
        yield f"SELECT repo_id, snapshot_id, {CHUNK_COLUMNS} FROM cg_chunks_by_fqn({start}, 'r')"
        yield f"SELECT file_path, file_hash, language, chunks, dependencies, attrs FROM cg_files('r', {one})"
        yield f"SELECT from_chunk_id, from_fqn, to_chunk_id, to_fqn, relationship, confidence, {external} FROM cg_dependencies('r', {one})"
        yield f"SELECT * FROM cg_compare_commits('r', {one}, {other})"
        yield f"SELECT * FROM cg_compare_files('r', {one}, {other})"
        for direction in "dependencies", "dependents":
            yield (f"SELECT depth, chunk_id, fqn, kind, file_path, start_line, end_line, via, relationship, {external}"
                   f" FROM cg_transitive_{direction}('r', {one}, {start})")
        yield f"SELECT cg_count_chunks('r', {one}), cg_file_hash('r', {one}, {quoted(r.choice(PATHS))})"


def answer(database, sql):
    try:
        return database.rows(sql)
    except Failure as failure:
        return failure.text


def roots(database):
    return database.rows("SELECT snapshot_id, root, revision FROM cg_snapshots('r')")


def rebuilt_root(database, history, snapshot, number):
    """The root of the snapshot's live content saved into another repository, file by file in any order."""
    repo = f"again{number}"
    renamed = lambda name: repo + name[1:] if name and name.startswith("r:") else name
    names = CHUNK_COLUMNS.replace("CASE WHEN is_deleted THEN 1 ELSE 0 END", "is_deleted").split(", ")
    files = {}
    for path, file_hash, attrs in database.rows(f"SELECT file_path, file_hash, attrs FROM cg_files('r', {quoted(snapshot)})"):
        files[path] = ([], [], file_hash, attrs)
    path_of = {}
    for row in database.rows(f"SELECT {CHUNK_COLUMNS} FROM cg_chunks('r', {quoted(snapshot)})"):
        chunk = {name.strip(): value for name, value in zip(names, row) if value is not None}
        path_of[chunk["chunk_id"]] = chunk["file_path"]
        chunk.pop("is_deleted")
        chunk.update(start_line=int(chunk["start_line"]), end_line=int(chunk["end_line"]), importance=float(chunk["importance"]),
                     attrs=json.loads(chunk["attrs"]), chunk_id=renamed(chunk["chunk_id"]))
        files[chunk["file_path"]][0].append(chunk)
    for source, to_id, to_fqn, relationship, confidence in database.rows(
            f"SELECT from_chunk_id, to_chunk_id, to_fqn, relationship, confidence FROM cg_dependencies('r', {quoted(snapshot)})"):
        files[path_of[source]][1].append({"from_chunk_id": renamed(source), "to_fqn": to_fqn or renamed(to_id),
                                          "relationship": relationship, "confidence": float(confidence)})
    database.rows(call("cg_save_repository", repo))
    database.rows(call("cg_create_snapshot", repo, "s"))
    order = list(files)
    history.random.shuffle(order)
    for path in order:
        chunks, dependencies, file_hash, attrs = files[path]
        history.random.shuffle(chunks)
        database.rows(call("cg_replace_file", repo, "s", "s", path, json.dumps(chunks), json.dumps(dependencies), file_hash, attrs))
    return database.rows(f"SELECT cg_snapshot_root({quoted(repo)}, 's')")[0][0]


def may_rebuild(database, snapshot):
    """Soft-deleted chunks and files, file hashes that are NULL, and names that one chunk has as id and others as FQN stay out.
    No reader shows a soft-deleted file without chunks: one anywhere is enough to stay out."""
    hidden = database.rows("SELECT 1 FROM codegraph_files WHERE is_deleted AND chunk_count = 0")
    deleted = database.rows(f"SELECT 1 FROM cg_chunks('r', {quoted(snapshot)}, true) WHERE is_deleted")
    unhashed = database.rows(f"SELECT 1 FROM cg_files('r', {quoted(snapshot)}) WHERE file_hash IS NULL")
    mixed = database.rows(f"SELECT 1 FROM cg_chunks('r', {quoted(snapshot)}) WHERE chunk_id = 'a.f' OR chunk_id LIKE 'r:a.py:n:1-1%'")
    return not deleted and not unhashed and not mixed and not hidden


def play(seed, module, report):
    history = History(seed)
    databases = [Sqlite(module), Postgres("codegraph_random_history")]
    problems, calls, failed_calls, rebuilt = [], 0, 0, 0
    try:
        for database in databases:
            database.rows(call("cg_save_repository", "r"))
            database.rows(call("cg_create_snapshot", "r", "s0", None, "main"))
        for step in range(STEPS):
            sql = history.next_call()
            answers = [answer(database, sql) for database in databases]
            calls, failed_calls = calls + 1, failed_calls + isinstance(answers[0], str)
            if answers[0] != answers[1]:
                problems.append(f"step {step}: {sql}: {answers}")
            states = [roots(database) for database in databases]
            if states[0] != states[1]:
                problems.append(f"step {step}: after {sql}: {states}")
            present = {row[0] for row in states[0]}  # a call that failed made none
            history.snapshots = [name for name in history.snapshots if name in present]
            if step % 5 == 0:
                for question in history.questions():
                    rows = [answer(database, question) for database in databases]
                    if rows[0] != rows[1]:
                        problems.append(f"step {step}: {question}: {rows}")
            if step % 10 == 9:
                snapshot = history.snapshot()
                if may_rebuild(databases[0], snapshot):
                    rebuilt += 1
                    want = dict((row[0], row[1]) for row in states[0])[snapshot]
                    got = rebuilt_root(databases[0], history, snapshot, step)
                    if got != want:
                        problems.append(f"step {step}: {snapshot} built anew has the root {got}, not {want}")
            if problems:
                break
    finally:
        for database in databases:
            database.close()
    if not problems and (failed_calls == 0 or failed_calls == calls):
        problems.append(f"{failed_calls} of {calls} calls failed: not what the history is made for")
    report.check(f"history {seed}: {calls} calls, {failed_calls} of them errors, {rebuilt} snapshots built anew", problems)
    return rebuilt


def main():
    module = sys.argv[1] if len(sys.argv) > 1 else default_module()
    given = os.environ.get("CODEGRAPH_TEST_SEED")
    seeds = [int(given)] if given else range(1, 9)
    report = Report()
    rebuilt = sum(play(seed, module, report) for seed in seeds)
    if not given:
        report.check("some snapshots could be built anew", [] if rebuilt > 0 else ["none"])
    sys.exit(report.close())


main()
