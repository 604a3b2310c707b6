#!/usr/bin/python3
"""The same root for the same content: in two repositories, in both databases, in any order of insertion, by other writers.

usage: same_roots.py [--sqlite MODULE] [--seed N]      PostgreSQL is the server that the PG* variables name
"""

import argparse
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Postgres, Report, Sqlite, call, default_module
from randomness import Random, parse_arguments


def final_content(seed):
    """Files whose chunk ids depend on no order."""
    chooser = Random(seed)
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


def same_roots(databases, seed, report):
    files, roots = final_content(seed), {}
    for repo in ("a", "another:repository"):
        for database in databases:
            for way, calls in ways_to_build(files, repo, Random(repr((seed, repo, database.name)))):
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    arguments = parse_arguments(parser, 1)
    report = Report()
    databases = Sqlite(arguments.sqlite), Postgres("codegraph_same_roots")
    same_roots(databases, arguments.seed, report)
    targets_by_computed_id(databases, report)
    for database in databases:
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
