"""Makes random calls of writers, whose effect the model of the store knows, and calls of readers that two databases
must answer alike."""

import json

from databases import Failure, call, quoted
from randomness import Random
from store_model import Refused, State, with_ids

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
        self.random, self.repo, self.snapshots, self.made = Random(seed), repo, {}, 0

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
        try:
            own = with_ids(self.repo, path, entry["chunks"])
        except Refused:  # an id twice
            own = []
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
            self.snapshots[name] = self.snapshots[base].copy() if base else State(self.repo)
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
                  f"SELECT * FROM cg_compare_commits({pair}{history.some(['', ', NULL', ', 0.3', ', 1'])})",
                  f"SELECT * FROM cg_compare_dependencies({pair})", f"SELECT * FROM cg_compare_files({pair})",
                  f"SELECT {CHUNK} FROM cg_chunk_at({at}, {quoted(path)}, {history.some([1, 2, 5])})",
                  f"SELECT '<' || cg_file_content({at}, {quoted(path)}) || '>'"]
    return calls
