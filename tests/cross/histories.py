#!/usr/bin/python3
"""The same random calls in SQLite and PostgreSQL: the same results and errors, roots, and rows of every reader; in SQLite
also what a slow model of the store says. And the same root for the same content, in two repositories, in both
databases, in any order of insertion.

usage: histories.py [MODULE [SEED...]]      PostgreSQL is the server that the PG* variables name
"""

import json
import pathlib
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, Report, Sqlite, call, default_module, quoted
from store_model import Snapshot, with_ids

STEPS, SEEDS = 150, (1, 2, 3)
PATHS = ["a.py", "b.py", "src/a.py", "src/b.py", "src/a:b.py", "src/ä.py", "src-x/c.py", "z"]
FQNS = ["a.f", "a.g", "b.f", "b.C", "b.C.m", "ext::h", "ä.ö"]
CONTENTS = ["", "x", "x\n", "def f():\n    pass\n", "a\nb\nc", "ä€😀"]
RELATIONSHIPS = ["CALLS", "IMPORTS", "EXTENDS"]
CHUNK = ("chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash, "
         "summary, importance, CAST(is_deleted AS int), CAST(attrs AS text)")
DEPENDENCY = "from_chunk_id, from_fqn, to_chunk_id, to_fqn, relationship, confidence, CAST(is_external AS int)"
REACHED = ("depth, chunk_id, fqn, kind, file_path, start_line, end_line, via, relationship, CAST(is_external AS int)")


class History:
    """Makes random calls; knows the snapshots and what is in them by the model."""

    def __init__(self, seed, repo):
        self.random, self.repo, self.snapshots, self.made = random.Random(seed), repo, {}, 0

    def some(self, choices):
        return self.random.choice(choices)

    def often(self, chance):
        return self.random.random() < chance

    def chunk(self, path=None):
        chunk = {"content": self.some(CONTENTS)}
        if path:
            chunk["file_path"] = path
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
            chunk["chunk_id"] = self.some(["id one", "id two", "id:three:1-2", f"{self.repo}:a.py:f:1-1#2"])
        if self.often(0.2):
            chunk["importance"] = self.some([0, 0.1, 1, 1e-05])
        if self.often(0.2):
            chunk["attrs"] = {"x": [1, {"y": None}]}
        return chunk

    def names(self, snapshot, path=None):
        live = [(i, c) for p, i, c in snapshot.live() if path in (None, p)]
        return [i for i, _ in live], [c["fqn"] for _, c in live if c["fqn"]]

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
            made["to_fqn"] = self.some(FQNS + ["outside.x", "outside.y"])
        if self.often(0.4):
            made["relationship"] = self.some(RELATIONSHIPS)
        if self.often(0.4):
            made["confidence"] = self.some([0, 0.25, 1, 1e-05])
        return made

    def entry(self, base):
        path = self.some(PATHS)
        if self.often(0.15):
            return {"file_path": path, "deleted": True}
        entry = {"file_path": path, "chunks": [self.chunk() for _ in range(self.random.randint(0, 4))]}
        own = with_ids(self.repo, path, entry["chunks"])
        sources = ([i for i, _ in own], [c["fqn"] for _, c in own if c["fqn"]])
        if own and self.often(0.7):
            entry["dependencies"] = [self.dependency(sources, self.names(base))
                                     for _ in range(self.random.randint(1, 3))]
        if self.often(0.3):
            entry["file_hash"] = self.some(["hash 1", "hash 2"])
        return entry

    def entries(self, base):
        entries = [self.entry(base) for _ in range(self.random.randint(1, 4))]
        if self.often(0.9):  # a path twice is an error
            entries = list({entry["file_path"]: entry for entry in entries}.values())
        return entries

    def next_call(self):
        """The SQL of a call, and what it does to the model when it succeeds."""
        if not self.snapshots or self.often(0.08):
            return self.create_snapshot()
        name = self.some(sorted(self.snapshots))
        snapshot = self.snapshots[name]
        kind = self.some(["chunks"] * 3 + ["dependencies"] * 4 + ["replace"] * 5 + ["delete", "restore", "restore", "hash", "drop"])
        return getattr(self, kind)(name, snapshot)

    def new_name(self):
        self.made += 1
        return f"s{self.made}"

    def create_snapshot(self):
        name, base = self.new_name(), self.some([None, *sorted(self.snapshots)])
        def apply():
            self.snapshots[name] = self.snapshots[base].copy() if base else Snapshot(self.repo)
        return call("cg_create_snapshot", self.repo, name, None, self.some([None, "main"]), base), apply

    def chunks(self, name, snapshot):
        chunks = [self.chunk(self.some(PATHS)) for _ in range(self.random.randint(1, 3))]
        if self.often(0.3):
            return call("cg_save_chunk", self.repo, name, json.dumps(chunks[0])), lambda: snapshot.save_chunks(chunks[:1])
        return call("cg_save_chunks", self.repo, name, json.dumps(chunks)), lambda: snapshot.save_chunks(chunks)

    def dependencies(self, name, snapshot):
        names = self.names(snapshot)
        made = [self.dependency(names, names) for _ in range(self.random.randint(1, 3))]
        if self.often(0.3):
            return (call("cg_save_dependency", self.repo, name, json.dumps(made[0])),
                    lambda: snapshot.save_dependencies(made[:1]))
        return call("cg_save_dependencies", self.repo, name, json.dumps(made)), lambda: snapshot.save_dependencies(made)

    def replace(self, name, snapshot):
        into = self.new_name() if self.often(0.15) else name
        entries = self.entries(snapshot)
        def apply():
            target = self.snapshots[into] = snapshot.copy() if into != name else snapshot
            target.replace_files(entries)
        if "chunks" in entries[0] and self.often(0.4):
            del entries[1:]
            entry = entries[0]
            return call("cg_replace_file", self.repo, name, into, entry["file_path"], json.dumps(entry["chunks"]),
                        json.dumps(entry.get("dependencies", [])), entry.get("file_hash")), apply
        return call("cg_replace_files", self.repo, name, into, json.dumps(entries)), apply

    def delete(self, name, snapshot):
        path = self.some(PATHS)
        return call("cg_soft_delete_file_chunks", self.repo, name, path), lambda: snapshot.soft_delete(path)

    def restore(self, name, snapshot):
        deleted = [p for p, f in snapshot.files.items() if any(c["deleted"] for c in f.chunks.values())]
        path = self.some(deleted or PATHS)
        return call("cg_restore_file_chunks", self.repo, name, path), lambda: snapshot.restore(path)

    def hash(self, name, snapshot):
        path, file_hash = self.some(PATHS), self.some(["hash 1", "hash 3"])
        return (call("cg_update_file_metadata", self.repo, name, path, file_hash),
                lambda: snapshot.update_file_metadata(path, file_hash))

    def drop(self, name, snapshot):
        if len(self.snapshots) < 4:
            return self.chunks(name, snapshot)
        return call("cg_delete_snapshot", self.repo, name), lambda: self.snapshots.pop(name)


def outcome(database, sql):
    """The rows, or the text of the error: the same in both databases."""
    try:
        return database.rows(sql)
    except Failure as failure:
        return failure.text


def differing(sqlite, postgres, sqls):
    """What the databases answer differently."""
    problems = []
    for sql in sqls:
        answers = outcome(sqlite, sql), outcome(postgres, sql)
        if answers[0] != answers[1]:
            problems.append(f"{sql}\n      sqlite   {answers[0]}\n      postgres {answers[1]}")
    return problems


def readers(history):
    """Calls of every reader, with arguments of which most are there."""
    repo, names = history.repo, sorted(history.snapshots)
    calls = [f"SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, root, revision, CAST(attrs AS text) "
             f"FROM cg_snapshots({quoted(repo)}) ORDER BY snapshot_id"]
    for name in names:
        at = f"{quoted(repo)}, {quoted(name)}"
        calls += [f"SELECT cg_snapshot_root({at})", f"SELECT {CHUNK} FROM cg_chunks({at})",
                  f"SELECT {DEPENDENCY} FROM cg_dependencies({at})", f"SELECT cg_count_chunks({at})",
                  f"SELECT file_path, file_hash, language, chunks, dependencies, CAST(attrs AS text) FROM cg_files({at})"]
    for _ in range(6):
        name, path = history.some(names), history.some(PATHS)
        at = f"{quoted(repo)}, {quoted(name)}"
        ids, fqns = history.names(history.snapshots[name])
        chunk = quoted(history.some((ids + fqns) * 3 + FQNS + ["outside.x", "nobody"]))
        manifest = quoted(json.dumps({history.some(PATHS): history.some(["hash 1", "hash 2", None]) for _ in range(4)}))
        pair = f"{at}, {quoted(history.some(names))}"
        options = history.some(["", ", 1", ", 2", ", NULL, 'CALLS,IMPORTS'", ", 3, 'CALLS', 0.2", ", NULL, NULL, 0.5"])
        calls += [f"SELECT {CHUNK} FROM cg_chunk({at}, {chunk})", f"SELECT {CHUNK} FROM cg_file_chunks({at}, {quoted(path)})",
                  f"SELECT {CHUNK} FROM cg_chunks_by_kind({at}, {quoted(history.some(['function', 'unknown']))})",
                  f"SELECT snapshot_id, {CHUNK} FROM cg_chunks_by_fqn({quoted(history.some(FQNS))}, {quoted(repo)})",
                  f"SELECT cg_file_hash({at}, {quoted(path)})", f"SELECT * FROM cg_changed_files({at}, {manifest})",
                  f"SELECT {DEPENDENCY} FROM cg_dependencies_from({at}, {chunk})",
                  f"SELECT {DEPENDENCY} FROM cg_dependencies_to({at}, {chunk})",
                  f"SELECT {REACHED} FROM cg_transitive_dependencies({at}, {chunk}{options})",
                  f"SELECT {REACHED} FROM cg_transitive_dependents({at}, {chunk}{options})",
                  f"SELECT * FROM cg_compare_commits({pair})", f"SELECT * FROM cg_compare_files({pair})"]
    return calls


def against_the_model(sqlite, history, name):
    snapshot, at = history.snapshots[name], f"{quoted(history.repo)}, {quoted(name)}"
    pairs = {
        "chunks": (sqlite.rows(f"SELECT chunk_id, file_path, start_line, end_line, kind, fqn, name, content_hash "
                               f"FROM cg_chunks({at})"), snapshot.chunk_rows()),
        "files": (sqlite.rows(f"SELECT file_path, file_hash, chunks FROM cg_files({at})"), snapshot.file_rows()),
        "dependencies": (sorted(sqlite.rows(f"SELECT {DEPENDENCY} FROM cg_dependencies({at})"), key=repr),
                         snapshot.dependency_rows())}
    return [f"{what} of {name}:\n      the store {is_}\n      the model {should_be}"
            for what, (is_, should_be) in pairs.items() if is_ != should_be]


def play(sqlite, postgres, seed, report):
    history = History(seed, f"r{seed}")
    both, model, failed_calls = [], [], 0
    for database in (sqlite, postgres):
        database.rows(call("cg_save_repository", history.repo))
    for step in range(STEPS):
        sql, apply = history.next_call()
        place = f"step {step}: {sql}"
        results = outcome(sqlite, sql), outcome(postgres, sql)
        if results[0] != results[1]:
            both.append(f"{place}\n      sqlite   {results[0]}\n      postgres {results[1]}")
        if isinstance(results[0], str):
            failed_calls += 1
        else:
            apply()
        for name in history.snapshots:
            model += [f"{place}\n      {problem}" for problem in against_the_model(sqlite, history, name)]
        if history.snapshots and (step % 25 == 24 or step == STEPS - 1):
            both += [f"after {place}\n      {problem}" for problem in differing(sqlite, postgres, readers(history))]
        if both or model:
            break  # what follows would only repeat it
    report.check(f"seed {seed}: both databases agree on {STEPS} calls, {failed_calls} of them refused, and on every reader", both)
    report.check(f"seed {seed}: SQLite is what the model says after each step", model)
    report.check(f"seed {seed}: most calls succeed, some are refused", [] if 0 < failed_calls < STEPS / 2 else [failed_calls])
    report.check(f"seed {seed}: cg_verify finds nothing", [
        (database.name, row) for database in (sqlite, postgres) for row in database.rows("SELECT * FROM cg_verify()")])
    return history


# ---- the same content by other ways

def final_content(seed):
    """Files whose chunk ids depend on no order."""
    chooser = random.Random(seed)
    fqns = [f"m{i}.f{k}" for i in range(40) for k in range(3)]
    return [{"file_path": f"src/p{i % 5}/m{i}.py", "file_hash": f"hash {i}",
             "chunks": [{"fqn": f"m{i}.f{k}", "content": f"body {chooser.randint(0, 30)}", "start_line": 1 + 5 * k} for k in range(3)],
             "dependencies": [{"from_fqn": f"m{i}.f{k}", "to_fqn": chooser.choice(fqns + ["outside.x"]), "confidence": 0.5}
                              for k in range(3)]} for i in range(40)]


def ways_to_build(files, repo, chooser):
    """Each a name and the calls that make the snapshot `end`."""
    shuffled = lambda items: chooser.sample(items, len(items))
    turned = lambda file: {**file, "chunks": shuffled(file["chunks"]), "dependencies": shuffled(file["dependencies"])}
    replace = lambda base, new, some: call("cg_replace_files", repo, base, new, json.dumps(some))
    empty = lambda name: call("cg_create_snapshot", repo, name)
    yield "at once", [empty("end"), replace("end", "end", files)]
    yield "shuffled", [empty("end"), replace("end", "end", [turned(file) for file in shuffled(files)])]
    yield "file by file", [empty("end")] + [
        call("cg_replace_file", repo, "end", "end", file["file_path"], json.dumps(file["chunks"]),
             json.dumps(file["dependencies"]), file["file_hash"]) for file in map(turned, shuffled(files))]
    steps, chain = shuffled(files), [empty("w0")]
    for i in range(0, 40, 8):
        chain.append(replace(f"w{i // 8}", f"w{i // 8 + 1}", steps[i:i + 8]))
    yield "as a chain of snapshots", chain + [call("cg_create_snapshot", repo, "end", None, None, "w5")]
    chunks = [{"file_path": file["file_path"], **chunk} for file in files for chunk in file["chunks"]]
    edges = [edge for file in files for edge in file["dependencies"]]
    yield "chunk by chunk", [
        empty("end"), *(call("cg_save_chunks", repo, "end", json.dumps(shuffled(chunks)[:i])) for i in (7, 50)),
        call("cg_save_chunks", repo, "end", json.dumps(shuffled(chunks))),
        *(call("cg_save_dependency", repo, "end", json.dumps(edge)) for edge in shuffled(edges)[:20]),
        call("cg_save_dependencies", repo, "end", json.dumps(shuffled(edges))),
        *(call("cg_update_file_metadata", repo, "end", file["file_path"], file["file_hash"]) for file in shuffled(files))]
    junk = [{**file, "chunks": [{"content": "old"}], "dependencies": []} for file in files[::2]]
    junk += [{"file_path": f"junk/{i}", "chunks": [{"content": "junk"}]} for i in range(50)]
    gone = [{"file_path": f"junk/{i}", "deleted": True} for i in range(50)]
    yield "over other content", [
        empty("end"), replace("end", "end", shuffled(junk)), call("cg_soft_delete_file_chunks", repo, "end", files[0]["file_path"]),
        replace("end", "end", shuffled(gone + files[:20])), replace("end", "end", shuffled(files[20:])),
        call("cg_soft_delete_file_chunks", repo, "end", files[7]["file_path"]),
        call("cg_restore_file_chunks", repo, "end", files[7]["file_path"])]


def same_roots(databases, report):
    files, roots = final_content(1), {}
    for repo in ("a", "another:repository"):
        for database in databases:
            for way, calls in ways_to_build(files, repo, random.Random(repr((repo, database.name)))):
                database.rows(call("cg_save_repository", repo))
                for sql in calls:
                    database.rows(sql)
                [(root,)] = database.rows(call("cg_snapshot_root", repo, "end"))
                roots[f"{way}, repository {repo}, {database.name}"] = root
                database.rows(call("cg_delete_repository", repo))
    report.check(f"the same root in {len(roots)} ways", [] if len(set(roots.values())) == 1 and len(roots) == 24 else roots.items())


def targets_by_computed_id(databases, report):
    """A dependency on a chunk by its computed id does not bring the repository's name into the root."""
    roots = set()
    for database in databases:
        for repo in ("c", "d:e"):
            database.rows(call("cg_save_repository", repo))
            database.rows(call("cg_create_snapshot", repo, "s"))
            database.rows(call("cg_save_chunks", repo, "s", '[{"file_path": "x:y", "content": "1"}, {"file_path": "z", "content": "2"}]'))
            database.rows(call("cg_save_dependency", repo, "s", json.dumps(
                {"from_chunk_id": f"{repo}:z:unknown:1-1", "to_chunk_id": f"{repo}:x:y:unknown:1-1"})))
            roots.add(database.rows(call("cg_snapshot_root", repo, "s"))[0])
    report.check("the same root with a dependency by computed id in two repositories", [] if len(roots) == 1 else roots)


def main():
    module = sys.argv[1] if len(sys.argv) > 1 else default_module()
    seeds = [int(seed) for seed in sys.argv[2:]] or SEEDS
    report = Report()
    sqlite, postgres = Sqlite(module), Postgres("codegraph_cross")
    for seed in seeds:
        play(sqlite, postgres, seed, report)
    same_roots((sqlite, postgres), report)
    targets_by_computed_id((sqlite, postgres), report)
    sqlite.close()
    postgres.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
