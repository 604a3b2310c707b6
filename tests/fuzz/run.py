#!/usr/bin/python3
"""Runs every fuzz target for FUZZ_SECONDS (default 10) from seeds: the files in tests/fuzz/corpus/TARGET, and bytes that a
store of its own making holds. What is found lies in BUILD/fuzz/found. Ends with `N passed, N failed`.

usage: run.py [TARGET...]      after: tests/run.sh fuzz, or cmake --build BUILD/fuzz --target codegraph_fuzz
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import ROOT, Report, Sqlite, call, default_module  # noqa: E402

TARGETS = ["tree_node", "outline", "chunk_id", "json", "text"]
SEAL = 8  # bytes behind an outline


def stored_seeds():
    """Tree nodes and outlines of a small store."""
    store = Sqlite(default_module())
    chunks = [{"content": "a", "fqn": "m.f", "kind": "function"}, {"content": "b", "start_line": 3},
              {"content": "c", "start_line": 3}, {"content": "d", "start_line": 300, "chunk_id": "explicit", "name": "n"}]
    files = [{"file_path": f"src/{n}.py", "chunks": chunks[:n % 4 + 1] if n else chunks, "dependencies": [
        {"from_fqn": "m.f", "to_fqn": "m.g"}, {"from_fqn": "m.f", "to_fqn": "x", "relationship": "IMPORTS", "confidence": 0.5},
        {"from_fqn": "m.f", "to_fqns": ["m.g", "x"], "to_name": "g", "sites": [[1], [3, 5, 9]]}, {"from_fqn": "m.f", "to_name": "h"}],
        "aliases": [{"fqn": "m.h", "to_fqns": ["m.f"]}, {"fqn": "m", "to_fqns": ["x", "y"], "members": True}]} for n in range(60)]
    for file in files[1:]:  # an explicit id belongs to one file
        file["chunks"] = [{key: value for key, value in chunk.items() if key != "chunk_id"} for chunk in file["chunks"]]
    for sql in (call("cg_save_repository", "r"), call("cg_create_snapshot", "r", "s"),
                call("cg_replace_files", "r", "s", "s", json.dumps(files)),
                call("cg_soft_delete_file_chunks", "r", "s", "src/1.py")):
        store.rows(sql)
    nodes = [bytes.fromhex(body) for (body,) in store.rows("SELECT body FROM codegraph_tree_nodes")]
    outlines = [bytes.fromhex(column) for columns in store.rows("SELECT outline, sites FROM codegraph_files LIMIT 20")
                for column in columns]
    store.close()
    return {"tree_node": nodes, "outline": [outline[:-SEAL] for outline in outlines] + outlines}


def main():
    build = ROOT / os.environ.get("BUILD", "build") / "fuzz"
    seconds = os.environ.get("FUZZ_SECONDS", "10")
    found = build / "found"
    found.mkdir(parents=True, exist_ok=True)
    seeds = stored_seeds()
    report = Report()
    for target in sys.argv[1:] or TARGETS:
        with tempfile.TemporaryDirectory() as folder:
            corpus = pathlib.Path(folder)
            committed = ROOT / "tests" / "fuzz" / "corpus" / target
            for file in committed.iterdir() if committed.exists() else []:
                shutil.copy(file, corpus)
            for number, seed in enumerate(seeds.get(target, [])):
                (corpus / f"stored-{number}").write_bytes(seed)
            run = subprocess.run([build / "tests" / "fuzz" / f"codegraph_fuzz_{target}", f"-max_total_time={seconds}",
                                  "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0",
                                  f"-artifact_prefix={found}/{target}-", corpus], capture_output=True, text=True, errors="replace")
        runs = [line.rsplit(":", 1)[1].strip() for line in run.stderr.splitlines() if "number_of_executed_units" in line]
        report.check(f"{target}: {runs[0] if runs else 'no'} inputs in {seconds} s",
                     [run.stderr[-1900:]] if run.returncode or not runs else [])
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
