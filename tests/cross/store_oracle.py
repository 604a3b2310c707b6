#!/usr/bin/python3
"""The store against a model of it: random calls of every writer in SQLite, in PostgreSQL and in store_model.py, in and out
of transactions that are rolled back, and after each what the readers say, of now and of the past. Pruning and collecting
garbage must leave in the tables exactly what kept revisions need.

usage: store_oracle.py [--seed N] [--steps N] [--sqlite MODULE]     PostgreSQL is the server that the PG* variables name
"""
import argparse
import collections
import datetime
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, PostgresConnection, Report, Sqlite, call, default_module, quoted  # noqa: E402
from graph_oracle import FILTERS, Brute, Run  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402
from store_model import (INVALID, MALFORMED, TOO_FEW, TWICE, UNKNOWN, Refused, Store, Stored, compare_commits,  # noqa: E402
                         compare_dependencies, compare_files, compact, text, with_ids)

PATHS = ["a.py", "b.py", "src/a.py", "src/b.py", "src/a:b.py", "src/\u00e4.py", "src-x/c.py", "z"]
WIDE_PATHS = [f"w{i % 7}/f{i}.c" for i in range(70)]
FQNS = ["a.f", "a.g", "b.f", "b.C", "b.C.m", "ext::h", "\u00e4.\u00f6", "c.F::m", "d/e", "x#y", "odd."]
CONTENTS = ["", "x", "x\n", "def f():\n    pass\n", "a\nb\nc", "\u00e4\u20ac\U0001f600", "def f(a):\n  return a + 1\n",
            "def g(a):\n  return a + 2\n"]
HASHES = ["hash 1", "hash 2", None]
TIMES = ["2016-02-01T00:00:00.000Z", "2016-02-01T00:00:00.000Z", "2020-05-05T05:05:05.500Z", "2999-01-01T00:00:00.000Z"]
BRANCHES = ["main", "dev", "s1", "branch@{1", "dev~1"]
COMMITS = [None, None, "c0ffee", "", "c0ffee0123", "c0ffee0124", "C0FFEE0123", "abcdef0123456789abcdef0123456789abcdef01",
           "99999999", "9999999a-dirty"]
REFS = ["main", "dev", "v1.0", "s2", "abcdef01", "origin/ä", "HEAD"]
# Names of commits and refs, and what looks like them.
NAMES = REFS + ["c0ffee", "c0ffee0", "c0ffee012", "c0ffee0123", "C0FFEE0124", "c0ffe", "abcdef0", "abcdef", "ABCDEF0123", "abcdef0x",
                "9999999", "99999999", "9999999a", "abcdef0123456789abcdef0123456789abcdef012", ""]
IDS = ["main", "s1@{0}", "dev@{2020-01-01T00:00:00Z}", "\u00e4:b"]
CHUNK = ("chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash, "
         "summary, importance, CAST(is_deleted AS int), CAST(attrs AS text)")
FILE = "file_path, file_hash, language, chunks, dependencies, CAST(attrs AS text)"
DEPENDENCY = "from_chunk_id, from_fqn, to_chunk_id, to_fqn, relationship, confidence, CAST(is_external AS int)"
REACHED = "depth, chunk_id, fqn, kind, file_path, start_line, end_line, via, relationship, score, CAST(is_external AS int)"
SQLITE_CODES = {TWICE: 19}


class Contents:
    """Makes what is given to the writers."""

    def __init__(self, rng):
        self.random = rng

    def some(self, choices):
        return self.random.choice(choices)

    def often(self, chance):
        return self.random.random() < chance

    def chunk(self, repo, path=None):
        chunk = {"content": self.some(CONTENTS)}
        if path:
            chunk["file_path"] = path
        if self.often(0.15):  # like others but for its lines
            return {**chunk, "content": "x", "start_line": self.random.randint(1, 6)}
        if self.often(0.6):
            chunk["fqn"] = self.some(FQNS)
        if self.often(0.3):
            chunk["name"] = self.some(["f", "g", "a:b", "1-2"])
        if self.often(0.5):
            chunk["start_line"] = self.random.randint(1, 4)
        if self.often(0.3):
            chunk["end_line"] = chunk.get("start_line", 1) + self.random.randint(0, 6)
        if self.often(0.4):
            chunk["kind"] = self.some(["function", "class", "import"])
        if self.often(0.2):
            chunk["chunk_id"] = self.some(["id one", "id two", "a.f", f"{repo}:a.py:f:1-1#2", f"{repo}:z:g:1-1", "q:a:b:1-1"])
        if self.often(0.2):
            chunk["importance"] = self.some([0, 0.1, 1, 1e-05])
        if self.often(0.2):
            chunk.update(attrs={"x": [1, {"y": None}], "u": "\u00e9"}, language=self.some(["python", "c"]))
        if self.often(0.2):
            chunk.update(summary="s", symbol_visibility="public")
        return chunk

    def dependency(self, sources, targets):
        """From one of (ids, fqns), to one of others, and now and then to or from what is not there."""
        ids, fqns = sources
        made = {}
        if ids and (not fqns or self.often(0.5)):
            made["from_chunk_id"] = self.some(ids)
        else:
            made["from_fqn"] = self.some(fqns or ["nobody"])
        if targets[0] and self.often(0.4):
            made[self.some(["to_chunk_id", "to_fqn"])] = self.some(targets[0])
        else:
            made["to_fqn"] = self.some(FQNS + ["outside.x", "outside.y", "id one", "nowhere:p:n:1-1", "o:a.py:f:1-1"])
        if self.often(0.5):
            made["relationship"] = self.some(["CALLS", "IMPORTS", "EXTENDS"])
        if self.often(0.4):
            made["confidence"] = self.some([0, 0.25, 1, 1e-05])
        return made

    def entry(self, repo, state, path):
        if self.often(0.15):
            return {"file_path": path, "deleted": True}
        entry = {"file_path": path, "chunks": [self.chunk(repo) for _ in range(self.random.randint(0, 4))]}
        try:
            own = with_ids(repo, path, entry["chunks"])
        except Refused:
            return entry
        sources = ([i for i, _ in own], [c["fqn"] for _, c in own if c["fqn"]])
        if own and self.often(0.7):
            names = names_of(state)
            made = [self.dependency(sources, names) for _ in range(self.random.randint(1, 3))]
            if self.often(0.9):  # a target that the call does away with is an error
                for dependency in made:
                    if "to_chunk_id" in dependency:
                        dependency["to_fqn"] = dependency.pop("to_chunk_id")
            entry["dependencies"] = made
        if self.often(0.3):
            entry["file_hash"] = self.some(["hash 1", "hash 2"])
        if self.often(0.2):
            entry["attrs"] = {"mode": self.some(["644", "755"])}
        return entry


def names_of(state):
    live = state.live()
    return [i for _, i, _ in live], [c["fqn"] for _, _, c in live if c["fqn"]]


def iso(time, milliseconds):
    """A time moved; both in the form of cg_log."""
    moved = datetime.datetime.fromisoformat(time.rstrip("Z")) + datetime.timedelta(milliseconds=milliseconds)
    return moved.isoformat(timespec="milliseconds") + "Z"


def milliseconds_between(one, other):
    parsed = [datetime.datetime.fromisoformat(time.rstrip("Z")) for time in (one, other)]
    return round((parsed[1] - parsed[0]) / datetime.timedelta(milliseconds=1))


class Side:
    """One of the databases."""

    def __init__(self, database):
        self.database, self.name = database, database.name

    def time(self, column):
        if self.name == "sqlite":
            return column
        return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""

    def hex(self, column):
        return f"lower(hex({column}))" if self.name == "sqlite" else f"encode({column}, 'hex')"

    def answer(self, sql):
        """Rows, or the Failure."""
        try:
            return self.database.rows(sql)
        except Failure as failure:
            return failure

    def wrong_error(self, answer, refused):
        """Is this not an error as the model wants it?"""
        expected = [SQLITE_CODES.get(code, 1) for code in refused.codes] if self.name == "sqlite" else refused.codes
        return not isinstance(answer, Failure) or answer.code not in expected

    def analyze_by(self, answers):
        """What the analyzer says from now on, by path."""
        texts = {path: None if answer is None else json.dumps(answer) for path, answer in answers.items()}
        if self.name == "sqlite":
            self.database.connection.create_function("oracle_analyzer", 1, texts.get)
            return
        self.database.rows("DELETE FROM oracle_answers")
        for path, answer in texts.items():
            self.database.rows(f"INSERT INTO oracle_answers VALUES ({quoted(path)}, {quoted(answer)})")

    def found_analyzer(self):
        if self.name == "sqlite":
            return self.analyze_by({})
        self.database.rows("CREATE TABLE oracle_answers (path text, answer text)")
        self.database.rows("CREATE FUNCTION oracle_analyzer(text) RETURNS text LANGUAGE sql AS "
                           "'SELECT answer FROM public.oracle_answers WHERE path = $1'")


def as_text(rows):
    return [tuple(map(text, row)) for row in rows]


class Problem(Exception):
    pass


class Oracle:
    def __init__(self, seed, sides):
        self.random = Random(seed)
        self.contents, self.sides = Contents(self.random), sides
        self.some, self.often = self.contents.some, self.contents.often
        self.store, self.saved, self.made = Store(), [], 0
        self.count, self.refused, self.step, self.recent = collections.Counter(), collections.Counter(), 0, []

    # ---- comparing

    def fail(self, *details):
        raise Problem("\n      ".join([f"step {self.step}", *map(str, details), "before that:", *self.recent[-6:]]))

    def ask(self, what, sql_of, expected_of):
        """One question to each database; expected_of(side) gives rows or raises Refused. Errors with equal SQL have equal texts."""
        answers = {}
        for side in self.sides:
            sql = sql_of(side)
            try:
                expected = expected_of(side)
            except Refused as refused:
                expected = refused
            answer = side.answer(sql)
            self.count[what] += 1
            if isinstance(expected, Refused):
                wrong = side.wrong_error(answer, expected)
                self.refused[expected.codes[0]] += 1
            else:
                wrong = expected(answer) if callable(expected) else answer != expected
            if wrong:
                self.fail(f"{side.name}: {sql}", f"the store {answer!r}", f"the model {expected!r}")
            by_clock = "@{20" in sql  # equal times mean other revisions where the clocks were read at other times
            if not by_clock and answers.get(sql) and isinstance(answer, Failure) and str(answers[sql]).split(": ", 1)[-1] != answer.text:
                self.fail(f"errors differ: {sql}", answers[sql], answer)
            answers[sql] = answer
        return answers

    def same_everywhere(self, what, sql):
        answers = [side.answer(sql) for side in self.sides]
        self.count[what] += 1
        if len({answer.text if isinstance(answer, Failure) else repr(answer) for answer in answers}) > 1:
            self.fail(sql, *answers)

    def check_snapshots(self, repo):
        """cg_snapshots, and with it every root; takes in when snapshots were created."""
        repository = self.store.repositories[repo]

        def expected(side):
            for id, created in side.database.rows(f"SELECT snapshot_id, {side.time('created_at')} FROM cg_snapshots({quoted(repo)})"):
                if id in repository.snapshots:
                    known = repository.snapshots[id].created_at.setdefault(side.name, created)
                    if known != created:
                        self.fail(f"{side.name}: {id} was created {known}, now {created}")
            if any(side.name not in snapshot.created_at for snapshot in repository.snapshots.values()):
                self.fail(f"{side.name}: a snapshot is missing", side.answer(f"SELECT snapshot_id FROM cg_snapshots({quoted(repo)})"))
            return [snapshot.row() for snapshot in repository.by_creation(side.name)]

        self.ask("cg_snapshots", lambda side: f"SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, root, revision, "
                 f"CAST(sealed AS int), {side.time('committed_at')}, CAST(attrs AS text) FROM cg_snapshots({quoted(repo)})", expected)

    def check_log(self, repo, id):
        """cg_log of a snapshot; takes in when its revisions were logged."""
        snapshot = self.store.repositories[repo].snapshots[id]
        arguments = f"{quoted(repo)}, {quoted(id)}"

        def expected(side):
            before = ""
            for revision, logged_at in side.database.rows(f"SELECT revision, {side.time('logged_at')} FROM cg_log({arguments})"):
                known = snapshot.logged_at.setdefault((side.name, int(revision)), logged_at)
                if known != logged_at or logged_at < before:
                    self.fail(f"{side.name}: {id}@{{{revision}}} was logged {known}, now {logged_at}, the one before {before}")
                before = logged_at
            return snapshot.log_rows()

        self.ask("cg_log", lambda side: f"SELECT snapshot_id, revision, operation, file_count, root_before, root_after "
                 f"FROM cg_log({arguments})", expected)

    def check_all_metadata(self):
        for repo, repository in self.store.repositories.items():
            self.check_snapshots(repo)
            for id in repository.snapshots:
                self.check_log(repo, id)

    # ---- writing

    def write(self, function, *arguments, analyses=None, times=True):
        sql, after = call(function, *arguments), self.store.copy()
        try:
            extra = () if analyses is None else (analyses,)
            result = getattr(after, function)(*arguments, *extra)
            expected = [(None if result is None else str(result),)]
        except Refused as refused:
            expected, after = refused, self.store

        def answer(_):
            if isinstance(expected, Refused):
                raise expected
            return expected

        self.recent.append(sql)
        self.ask(function, lambda _: sql, answer)
        self.store = after
        if not times or arguments[0] not in self.store.repositories:
            return
        self.check_snapshots(arguments[0])
        for id in {a for a in arguments[1:3] if a in self.store.repositories[arguments[0]].snapshots}:
            self.check_log(arguments[0], id)

    def new_id(self):
        self.made += 1
        return self.some(IDS) if self.often(0.15) else f"s{self.made}"

    def place(self):
        """A repository, a snapshot there, its content, and the paths."""
        repo = self.random.choices(["r", "w", "o"], [70, 15, 15])[0]
        if repo not in self.store.repositories:
            self.write("cg_save_repository", repo)
        snapshots = self.store.repositories[repo].snapshots
        if not snapshots or self.often(0.02):
            self.write("cg_create_snapshot", repo, self.new_id())
            snapshots = self.store.repositories[repo].snapshots
        id = self.some(sorted(snapshots))
        return repo, id, snapshots[id].state, WIDE_PATHS if repo == "w" else PATHS

    def write_something(self):
        repo, id, state, paths = self.place()
        kinds = {"chunks": 12, "dependencies": 16, "replace": 25, "incremental": 8, "soft_delete": 7, "restore": 9, "file_hash": 5,
                 "create": 8, "late_base": 1, "delete": 6, "ref": 6, "seal": 1, "rollback": 6, "repository": 1, "delete_repository": 0.3, "bad": 3}
        kind = self.random.choices(list(kinds), kinds.values())[0]
        if len(self.store.repositories[repo].snapshots) > 9 and self.often(0.3):
            kind = "delete"
        getattr(self, "write_" + kind)(repo, id, state, paths)

    def write_chunks(self, repo, id, state, paths):
        chunks = [self.contents.chunk(repo, self.some(paths)) for _ in range(self.random.randint(1, 3))]
        if self.often(0.3):  # a row that was read, saved again
            rows = [(p, i, c) for p, i, c in state.live()]
            if rows:
                path, chunk_id, chunk = self.some(rows)
                chunks[0] = {"file_path": path, "chunk_id": chunk_id, "content_hash": chunk["content_hash"],
                             "attrs": json.loads(chunk["attrs"]), **{f: chunk[f] for f in ("start_line", "end_line", "kind", "fqn", "name",
                             "language", "symbol_visibility", "content", "summary", "importance")}}
        if self.often(0.3):
            self.write("cg_save_chunk", repo, id, json.dumps(chunks[0]))
        else:
            self.write("cg_save_chunks", repo, id, json.dumps(chunks))

    def write_dependencies(self, repo, id, state, paths):
        names = names_of(state)
        made = [self.contents.dependency(names, names) for _ in range(self.random.randint(1, 3))]
        if self.often(0.3):
            self.write("cg_save_dependency", repo, id, json.dumps(made[0]))
        else:
            self.write("cg_save_dependencies", repo, id, json.dumps(made))

    def target(self, repo, id):
        if self.often(0.7):
            return id
        if self.often(0.7):
            return self.new_id()
        return self.some(sorted(self.store.repositories[repo].snapshots))

    def write_replace(self, repo, id, state, paths):
        chosen = [self.some(paths) for _ in range(self.random.randint(1, 4))]
        if self.often(0.95):  # a path twice is an error
            chosen = list(dict.fromkeys(chosen))
        if repo == "w" and len(state.files) < 60:
            chosen = WIDE_PATHS
        entries = [self.contents.entry(repo, state, path) for path in chosen]
        if repo == "w" and chosen is WIDE_PATHS:
            entries = [{"file_path": path, "chunks": [{"content": path, "fqn": f"w.f{i}"}],
                        "dependencies": [{"from_fqn": f"w.f{i}", "to_fqn": f"w.f{i // 2}"}]} for i, path in enumerate(WIDE_PATHS)]
        into = self.target(repo, id)
        if "chunks" in entries[0] and self.often(0.4):
            entry = entries[0]
            self.write("cg_replace_file", repo, id, into, entry["file_path"], json.dumps(entry["chunks"]),
                       json.dumps(entry.get("dependencies", [])), entry.get("file_hash"),
                       json.dumps(entry["attrs"]) if "attrs" in entry else None)
        else:
            self.write("cg_replace_files", repo, id, into, json.dumps(entries))

    def write_incremental(self, repo, id, state, paths):
        chosen, changed, analyses = self.random.sample(paths, self.random.randint(1, 5)), [], {}
        for path in chosen:
            entry = self.contents.entry(repo, state, path)
            analyses[path] = None if entry.pop("deleted", False) else entry
            entry.pop("file_path")
            given = self.some([None, "hash 1", "hash 2", state.file_hash(path)])
            changed.append(path if self.often(0.3) else {"file_path": path, **({"file_hash": given} if given else {})})
        for side in self.sides:
            side.analyze_by(analyses)
        self.write("cg_create_incremental_snapshot", repo, id, self.target(repo, id), json.dumps(changed), "oracle_analyzer",
                   analyses=analyses)

    def write_soft_delete(self, repo, id, state, paths):
        self.write("cg_soft_delete_file_chunks", repo, id, self.some(list(state.files) or paths) if self.often(0.9) else "none")

    def write_restore(self, repo, id, state, paths):
        deleted = [p for p, f in state.files.items() if f.deleted or any(c["deleted"] for c in f.chunks.values())]
        self.write("cg_restore_file_chunks", repo, id, self.some(deleted or paths))

    def write_file_hash(self, repo, id, state, paths):
        self.write("cg_update_file_metadata", repo, id, self.some(paths), self.some(["hash 1", "hash 3"]))

    def write_create(self, repo, id, state, paths):
        snapshots = self.store.repositories[repo].snapshots
        name = self.new_id() if self.often(0.6) else id
        base = self.some([None, None, *sorted(snapshots), "no such snapshot"] if self.often(0.3) else [None, *sorted(snapshots)])
        self.write("cg_create_snapshot", repo, name, self.some(COMMITS), self.some([None, *BRANCHES]), base,
                   self.some([None, None, *TIMES]), self.some([None, None, '{"author": "x"}', "{ }"]))

    def write_late_base(self, repo, id, state, paths):
        """A snapshot made from an empty one that gets its content later."""
        base, made = self.new_id(), self.new_id()
        self.write("cg_create_snapshot", repo, base)
        self.write("cg_create_snapshot", repo, made, None, None, base)
        self.write("cg_replace_files", repo, base, base, json.dumps([self.contents.entry(repo, state, self.some(paths))]))
        entry = self.contents.entry(repo, state, self.some(paths))
        self.write("cg_replace_files", repo, self.some([base, base, id]), made, json.dumps([entry]))

    def write_delete(self, repo, id, state, paths):
        self.write("cg_delete_snapshot", repo, id if self.often(0.95) else "no such snapshot")

    def write_ref(self, repo, id, state, paths):
        refs = self.store.repositories[repo].refs
        self.write("cg_set_ref", repo, self.some(sorted(refs) if refs and self.often(0.3) else REFS),
                   self.some([id, id, id, id, None, "no such snapshot"]))
        self.ask("cg_refs", *self.refs_question(repo))

    def write_seal(self, repo, id, state, paths):
        self.write("cg_seal_snapshot", repo, id)

    def write_rollback(self, repo, id, state, paths):
        self.write("cg_rollback", repo, id, self.random.randint(0, self.store.repositories[repo].snapshots[id].revision + 1))

    def write_repository(self, repo, id, state, paths):
        self.write("cg_save_repository", repo, self.some([None, "name"]), self.some([None, "url"]), self.some([None, "path"]),
                   self.some([None, "dev"]))

    def write_delete_repository(self, repo, id, state, paths):
        self.write("cg_delete_repository", self.some(["o", "no such repository"]))

    def write_bad(self, repo, id, state, paths):
        """Refused whatever the store holds; the snapshot is there and open."""
        if self.store.repositories[repo].snapshots[id].sealed:
            return
        save = lambda **fields: ("cg_save_chunk", repo, id, json.dumps({"file_path": "a.py", "content": "x", **fields}))
        arguments, code = self.some([
            (("cg_save_chunk", repo, id, None), TOO_FEW), (("cg_save_chunk", repo, id, "{"), MALFORMED),
            (save(content_hash="00"), INVALID), (save(importance=1.5), INVALID), (save(start_line=5, end_line=4), INVALID),
            (save(unknown_field=1), INVALID), (save(kind=""), INVALID), (save(fqn="x" * 1025), INVALID), (save(attrs=[1]), INVALID),
            (save(file_path="a/../b"), INVALID), (save(file_path=""), INVALID), (save(start_line=0), INVALID),
            (("cg_create_snapshot", repo, "x" * 201), INVALID), (("cg_create_snapshot", repo, "", None), INVALID),
            (("cg_create_snapshot", repo, id, None, None, id), INVALID), (("cg_create_snapshot", "nobody", id), UNKNOWN),
            (("cg_create_snapshot", repo, id, None, None, None, "yesterday"), INVALID), (("cg_rollback", repo, id, None), TOO_FEW),
            (("cg_set_ref", repo, "", id), INVALID), (("cg_set_ref", repo, "ä" * 101, id), INVALID), (("cg_set_ref", repo, "a~1", id), INVALID),
            (("cg_set_ref", repo, "a@{b", None), INVALID), (("cg_set_ref", repo, None, id), TOO_FEW), (("cg_set_ref", "nobody", "a", id), UNKNOWN),
            (("cg_set_ref", repo, "a", "main@{0}"), UNKNOWN), (("cg_rollback", repo, id, 999999), UNKNOWN), (("cg_rollback", repo, id, -1), UNKNOWN), (("cg_prune", repo, 0), INVALID),
            (("cg_prune", repo, None, "soon"), INVALID), (("cg_prune", "nobody", 1), UNKNOWN), (("cg_gc", "nobody"), UNKNOWN),
            (("cg_update_file_metadata", repo, id, "a.py", ""), INVALID), (("cg_seal_snapshot", repo, "main@{0}"), UNKNOWN),
            (("cg_replace_files", repo, id, id, '[{"file_path": "a.py"}]'), INVALID),
            (("cg_replace_files", repo, id, id, '[{"file_path": "a.py", "deleted": true, "chunks": []}]'), INVALID),
            (("cg_save_dependency", repo, id, '{"from_fqn": "a", "from_chunk_id": "a", "to_fqn": "b"}'), INVALID),
            (("cg_create_incremental_snapshot", repo, id, id, '["a.py"]', "no_such_function"), "42883"),
            (("cg_save_chunks", repo, id, '[{"file_path": "n1", "content": "", "chunk_id": "d"}, '
              '{"file_path": "n2", "content": "", "chunk_id": "d"}]'), TWICE)])

        def refused(_):
            raise Refused(code)

        sql = call(*arguments)
        self.recent.append(sql)
        self.ask("bad calls", lambda _: sql, refused)
        self.check_snapshots(repo)

    # ---- transactions

    def run(self, sql):
        self.recent.append(sql)
        for side in self.sides:
            side.database.rows(sql)

    def transact(self):
        if not self.saved:
            self.run("BEGIN")
            self.saved.append(self.store.copy())
            return
        ending = self.random.choices(["COMMIT", "ROLLBACK", "SAVEPOINT", "ROLLBACK TO", "RELEASE"], [2, 2, 3, 2, 1])[0]
        if ending in ("ROLLBACK TO", "RELEASE") and len(self.saved) == 1:
            ending = "SAVEPOINT"
        if ending == "SAVEPOINT":
            self.run(f"SAVEPOINT p{len(self.saved)}")
            self.saved.append(self.store.copy())
            return
        if ending in ("COMMIT", "ROLLBACK"):
            self.run(ending)
            if ending == "ROLLBACK":
                self.store = self.saved[0]
            self.saved = []
        else:
            place = self.random.randrange(1, len(self.saved))
            self.run(f"{ending} p{place}" if ending == "RELEASE" else f"ROLLBACK TO p{place}")
            if ending == "ROLLBACK TO":
                self.store = self.saved[place].copy()
                del self.saved[place + 1:]
            else:
                del self.saved[place:]
        if ending != "COMMIT" and ending != "RELEASE":
            self.check_all_metadata()
        self.count[ending] += 1

    # ---- reading

    def moment(self, repo):
        """A snapshot argument for each database, by a function of the side; it means a like moment in both."""
        id = self.some(sorted(self.store.repositories[repo].snapshots))
        snapshot = self.store.repositories[repo].snapshots[id]
        kind = self.random.random()
        branches = [s.branch for s in self.store.repositories[repo].snapshots.values() if s.branch] or [id]
        name = (self.some(BRANCHES) if kind < 0.05 else self.some(branches) if kind < 0.3 else
                self.some(NAMES + sorted(self.store.repositories[repo].refs)) if kind < 0.5 else id)
        if self.often(0.2):
            name += self.some(["~", "~0", "~1", "~2", "~02", "~3", "~12", "~999999999999", "~99999999999999999999", "~~", "~1~1", "~x"])
        if kind > 0.97:
            return lambda side: "nothing@{0}" if kind > 0.985 else f"{id}@{{x}}"
        form = self.random.random()
        if form < 0.4:
            return lambda side: name
        if form < 0.7:
            number = self.random.randint(0, snapshot.revision + (1 if self.often(0.1) else 0))
            steps = self.some(["~", "~1"]) if self.often(0.03) else ""  # braces come last
            return lambda side: f"{name}@{{{number}}}{steps}"
        if self.often(0.1):
            time = self.some(["2000-01-01T00:00:00Z", "2016-02-01T00:00:00.000Z", "2018-01-01T00:00:00.000Z", "2999-02-01T00:00:00.000Z"])
            return lambda side: f"{name}@{{{time}}}"
        number, shift = self.some(sorted(snapshot.revisions)), self.some(["exact", "after", "between", "before"])
        offset = self.often(0.3)

        def argument(side):
            time = snapshot.logged_at[side.name, number]
            following = snapshot.logged_at.get((side.name, number + 1), time)
            time = iso(time, {"exact": 0, "after": 1, "before": -1, "between": milliseconds_between(time, following) // 2}[shift])
            return f"{name}@{{{time.replace('Z', '+00:00') if offset else time}}}"
        return argument

    def refs_question(self, repo):
        return (lambda side: f"SELECT ref, snapshot_id FROM cg_refs({quoted(repo)})",
                lambda side: sorted(self.store.repositories[repo].refs.items(), key=lambda ref: ref[0].encode()))

    def read_something(self):
        repo = self.place()[0]
        argument, second = self.moment(repo), self.moment(repo)
        repository = self.store.repositories[repo]
        find = lambda side: repository.find(argument(side), side.name)
        at = lambda side: f"{quoted(repo)}, {quoted(argument(side))}"
        try:
            state = find(self.sides[0])
        except Refused:
            state = next(iter(repository.snapshots.values())).state
        ids, fqns = names_of(state)
        chunk = self.some((ids + fqns) * 3 + FQNS + ["outside.x", "nobody", "id one"])
        path, kind, fqn = self.some(list(state.files) + ["a.py", "nowhere"]), self.some(["function", "unknown", "x"]), self.some(FQNS)
        deleted = self.often(0.5)
        manifest = {self.some(list(state.files) + PATHS): self.some(HASHES) for _ in range(4)}
        manifest.update({p: f.file_hash for p, f in state.files.items() if self.often(0.5)})
        limits = (self.some([None, None, 0, 1, 2]),) + self.some(FILTERS)
        options = "".join(", " + quoted(value) for value in limits)
        other = self.some(fqns + ids + ["outside.x", "nobody"])
        branch = self.some([None, None, *BRANCHES, "no such branch"])
        pair = lambda side: f"{at(side)}, {quoted(second(side))}"
        both = lambda side: (find(side), repository.find(second(side), side.name))
        brute = lambda side: Brute(find(side).chunks(), find(side).dependency_rows())

        def known(answer):
            if answer is None:
                raise Refused(UNKNOWN)
            return as_text(answer)

        def importance(side):
            graph = brute(side)
            return lambda answer: Run.wrong_importance(graph, graph.importance(limits[1]), answer)

        def found_dependencies(side, to):
            state = find(side)
            if to:
                return state.dependency_rows(to=state.symbol(chunk))
            return state.dependency_rows(sources={i for _, i, _ in state.chosen(chunk)})

        def by_fqn(side, repos):
            return [(r, s.id) + s.state.row(*found) for r in repos for s in self.store.repositories[r].by_creation(side.name)
                    for found in s.state.live() if found[2]["fqn"] == fqn]

        repos = sorted(self.store.repositories)
        query, most, whole = self.some(["x", "DEF F", "pass\n", "\u20ac", "%", "Ab", "w1/", "a\nb"]), self.some([50, 3, 0]), self.often(0.5)

        def found_contents(side):
            if deleted and whole:
                snapshots = [(repo, *self.store.repositories[repo].find_snapshot(argument(side), side.name))]
            else:
                snapshots = [(r, s.id, s.state) for r in ([repo] if deleted else repos)
                             for s in [self.store.repositories[r].default_snapshot(side.name)] if s]
            lower = lambda text: "".join(c.lower() if c.isascii() else c for c in text)
            rows = [(-found[2]["importance"], (r, id) + state.row(*found)) for r, id, state in snapshots
                    for found in state.live() if lower(query) in lower(found[2]["content"])]
            return [row for _, row in sorted(rows, key=lambda row: row[0])][:most]

        optional = lambda value: [(value,)]
        similarity = self.some([0.6, 0.6, None, 0.3, 1])
        questions = {
            "cg_chunks": (lambda s: f"SELECT {CHUNK} FROM cg_chunks({at(s)}{', true' if deleted else ''})",
                          lambda s: find(s).chunks(deleted)),
            "cg_chunk": (lambda s: f"SELECT {CHUNK} FROM cg_chunk({at(s)}, {quoted(chunk)})",
                         lambda s: [find(s).row(*found) for found in find(s).chosen(chunk)]),
            "cg_file_chunks": (lambda s: f"SELECT {CHUNK} FROM cg_file_chunks({at(s)}, {quoted(path)})",
                               lambda s: [row for row in find(s).chunks() if row[1] == path]),
            "cg_chunks_by_kind": (lambda s: f"SELECT {CHUNK} FROM cg_chunks_by_kind({at(s)}, {quoted(kind)})",
                                  lambda s: [row for row in find(s).chunks() if row[4] == kind]),
            "cg_chunks_by_fqn": (lambda s: f"SELECT repo_id, snapshot_id, {CHUNK} FROM cg_chunks_by_fqn({quoted(fqn)}"
                                 + (f", {quoted(repo)})" if deleted else ")"), lambda s: by_fqn(s, [repo] if deleted else repos)),
            "cg_files": (lambda s: f"SELECT {FILE} FROM cg_files({at(s)})", lambda s: find(s).file_rows()),
            "cg_changed_files": (lambda s: f"SELECT * FROM cg_changed_files({at(s)}, {quoted(json.dumps(manifest))})",
                                 lambda s: find(s).changed_files(manifest)),
            "cg_file_hash": (lambda s: f"SELECT cg_file_hash({at(s)}, {quoted(path)})", lambda s: optional(find(s).file_hash(path))),
            "cg_count_chunks": (lambda s: f"SELECT cg_count_chunks({at(s)})", lambda s: optional(str(len(find(s).live())))),
            "cg_snapshot_root": (lambda s: f"SELECT cg_snapshot_root({at(s)})", lambda s: optional(find(s).root())),
            "cg_dependencies": (lambda s: f"SELECT {DEPENDENCY} FROM cg_dependencies({at(s)})", lambda s: find(s).dependency_rows()),
            "cg_dependencies_from": (lambda s: f"SELECT {DEPENDENCY} FROM cg_dependencies_from({at(s)}, {quoted(chunk)})",
                                     lambda s: found_dependencies(s, False)),
            "cg_dependencies_to": (lambda s: f"SELECT {DEPENDENCY} FROM cg_dependencies_to({at(s)}, {quoted(chunk)})",
                                   lambda s: found_dependencies(s, True)),
            "cg_compare_commits": (lambda s: f"SELECT * FROM cg_compare_commits({pair(s)}, {quoted(similarity)})",
                                   lambda s: compare_commits(*both(s), similarity)),
            "cg_compare_dependencies": (lambda s: f"SELECT * FROM cg_compare_dependencies({pair(s)})",
                                        lambda s: compare_dependencies(*both(s))),
            "cg_compare_files": (lambda s: f"SELECT * FROM cg_compare_files({pair(s)})", lambda s: compare_files(*both(s))),
            "cg_impact": (lambda s: f"SELECT {REACHED} FROM cg_impact({pair(s)}{options})", lambda s: as_text(Brute(
                both(s)[1].chunks(), both(s)[1].dependency_rows()).impact(
                    Brute(both(s)[0].chunks(), both(s)[0].dependency_rows()), compare_commits(*both(s)), *limits))),
            "cg_dependency_path": (lambda s: f"SELECT step, chunk_id, fqn, relationship, CAST(is_external AS int) FROM "
                                   f"cg_dependency_path({at(s)}, {quoted(chunk)}, {quoted(other)}, {quoted(limits[1])})",
                                   lambda s: known(brute(s).path(chunk, other, limits[1]))),
            "cg_cycles": (lambda s: f"SELECT * FROM cg_cycles({at(s)}, {quoted(limits[1])})", lambda s: brute(s).cycles(limits[1])),
            "cg_unreferenced": (lambda s: f"SELECT {CHUNK} FROM cg_unreferenced({at(s)}, {quoted(limits[1])})",
                                lambda s: brute(s).unreferenced(limits[1])),
            "cg_importance": (lambda s: f"SELECT * FROM cg_importance({at(s)}, {quoted(limits[1])})", importance),
            "cg_chunk_history": (lambda s: f"SELECT snapshot_id, commit_hash, {s.time('committed_at')}, change, chunk_id, content_hash, "
                                 f"file_path FROM cg_chunk_history({quoted(repo)}, {quoted(chunk)}, {quoted(branch)})",
                                 lambda s: repository.chunk_history(chunk, branch, s.name)),
            "cg_log": (lambda s: f"SELECT snapshot_id, revision, operation, file_count, root_before, root_after FROM cg_log({quoted(repo)})",
                       lambda s: [row for snapshot in repository.by_creation(s.name) for row in snapshot.log_rows()]),
            "cg_search_content": (lambda s: f"SELECT repo_id, snapshot_id, {CHUNK} FROM cg_search_content({quoted(query)}, {most}"
                                  + (")" if not deleted else f", {at(s)})" if whole else f", {quoted(repo)})"),
                                  lambda s: found_contents(s)),
            "cg_refs": self.refs_question(repo),
            "cg_repositories": (lambda s: "SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories()",
                                lambda s: [(r, x.name, x.remote_url, x.local_path, x.default_branch)
                                           for r, x in sorted(self.store.repositories.items())]),
        }
        for direction, against in ("dependencies", False), ("dependents", True):
            arguments = lambda s: f"{at(s)}, {quoted(chunk)}{options}"
            questions["cg_transitive_" + direction] = (
                lambda s, d=direction: f"SELECT {REACHED} FROM cg_transitive_{d}({arguments(s)})",
                lambda s, a=against: known(brute(s).traversal(chunk, a, *limits)))
            questions["cg_count_" + direction] = (
                lambda s, d=direction: f"SELECT cg_count_{d}({arguments(s)})",
                lambda s, a=against: known(brute(s).count(chunk, a, *limits)))
        what = self.some([*questions, "cg_compare_commits"])
        self.ask(what, *questions[what])
        if self.often(0.05) and self.same_moment(find, argument):
            for drawing in "cg_graph_dot", "cg_graph_mermaid":
                self.same_everywhere(drawing, f"SELECT {drawing}({at(self.sides[0])}, {quoted(chunk)})")

    def same_moment(self, find, argument):
        """Do both databases name one revision in the same words? A time names others where the clocks were read at other times."""
        if len({argument(side) for side in self.sides}) > 1:
            return False
        if "@{20" not in argument(self.sides[0]):
            return True
        try:
            return find(self.sides[0]) is find(self.sides[-1])
        except Refused:
            return False

    # ---- retention

    def prune(self):
        repo = self.place()[0]
        repository = self.store.repositories[repo]
        keep = self.some([None, 1, 2, 3, 10])
        logged = {side.name: "2999-06-01T00:00:00.000Z" for side in self.sides}
        if keep is not None and self.often(0.5):
            logged = {side.name: None for side in self.sides}
        elif self.often(0.8):
            snapshot = repository.snapshots[self.some(sorted(repository.snapshots))]
            number = self.some(sorted(snapshot.revisions))
            logged = {side.name: snapshot.logged_at[side.name, number] for side in self.sides}
        forgotten = [self.store.prune(repo, keep, logged[side.name], side.name) for side in self.sides]
        if forgotten[0] != forgotten[-1]:  # revisions of one millisecond in one database only
            keep, logged = 2, {side.name: None for side in self.sides}
            forgotten = [self.store.prune(repo, keep, None, None)]
        self.ask("cg_prune", lambda side: call("cg_prune", repo, keep, logged[side.name]),
                 lambda side: [(compact({"revisions": len(forgotten[0])}),)])
        self.recent.append(f"cg_prune({repo}, {keep}, {logged})")
        self.store.forget(repo, forgotten[0])

    def tables(self, side, repo):
        of = f"FROM codegraph_{{}} t JOIN codegraph_repositories r ON r.repo_key = t.repo_key WHERE r.repo_id = {quoted(repo)}"
        rows = lambda columns, table: side.database.rows(f"SELECT {columns} {of.format(table)}")
        kept = lambda columns, table: [row[0] for row in rows(columns, table)]
        return {"files": kept(side.hex("digest"), "files"), "tree_nodes": kept(side.hex("hash"), "tree_nodes"),
                "contents": kept(side.hex("hash"), "contents"), "symbols": kept("t.name", "symbols"),
                "definitions": side.database.rows(
                    "SELECT s.name, CAST(t.as_id AS int), t.path " + of.format("definitions").replace(
                        "WHERE", "JOIN codegraph_symbols s ON s.repo_key = t.repo_key AND s.symbol_key = t.symbol_key WHERE"))}

    def stats(self, side, repo):
        return side.database.rows(f"SELECT repositories, snapshots, file_versions, chunks, dependencies, contents FROM cg_stats({quoted(repo)})")[0]

    def collect(self):
        """Frees what nothing reaches; then the tables hold what the model says, and every kept revision answers."""
        repo = self.place()[0]
        all_repositories = self.often(0.2)
        repos = sorted(self.store.repositories) if all_repositories else [repo]
        before = {side.name: {r: (self.stats(side, r), self.tables(side, r)) for r in repos} for side in self.sides}
        stored = {r: Stored(self.store.repositories[r]) for r in repos}

        def freed(side):
            total = collections.Counter()
            for r in repos:
                stats, tables = before[side.name][r]
                total["file_versions"] += len(tables["files"]) - len(stored[r].files)
                total["chunks"] += int(stats[3]) - stored[r].chunks
                for table in "contents", "symbols", "tree_nodes":
                    total[table] += len(tables[table]) - len(getattr(stored[r], table))
            return [(compact({key: total[key] for key in ("file_versions", "chunks", "contents", "symbols", "tree_nodes")}),)]

        self.recent.append(f"cg_gc({None if all_repositories else repo})")
        self.ask("cg_gc", lambda _: "SELECT cg_gc()" if all_repositories else call("cg_gc", repo), freed)
        self.ask("cg_verify", lambda _: "SELECT * FROM cg_verify()", lambda _: [])
        for r in repos:
            self.check_stored(r, stored[r])
            self.check_kept(r)

    def check_stored(self, repo, stored):
        for side in self.sides:
            snapshots = len(self.store.repositories[repo].snapshots)
            expected = ("1", *map(str, (snapshots, len(stored.files), stored.chunks, stored.dependencies, len(stored.contents))))
            if self.stats(side, repo) != expected:
                self.fail(f"{side.name}: cg_stats({repo})", self.stats(side, repo), expected)
            for table, rows in self.tables(side, repo).items():
                self.count["tables"] += 1
                if len(rows) != len(set(rows)) or set(rows) != getattr(stored, table):
                    self.fail(f"{side.name}: {table} of {repo}", f"too much: {sorted(set(rows) - getattr(stored, table))}",
                              f"missing: {sorted(getattr(stored, table) - set(rows))}")

    def check_kept(self, repo):
        """The rows of every kept revision, and of each snapshot that the one before the oldest kept is unknown."""
        asked, snapshots = set(), self.store.repositories[repo].snapshots
        for id, snapshot in snapshots.items():
            for number, revision in snapshot.revisions.items():
                words = f"{id}@{{{number}}}"
                if words in snapshots:  # they name that one
                    continue
                at = f"{quoted(repo)}, {quoted(words)}"
                self.ask("kept revisions", lambda _: f"SELECT cg_snapshot_root({at})", lambda _: [(revision.root_after,)])
                if revision.root_after in asked:
                    continue
                asked.add(revision.root_after)
                self.ask("kept revisions", lambda _: f"SELECT {CHUNK} FROM cg_chunks({at}, true)", lambda _: revision.state.chunks(True))
                self.ask("kept revisions", lambda _: f"SELECT {DEPENDENCY} FROM cg_dependencies({at})",
                         lambda _: revision.state.dependency_rows())
            oldest = min(snapshot.revisions)
            if oldest > 0 and f"{id}@{{{oldest - 1}}}" not in snapshots:
                def forgotten(_):
                    raise Refused(UNKNOWN)
                self.ask("forgotten revisions", lambda _: f"SELECT cg_snapshot_root({quoted(repo)}, {quoted(f'{id}@{{{oldest - 1}}}')})",
                         forgotten)

    def play(self, steps):
        for side in self.sides:
            side.found_analyzer()
        for self.step in range(steps):
            if self.often(0.25 if self.saved else 0.04):
                self.transact()
            self.write_something()
            for _ in range(3):
                self.read_something()
            if self.often(0.03):
                self.prune()
            if self.often(0.02):
                self.collect()
        if self.saved:
            self.run("COMMIT")
            self.saved = []
        self.check_all_metadata()
        self.collect()


def beside_a_reader(postgres):
    """In PostgreSQL: what removes is refused in a transaction that sees the past, and leaves one that does what it sees."""
    problems, chunks = [], f"SELECT {CHUNK} FROM cg_chunks('p', 's@{{1}}')"
    graph = f"SELECT {REACHED} FROM cg_transitive_dependencies('p', 's@{{1}}', 'a')"
    for function, *arguments in [
            ("cg_save_repository", "p"), ("cg_create_snapshot", "p", "s"),
            ("cg_replace_file", "p", "s", "s", "a.c", '[{"fqn": "a", "content": "old"}]', '[{"from_fqn": "a", "to_fqn": "b"}]'),
            ("cg_replace_file", "p", "s", "s", "a.c", '[{"fqn": "a", "content": "new"}]')]:
        postgres.rows(call(function, *arguments))
    reader = PostgresConnection(postgres.database)
    for level in "REPEATABLE READ", "SERIALIZABLE":
        for removal in "cg_gc()", "cg_prune('p', 1)", "cg_delete_repository('p')":
            reader.rows(f"BEGIN ISOLATION LEVEL {level}")
            answer = Side(reader).answer(f"SELECT {removal}")
            if not isinstance(answer, Failure) or answer.code != "25001":
                problems.append((level, removal, answer))
            reader.rows("ROLLBACK")
    reader.rows("BEGIN ISOLATION LEVEL REPEATABLE READ")
    seen = reader.rows(chunks)
    removed = postgres.rows("SELECT cg_prune('p', 1)") + postgres.rows("SELECT cg_gc('p')")
    if removed != [('{"revisions":2}',), ('{"file_versions":1,"chunks":1,"contents":1,"symbols":2,"tree_nodes":1}',)]:
        problems.append(removed)
    if len(seen) != 1 or reader.rows(chunks) != seen or len(reader.rows(graph)) != 1:
        problems.append(("another transaction's snapshot", seen, reader.rows(chunks), reader.rows(graph)))
    reader.rows("COMMIT")
    for sql in chunks, graph:
        answer = Side(reader).answer(sql)
        if not isinstance(answer, Failure) or answer.code != UNKNOWN:
            problems.append((sql, answer))
    reader.close()
    postgres.rows(call("cg_delete_repository", "p"))
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--only-sqlite", action="store_true", help="no PostgreSQL: for looking into a failure")
    arguments = parse_arguments(parser)
    sides = [Side(Sqlite(arguments.sqlite))]
    if not arguments.only_sqlite:
        sides.append(Side(Postgres("codegraph_store_oracle")))
        sides[-1].database.go_on_after_errors()
    oracle, problems, report = Oracle(arguments.seed, sides), [], Report()
    try:
        oracle.play(arguments.steps)
    except Problem as problem:
        problems = [problem]
    report.check(f"{arguments.steps} steps of seed {arguments.seed}: both databases are what the model says", problems)
    if not arguments.only_sqlite and not problems:
        report.check("PostgreSQL: removing beside a transaction that sees the past", beside_a_reader(sides[1].database))
    print("asked:", dict(sorted(oracle.count.items())))
    print("refused:", dict(oracle.refused))
    for side in sides:
        side.database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
