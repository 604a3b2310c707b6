#!/usr/bin/python3
"""Random candidates, names, sites, aliases, signatures and nested chunks: the roots are those of docs/storage.md, whatever
way the files came about and in both databases; an export brings them back; cg_verify and gc have nothing to say.

usage: facts.py [--sqlite MODULE] [--seed N]      PostgreSQL is the server that the PG* variables name
"""

import argparse
import hashlib
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import export_format  # noqa: E402
from content_digest import file_digest, tree  # noqa: E402
from databases import Postgres, Report, Sqlite, call, default_module  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402

NAMES = ["a.f", "a.f()", "b.C", "b.C.m", "x", ".f", "m.", "::", "d/e#g", "é", "r:p0.py:n0:1-1", "r:p0.py:n0:1-1#2"]


def random_site(random):
    site = [random.choice([1, 2, 3, 300, 2**31 - 1])]
    if random.random() < 0.7:
        site.append(random.randint(1, 90))
        if random.random() < 0.7:
            site.append(site[1] + random.randint(1, 9))
    return site


def random_file(random, number):
    chunks, dependencies = [], []
    for i in range(random.randint(1, 5)):
        start = random.randint(1, 6)
        lines = random.randint(1, 6)
        chunk = {"name": f"n{i}", "start_line": start, "end_line": start + lines - 1,
                 "content": "".join(random.choice(["", "x", "yy"]) + "\n" for _ in range(lines + (random.random() < 0.1)))}
        if random.random() < 0.5:
            chunk["signature"] = random.choice(["f()", "f(x)", "é"])
        if random.random() < 0.5:
            chunk["symbol_visibility"] = random.choice(["private", "local", "public"])
        chunks.append(chunk)
    for _ in range(random.randint(0, 6)):
        chunk = random.choice(chunks)
        dependency = {"from_chunk_id": f"r:p{number}.py:{chunk['name']}:{chunk['start_line']}-{chunk['end_line']}",
                      "relationship": random.choice(["CALLS", "EXTENDS"]), "confidence": random.choice([1, 0.5]),
                      "sites": [random_site(random) for _ in range(random.randint(0, 4))]}
        candidates = random.sample(NAMES, random.choice([0, 1, 1, 2, 5]))
        if len(candidates) == 1:
            dependency["to_fqn"] = candidates[0]
        elif candidates:
            dependency["to_fqns"] = candidates
        if not candidates or random.random() < 0.3:
            dependency["to_name"] = random.choice(["f", "m", "é"])
        dependencies.append(dependency)
    aliases = [{"fqn": random.choice(NAMES), "to_fqns": random.sample(NAMES, random.randint(1, 3)),
                "members": random.random() < 0.5} for _ in range(random.randint(0, 4))]
    aliases += random.sample(aliases, random.randint(0, len(aliases)))
    return {"file_path": f"p{number}.py", "file_hash": "h", "chunks": chunks, "dependencies": dependencies, "aliases": aliases}


def digest_of(file):
    """What docs/storage.md says, of a file as it is given."""
    chunks = sorted(file["chunks"], key=lambda c: (c["start_line"], c["end_line"], c["name"].encode()))
    ordinals = {f"r:{file['file_path']}:{c['name']}:{c['start_line']}-{c['end_line']}": i for i, c in enumerate(chunks)}
    described = [{"number": 1, "explicit_id": None, "kind": "unknown", "fqn": None, "language": "unknown", "summary": None,
                  "importance": 0.5, "attrs": "{}", "deleted": False, "signature": None, "symbol_visibility": None, **c,
                  "content_hash": hashlib.sha256(c["content"].encode()).hexdigest()} for c in chunks]
    dependencies = {}
    for d in file["dependencies"]:
        candidates = d.get("to_fqns") or ([d["to_fqn"]] if "to_fqn" in d else [])
        sites = sorted({tuple((site + [0, 0])[:3]) for site in d["sites"]})
        key = (ordinals[d["from_chunk_id"]], tuple(name.encode() for name in candidates), d.get("to_name", "").encode(),
               d["relationship"])
        dependencies[key] = (key[0], candidates[0] if candidates else None, d["relationship"], float(d["confidence"]),
                             candidates[1:], d.get("to_name"), sites)
    aliases = []
    for alias in file["aliases"]:
        made = (alias["fqn"], tuple(alias["to_fqns"]), alias["members"])
        if made not in aliases:
            aliases.append(made)
    return file_digest("r", file["file_path"], file["file_hash"], "{}", False, described,
                       [dependencies[key] for key in sorted(dependencies)], aliases)


def root_of(files):
    return tree([(file["file_path"], digest_of(file), len(file["chunks"])) for file in files.values()])[0]


def play(database, random, rounds):
    """Returns what is wrong."""
    problems, files = [], {}
    one = lambda sql: database.rows(sql)[0][0]
    database.rows(call("cg_save_repository", "r"))
    database.rows(call("cg_create_snapshot", "r", "s"))
    for round_number in range(rounds):
        given = [random_file(random, number) for number in random.sample(range(12), random.randint(1, 4))]
        files.update((file["file_path"], file) for file in given)
        counts = json.loads(one(call("cg_replace_files", "r", "s", "s", json.dumps(given))))
        again = json.loads(one(call("cg_replace_files", "r", "s", "s", json.dumps(given))))
        path = given[0]["file_path"]
        for function in "cg_soft_delete_file_chunks", "cg_restore_file_chunks":
            database.rows(call(function, "r", "s", path))
        if again["files_replaced"]:
            problems.append(f"round {round_number}: the same again changes {again}, after {counts}")
        if one(call("cg_snapshot_root", "r", "s")) != root_of(files):
            problems.append(f"round {round_number}: another root")
    lines = [line for (line,) in database.rows("SELECT line FROM cg_export('r')")]
    for line in map(json.loads, lines):
        if "file" in line and export_format.file_digest(line["file"], "r") != line["file"]["digest"]:
            problems.append(f"the digest of {line}")
    problems += database.rows("SELECT * FROM cg_verify('r')")
    database.rows(call("cg_delete_repository", "r"))
    for line in lines:
        database.rows(call("cg_import", line))
    if [line for (line,) in database.rows("SELECT line FROM cg_export('r')")] != lines:
        problems.append("an export of the import differs")
    problems += database.rows("SELECT * FROM cg_verify('r')")
    database.rows(call("cg_prune", "r", 1))
    database.rows(call("cg_gc", "r"))
    if one(call("cg_snapshot_root", "r", "s")) != root_of(files):
        problems.append("another root after gc")
    problems += database.rows("SELECT * FROM cg_verify('r')")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--sqlite-alone", action="store_true")
    arguments = parse_arguments(parser)
    report = Report()
    databases = [Sqlite(arguments.sqlite)] + ([] if arguments.sqlite_alone else [Postgres("codegraph_facts")])
    for database in databases:
        report.check(f"facts are kept as docs/storage.md says, in {database.name}",
                     play(database, Random(arguments.seed), arguments.rounds))
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
