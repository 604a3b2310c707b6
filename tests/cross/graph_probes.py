#!/usr/bin/python3
"""Shallow questions along the arrows are answered from a few files when no graph is kept, and from the kept graph
otherwise: both must say the same, in both databases. Random snapshots of 300 files with duplicate FQNs, chunks without
one, targets by id, externals and soft deletion; every question is asked cold and warm. Ends with `N passed, N failed`."""
import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, Report, Sqlite, call, default_module, quoted  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402


def snapshot(rng, files=300):
    """The files of one, as cg_replace_files takes them."""
    names = [f"n{i}" for i in range(files * 2)]
    ids = [f"r:src/{f:03d}:n{rng.choice(range(files * 2))}:1-1" for f in range(files)]
    made = []
    for f in range(files):
        chunks = []
        for line in range(1, 1 + rng.randrange(5)):
            chunk = {"content": "x", "start_line": line, "end_line": line, "name": f"c{line}"}
            if rng.random() < 0.85:
                chunk["fqn"] = rng.choice(names)
                del chunk["name"]
            if rng.random() < 0.1:
                chunk["chunk_id"] = f"id-{f}-{line}"
            chunks.append(chunk)
        sources = [chunk["fqn"] for chunk in chunks if "fqn" in chunk]
        dependencies = []
        for _ in range(rng.randrange(8) if sources else 0):
            target = rng.choice(names + ["external"]) if rng.random() < 0.8 else rng.choice(
                ids + [f"id-{rng.randrange(files)}-{rng.randrange(1, 4)}"])
            dependencies.append({"from_fqn": rng.choice(sources), "to_fqn": target,
                                 "relationship": rng.choice(["CALLS", "IMPORTS"]),
                                 "confidence": rng.choice([1, 0.5])})
        made.append({"file_path": f"src/{f:03d}", "chunks": chunks, "dependencies": dependencies})
    return made


def fill(database, contents):
    database.rows(call("cg_save_repository", "r"))
    for name, files in contents.items():
        database.rows(call("cg_create_snapshot", "r", name))
        database.rows(call("cg_replace_files", "r", name, name, json.dumps(files)))
        database.rows(call("cg_soft_delete_file_chunks", "r", name, "src/007"))


def questions(rng, contents):
    starts = sorted({chunk.get("fqn") or chunk.get("chunk_id") or f"r:{file['file_path']}:{chunk['name']}:1-1"
                     for files in contents.values() for file in files for chunk in file["chunks"]})
    for start in rng.sample(starts, 120) + ["external", "nowhere"]:
        depth = rng.randrange(3)
        yield "cg_transitive_dependencies", f", {quoted(start)}, {depth}"
        yield "cg_transitive_dependencies", f", {quoted(start)}, {depth}, 'CALLS', 0.75"
        yield "cg_dependencies_from", f", {quoted(start)}"


def answer(database, function, snapshot_id, rest):
    flags = {"t": "1", "f": "0"}  # is_external, the last column
    try:
        rows = database.rows(f"SELECT * FROM {function}('r', {quoted(snapshot_id)}{rest})")
        return [row[:-1] + (flags.get(row[-1], row[-1]),) for row in rows]
    except Failure as error:  # an unknown start is an error, and the same one
        return str(error).split(": ", 1)[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    arguments = parse_arguments(parser, 20261125)
    rng = Random(arguments.seed)
    contents = {"one": snapshot(rng), "two": snapshot(rng)}
    databases = [Sqlite(arguments.sqlite), Postgres("codegraph_graph_probes")]
    report = Report()
    for database in databases:
        fill(database, contents)
    asked = list(questions(rng, contents))
    answers = {}
    for database in databases:
        for state, size in ("cold", "0"), ("warm", "256MB"):
            database.rows(call("cg_config", "graph_cache_size", size))
            for name in contents if state == "warm" else ():
                database.rows(f"SELECT count(*) FROM cg_dependencies('r', {quoted(name)})")
            # One snapshot after the other, so that what was probed for one does not add up.
            answers[database.name, state] = [answer(database, function, name, rest)
                                             for function, rest in asked for name in contents]
        report.check(f"{database.name}: cold and warm answers to {len(asked) * 2} questions are the same",
                     [pair for pair in zip(answers[database.name, "cold"], answers[database.name, "warm"])
                      if pair[0] != pair[1]])
    report.check("both databases say the same",
                 [pair for pair in zip(answers["sqlite", "warm"], answers["postgres", "warm"]) if pair[0] != pair[1]])
    report.check("there were rows to compare", [] if sum(map(len, answers["sqlite", "warm"])) > 500 else ["few rows"])
    for database in databases:
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
