#!/usr/bin/python3
"""Comparisons against the rule in comparison_rule.py, in both databases: random source files are edited as people edit
them, and as nobody does. What is compared: cg_compare_commits with several similarities and in both directions,
cg_compare_dependencies, and, of the same files, cg_chunk_at and cg_file_content.

usage: compare_oracle.py [--seed N] [--rounds N] [--sqlite MODULE]   PostgreSQL is the server that the PG* variables name
"""
import argparse
import collections
import copy
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from binding_rule import as_json  # noqa: E402
from comparison_rule import Chunk, lines_of  # noqa: E402
from databases import Failure, Postgres, Report, Sqlite, call, default_module, quoted  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402
from store_model import commit_rows, dependency_rows  # noqa: E402

WORDS = "load save open close read write user path item index count total value state next size left right".split()
COLUMNS = ("change, aspects, fqn, old_fqn, kind, old_chunk_id, new_chunk_id, old_file_path, new_file_path, old_content_hash, "
           "new_content_hash, similarity, dependencies_added, dependencies_removed")
SIMILARITIES = [0.6, 0.6, None, 0.3, 1, 0.75]


# ---- source files: a tree of definitions, from which chunks are cut

class Definition:
    def __init__(self, kind, name, body, members=()):
        self.kind, self.name, self.body, self.members = kind, name, body, list(members)
        self.visibility, self.signature, self.plain = None, None, False
        self.dependencies = {}  # (relationship, candidates, to_name) -> confidence


class Writer:
    """Writes definitions down: the chunks of a file with their lines."""

    def __init__(self, path):
        self.path, self.lines, self.chunks, self.sources = path, [], [], []

    def write(self, definition, owner, indent):
        start = len(self.lines) + 1
        head = f"{indent}{definition.kind} {definition.name}({definition.signature or ''}):"
        self.lines.append(head)
        at = len(self.chunks)
        self.chunks.append(None)
        fqn = f"{owner}.{definition.name}" if owner else definition.name
        half = len(definition.body) // 2
        self.lines += [f"{indent}  {line}" for line in definition.body[:half]]
        for member in definition.members:
            self.write(member, fqn, indent + "  ")
        self.lines += [f"{indent}  {line}" for line in definition.body[half:]]
        content = "\n".join(self.lines[start - 1:]) + "\n"
        chunk = {"start_line": start, "end_line": len(self.lines), "kind": definition.kind, "name": definition.name,
                 "content": content}
        if not definition.plain:
            chunk["fqn"] = fqn
        if definition.visibility:
            chunk["symbol_visibility"] = definition.visibility
        if definition.signature is not None:
            chunk["signature"] = head.strip()
        self.chunks[at] = chunk
        self.sources.append((at, definition))


def statement(random):
    return " ".join(random.choice(WORDS + ["=", "+", "(", ")", ".", ";"]) for _ in range(random.randint(1, 6)))


def definition(random, depth=0):
    made = Definition(random.choice(["def", "def", "class"]), random.choice(WORDS) + random.choice(["", "_1", "_2"]),
                      [statement(random) for _ in range(random.randint(0, 5))])
    if random.random() < 0.3:
        made.body.append(f"{made.name}({random.choice(WORDS)})")
    if random.random() < 0.4:
        made.signature = random.choice(["", "a", "a, b"])
    if random.random() < 0.2:
        made.visibility = random.choice(["public", "private"])
    made.plain = random.random() < 0.07
    for _ in range(random.randint(0, 2)):
        link(random, made)
    if depth < 2 and made.kind == "class":
        made.members = [definition(random, depth + 1) for _ in range(random.randint(0, 3))]
    return made


def link(random, of):
    candidates = tuple(random.sample(WORDS, random.choice([1, 1, 1, 2])))
    to_name = random.choice(["", "", "m"])
    of.dependencies[(random.choice(["CALLS", "EXTENDS"]), candidates, to_name)] = random.choice([1, 0.5])


def all_definitions(definitions):
    for one in definitions:
        yield one
        yield from all_definitions(one.members)


def edit(random, files):
    """One edit of a random definition in a random file."""
    path = random.choice(sorted(files))
    chosen = list(all_definitions(files[path]))
    kind = random.choice(["body", "body", "space", "rename", "rename_file", "move", "signature", "visibility", "kind", "link",
                          "unlink", "delete", "add", "swap", "split", "merge", "copy", "plain"])
    one = random.choice(chosen) if chosen else None
    other = random.choice([f"f{i}.py" for i in range(5)])
    if kind == "add" or one is None:
        files[path].append(definition(random))
    elif kind == "body":
        one.body.insert(random.randint(0, len(one.body)), statement(random))
    elif kind == "space" and one.body:
        at = random.randrange(len(one.body))
        one.body[at] = one.body[at].replace(" ", "  ") + " "
    elif kind == "rename":
        old, one.name = one.name, random.choice(WORDS) + random.choice(["", "_3"])
        if random.random() < 0.7:
            one.body = [line.replace(old, one.name) for line in one.body]
    elif kind == "rename_file":
        files[other] = files.pop(path) + files.get(other, []) if other != path else files[path]
    elif kind == "move" and one in files[path]:
        files[path].remove(one)
        files.setdefault(other, []).insert(0, one)
    elif kind == "signature":
        one.signature = random.choice([None, "", "a", "a, b", "b"])
    elif kind == "visibility":
        one.visibility = random.choice([None, "public", "private"])
    elif kind == "kind":
        one.kind = random.choice(["def", "class"])
    elif kind == "link":
        link(random, one)
    elif kind == "unlink" and one.dependencies:
        one.dependencies.pop(random.choice(sorted(one.dependencies)))
    elif kind == "delete":
        for owner in [files[path]] + [d.members for d in chosen]:
            if one in owner:
                owner.remove(one)
    elif kind == "swap":
        random.shuffle(files[path])
    elif kind == "split":
        half = len(files[path]) // 2
        files.setdefault(other, []).extend(files[path][half:])
        if other != path:
            del files[path][half:]
    elif kind == "merge" and one.members:
        one.members[0].members.extend(one.members[1:])
        del one.members[1:]
    elif kind == "copy":
        files[path].append(copy.deepcopy(one))
    elif kind == "plain":
        one.plain = not one.plain


def odd_chunks(random):
    """What no analyzer gives: lines that overlap or are equal, contents with other numbers of lines."""
    chunks = []
    for _ in range(random.randint(1, 4)):
        start = random.randint(1, 5)
        chunk = {"start_line": start, "end_line": start + random.randint(0, 4), "kind": random.choice(["def", "class"]),
                 "fqn": random.choice(WORDS[:6]), "content": "\n".join(statement(random) for _ in range(random.randint(1, 4)))}
        if random.random() < 0.5:
            chunk["content"] += "\n"
        if random.random() < 0.3:
            chunk["signature"] = statement(random)
        if random.random() < 0.2:
            del chunk["fqn"]
        chunks.append(chunk)
    return chunks


def entry_of(path, definitions, odd):
    writer = Writer(path)
    for one in definitions:
        writer.write(one, "", "")
    chunks = writer.chunks + odd
    seen, ids = collections.Counter(), []
    for chunk in chunks:
        name = chunk.get("name") or (chunk["fqn"] if chunk.get("fqn") else "unknown")
        chunk["name"] = name
        computed = f"r:{path}:{name}:{chunk['start_line']}-{chunk['end_line']}"
        seen[computed] += 1
        ids.append(computed + (f"#{seen[computed]}" if seen[computed] > 1 else ""))
        chunk["number"] = seen[computed]
    dependencies, edges = [], collections.defaultdict(dict)
    for at, one in writer.sources:
        for (relationship, candidates, to_name), confidence in one.dependencies.items():
            dependency = {"from_chunk_id": ids[at], "relationship": relationship, "confidence": confidence,
                          "to_fqns": list(candidates)}
            if to_name:
                dependency["to_name"] = to_name
            dependencies.append(dependency)
            edges[at][(relationship, as_json(candidates, to_name or None))] = float(confidence)
    known = [Chunk(path, ids[i], c["start_line"], c["end_line"], c["number"], c["kind"], c["name"], c.get("fqn"),
                   c.get("symbol_visibility"), c.get("signature"), c["content"], edges[i]) for i, c in enumerate(chunks)]
    known.sort(key=lambda c: (c.start, c.end, c.name.encode(), c.number, c.id.encode()))
    given = [{key: value for key, value in chunk.items() if key != "number"} for chunk in chunks]
    return {"file_path": path, "chunks": given, "dependencies": dependencies}, known


# ---- what the store must say

def chunks_at(file, line):
    around = [(chunk.end - chunk.start, -i, chunk) for i, chunk in enumerate(file) if chunk.start <= line <= chunk.end]
    return [(chunk.id,) for _, _, chunk in sorted(around, key=lambda found: found[:2])]


def file_content(file):
    given = {}
    for i, chunk in enumerate(file):
        lines = lines_of(chunk.content)
        if len(lines) != chunk.end - chunk.start + 1:
            continue
        for number, line in enumerate(lines, chunk.start):
            best = given.get(number)
            place = (chunk.end - chunk.start, -i)
            if best is None or place < best[0]:
                given[number] = (place, line)
    last = max(given, default=0)
    lines = [given[number][1] if number in given else "" for number in range(1, last + 1)]
    return "".join(line if line.endswith("\n") or number == last else line + "\n" for number, line in enumerate(lines, 1))


class Oracle:
    def __init__(self, databases):
        self.databases, self.problems, self.rows, self.changes, self.aspects = databases, [], 0, collections.Counter(), collections.Counter()

    def ask(self, seed, sql, expected):
        for database in self.databases:
            try:
                answer = database.rows(sql)
            except Failure as failure:
                answer = failure
            self.rows += len(expected)
            if answer != expected:
                different = next((pair for pair in zip(answer, expected) if pair[0] != pair[1]), None) if isinstance(answer, list) else None
                self.problems.append(f"seed {seed}: {database.name}: {sql}\n      gave {len(answer) if isinstance(answer, list) else answer} rows of "
                                     f"{len(expected)}; first difference {different}\n      {answer}\n      {expected}")

    def play(self, seed, random):
        files = {f"f{i}.py": [definition(random) for _ in range(random.randint(0, 4))] for i in range(random.randint(1, 4))}
        odd = {path: odd_chunks(random) if random.random() < 0.2 else [] for path in files}
        self.save("s1", None, {}, files, odd)
        before = self.known
        edited = copy.deepcopy(files)
        for _ in range(random.choice([1, 1, 2, 3, 6])):
            if not edited:
                edited["f0.py"] = []
            edit(random, edited)
        odd_after = {path: odd.get(path, []) if random.random() < 0.7 else odd_chunks(random) if random.random() < 0.2 else []
                     for path in edited}
        self.save("s2", "s1", files, edited, odd_after)
        after = self.known
        min_similarity = random.choice(SIMILARITIES)
        flat = lambda known: [chunk for path in sorted(known, key=str.encode) for chunk in known[path]]
        for one, other, names in ((before, after, ("s1", "s2")), (after, before, ("s2", "s1"))):
            rows = commit_rows(flat(one), flat(other), min_similarity)
            given = "" if min_similarity == 0.6 else f", {quoted(min_similarity)}"
            self.ask(seed, f"SELECT {COLUMNS} FROM cg_compare_commits('r', '{names[0]}', '{names[1]}'{given})", rows)
            for row in rows:
                self.changes[row[0]] += 1
                self.aspects.update((row[1] or "").split(","))
            self.ask(seed, f"SELECT * FROM cg_compare_dependencies('r', '{names[0]}', '{names[1]}')",
                     dependency_rows(flat(one), flat(other)))
        for path in sorted(after):
            line = random.randint(1, 12)
            self.ask(seed, f"SELECT chunk_id FROM cg_chunk_at('r', 's2', '{path}', {line})", chunks_at(after[path], line))
            self.ask(seed, f"SELECT '<' || cg_file_content('r', 's2', '{path}') || '>'", [(f"<{file_content(after[path])}>",)])
        for database in self.databases:
            database.rows(call("cg_delete_repository", "r"))

    def save(self, snapshot, base, files_before, files, odd):
        entries, self.known = [], {}
        for path in sorted(files):
            entry, self.known[path] = entry_of(path, files[path], copy.deepcopy(odd[path]))
            entries.append(entry)
        entries += [{"file_path": path, "deleted": True} for path in files_before if path not in files]
        for database in self.databases:
            if base is None:
                database.rows(call("cg_save_repository", "r"))
                database.rows(call("cg_create_snapshot", "r", snapshot))
            database.rows(call("cg_replace_files", "r", base or snapshot, snapshot, json.dumps(entries)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--sqlite-alone", action="store_true")
    arguments = parse_arguments(parser)
    report = Report()
    databases = [Sqlite(arguments.sqlite)] + ([] if arguments.sqlite_alone else [Postgres("codegraph_compare")])
    oracle = Oracle(databases)
    for number in range(arguments.rounds):
        oracle.play(f"{arguments.seed} round {number}", Random(f"{arguments.seed} {number}"))
        if len(oracle.problems) > 5:
            break
    print(f"{oracle.rows} rows;", ", ".join(f"{count} {name}" for name, count in sorted(oracle.changes.items())), ";",
          ", ".join(f"{count} {name or 'none'}" for name, count in sorted(oracle.aspects.items())))
    report.check("comparisons are as the rule says", oracle.problems)
    seen = [name for name in ("added", "deleted", "enclosing", "modified", "moved", "relinked", "renamed") if not oracle.changes[name]]
    seen += [name for name in ("name", "path", "signature", "body", "whitespace", "visibility", "kind", "nested", "dependencies")
             if not oracle.aspects[name]]
    report.check("each change and each aspect occurs", seen if arguments.rounds >= 100 else [])
    for database in databases:
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
