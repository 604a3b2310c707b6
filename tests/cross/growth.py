#!/usr/bin/python3
"""No function takes more than about linear time, requests, rows and bytes in the size of an argument or of what is
stored.

Every function of the product is called at n, 2n and 4n of each of its arguments (long texts of special characters, long
JSON arrays), and at n, 2n and 4n of what is stored (files, chunks, dependencies, snapshots, revisions, versions of a
file, repositories, depth and others). The functions and their arguments are those of docs/reference.md, which is
generated from the registry, and the product itself: a function without a question, and an argument of a name that this
script has no value for, is a failure. A long value in each field of each JSON document must give a short error. SQLite
runs in this process, so that the time of the processor tells what a call took, whatever else the machine does; how many
requests, rows and bytes a call takes is counted exactly.

usage: growth.py [--long] [--seconds] [--only TEXT] [--module FILE] [--size N] [--bytes N]

Without --long the sizes are small, 2n is left out, and requests, rows and bytes alone decide. --long takes sizes at
which a quadratic loop shows in the time of the processor, too, and some minutes; it prints the slowest calls and those
that grew most. --seconds prints every call. Ends with `N passed, N failed`."""
import argparse
import json
import pathlib
import re
import sqlite3
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from calls import CALLS, fill, gaps  # noqa: E402
from databases import ROOT, Failure, Report, Sqlite, call, default_module, quoted  # noqa: E402

# --- long arguments

PATTERNS = {
    "ids": "a:1-1:", "colons": ":", "double colons": "::", "hashes": "#2", "tildes": "~", "moments": "@{1}",
    "slashes": "a/", "dots": "a.", "percents": "%_", "quotes": "\\\"", "digits": "7", "commas": "CALLS,",
    "brackets": "[", "objects": '{"a":', "capitals": "A", "umlauts": "ä", "blanks": " ",
}


def long_texts(size):
    """Texts of about `size` bytes; those in the form of a list of relationships have different names."""
    for name, part in PATTERNS.items():
        yield name, part * (size // len(part))
        yield f"{name} behind the repository", "r:" + part * (size // len(part)) + "f:1-1"
    yield "relationships", ",".join(f"R{i}" for i in range(size // 6))
    yield "almost periodic", "ab" * (size // 2) + "ba"
    yield "an array of numbers", "[" + ",".join("1" * (size // 2)) + "]"
    yield "a long number", "[" + "1" * size + "]"
    yield "attributes", json.dumps({f"k{i}": [i, "x", {}] for i in range(size // 20)})
    yield "one long attribute", json.dumps({"k": "x" * size})
    yield "equal keys", "{" + ",".join(['"a":1'] * (size // 6)) + "}"
    yield "a manifest", json.dumps({f"f{i}": "h" for i in range(size // 10)})


# Values for arguments that the calls in tests/support/calls.py leave out. An argument is known by its name.
LEFT_OUT = {
    "name": "'n'", "remote_url": "'u'", "local_path": "'p'", "default_branch": "'main'", "commit_hash": "'c0ffee'",
    "branch_name": "'main'", "base_snapshot_id": "'a'", "committed_at": "'2026-01-01T00:00:00Z'", "attrs": "'{}'",
    "dependencies": "'[]'", "file_hash": "'h'", "older_than": "'2026-01-01T00:00:00Z'", "rebuild": "true",
    "value": "'64MB'", "repo": "'r'", "snapshot": "'b'", "relationships": "'CALLS'", "min_confidence": "0.1", "min_similarity": "0.7",
    "max_depth": "3", "direction": "'both'", "branch": "'main'", "include_deleted": "1", "max_results": "50",
    "keep_revisions": "1", "rebuild": "0", "aliases": "'[]'", "chunk_kind": "'function'",
    "ref": "'v1'", "snapshot_id": "'b'",
}


def reference():
    """Returns the arguments of each function, as names and types, from docs/reference.md."""
    functions = {}
    for part in (ROOT / "docs" / "reference.md").read_text(encoding="utf-8").split("\n### ")[1:]:
        name, text = part.split("\n", 1)
        parts = re.split(r"^\| (argument|returns|column) \|", text, flags=re.M)
        functions[name] = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ", parts[2], re.M) if "argument" in parts[1:2] else []
    return functions


def split(arguments):
    """Splits the arguments of a call, which are literals."""
    return re.findall(r"'(?:[^']|'')*'|[\w.]+", arguments)


def full_calls():
    """Returns the sample call of each function with a value for every argument that has one, and its arguments."""
    calls, missing = {}, []
    for function, arguments in reference().items():
        given = split(CALLS.get(function, ""))
        for name, _ in arguments[len(given):]:
            if name not in LEFT_OUT:
                missing.append(f"{function} has an argument {name}, for which LEFT_OUT in growth.py has no value")
            given.append(LEFT_OUT.get(name, "NULL"))
        calls[function] = (arguments, given)
    return calls, missing


def calls_with_long_arguments(size):
    for function, (arguments, given) in full_calls()[0].items():
        for place, (name, kind) in enumerate(arguments):
            if kind in ("boolean", "integer", "number"):
                continue
            for pattern, value in long_texts(size):
                called = given[:place] + ["'" + value.replace("'", "''") + "'"] + given[place + 1:]
                yield f"{function}, {name}: {pattern}", function, ", ".join(called)


# --- a long value in each field of each JSON document

FULL_CHUNK = {"file_path": "f1", "start_line": 1, "end_line": 2, "kind": "k", "fqn": "m1", "name": "n", "language": "l",
              "symbol_visibility": "public", "signature": "m1()", "content": "x", "content_hash": "h", "summary": "s", "importance": 0.5,
              "attrs": {"a": 1}, "chunk_id": "c"}
FULL_DEPENDENCY = {"from_fqn": "m1", "to_fqn": "m2", "relationship": "CALLS", "confidence": 0.5}
BY_NAME = {"from_fqn": "m1", "to_fqns": ["m2", "m3"], "to_name": "n", "sites": [[1, 2, 3]]}
ALIAS = {"fqn": "m1", "to_fqns": ["m2", "m3"], "members": True}
BY_ID = {"from_chunk_id": "r:f1:unknown:1-1", "to_chunk_id": "r:f2:unknown:1-1"}
FULL_FILE = {"file_path": "f1", "file_hash": "h", "attrs": {"a": 1}, "chunks": [FULL_CHUNK],
             "dependencies": [FULL_DEPENDENCY, BY_ID, BY_NAME], "aliases": [ALIAS]}
# By function: its arguments, {} standing for the document, and the documents.
DOCUMENTS = {
    "cg_save_chunk": ("'r', 'b', {}", [FULL_CHUNK]),
    "cg_save_chunks": ("'r', 'b', {}", [[FULL_CHUNK]]),
    "cg_save_dependency": ("'r', 'b', {}", [FULL_DEPENDENCY, BY_ID, BY_NAME]),
    "cg_save_dependencies": ("'r', 'b', {}", [[FULL_DEPENDENCY, BY_ID]]),
    "cg_replace_file": ("'r', 'b', 'c', 'f1', {}", [[FULL_CHUNK]]),
    "cg_replace_files": ("'r', 'b', 'c', {}", [[FULL_FILE], [{"file_path": "f1", "deleted": True}]]),
    "cg_create_incremental_snapshot": ("'r', 'b', 'c', {}, 'sample_analyzer'",
                                       [["f1"], [{"file_path": "f1", "file_hash": "h"}]]),
    "cg_changed_files": ("'r', 'b', {}", [{"f1": "h"}]),
    "cg_create_snapshot": ("'r', 'c', NULL, NULL, NULL, NULL, {}", [{"a": 1}]),
}


def variants(document, size):
    """Yields the document with a long text, number or list in place of each value, and with each key made long."""
    for value in ("x" * size, "ä/" * (size // 3), 10 ** size, [1] * size):
        yield value
    if isinstance(document, dict):
        for key, value in document.items():
            for changed in variants(value, size):
                yield {**document, key: changed}
            yield {**document, key + "x" * size: value}
    if isinstance(document, list):
        for i, value in enumerate(document):
            for changed in variants(value, size):
                yield document[:i] + [changed] + document[i + 1:]


def calls_with_long_fields(database, size):
    sys.set_int_max_str_digits(0)
    for function, (arguments, documents) in DOCUMENTS.items():
        for document in documents:
            for changed in variants(document, size):
                yield function, arguments.replace("{}", quoted(json.dumps(changed, ensure_ascii=False)))
    for (line,) in database.rows("SELECT line FROM cg_export('r')"):
        for changed in variants(json.loads(line), size):
            yield "cg_import", quoted(json.dumps(changed, ensure_ascii=False))


# --- long lists in JSON, each as one call into an empty snapshot, or into the one that the call made before

def chunk(**fields):
    return {"content": "x", **fields}


def file_of(chunks, dependencies=()):
    return {"file_path": "f", "chunks": list(chunks), "dependencies": list(dependencies)}


def by_id(n, source=lambda i: i):
    return [{"from_chunk_id": f"r:f:unknown:{source(i) + 1}-{source(i) + 1}",
             "to_chunk_id": f"r:f:unknown:{(i + 1) % n + 1}-{(i + 1) % n + 1}"} for i in range(n)]


def lines(n):
    return [chunk(start_line=i + 1) for i in range(n)]


def edges(pairs):
    """A file a symbol, so that any symbol can point at any other."""
    pairs = list(pairs)
    names = sorted({name for pair in pairs for name in pair})
    return [{"file_path": f"f{name}", "chunks": [chunk(fqn=f"m{name}")],
             "dependencies": [{"from_fqn": f"m{a}", "to_fqn": f"m{b}"} for a, b in outgoing]}
            for name, outgoing in ((name, [p for p in by_source.get(name, [])]) for by_source in [group(pairs)]
                                   for name in names)]


def group(pairs):
    groups = {}
    for pair in pairs:
        groups.setdefault(pair[0], []).append(pair)
    return groups


def root(n):
    return max(1, int(n ** 0.5))


# What is stored: by name the files that one call saves into the snapshot s.
STORES = {
    "chunks without an FQN that call each other by id": lambda n: [file_of(lines(n), by_id(n))],
    "chunks with an FQN in one file": lambda n: [file_of(
        [chunk(fqn=f"m{i}", start_line=i + 1) for i in range(n)],
        [{"from_fqn": f"m{i}", "to_fqn": f"m{(i + 1) % n}"} for i in range(n)])],
    "chunks of the same lines": lambda n: [file_of([chunk(name=f"n{i}") for i in range(n)], [
        {"from_chunk_id": f"r:f:n{i}:1-1", "to_chunk_id": f"r:f:n{(i + 1) % n}:1-1"} for i in range(n)])],
    "chunks of the same lines and name": lambda n: [file_of([chunk() for _ in range(n)], [
        {"from_chunk_id": "r:f:unknown:1-1", "to_chunk_id": f"r:f:unknown:1-1#{i + 2}"} for i in range(n - 1)])],
    "chunks of one FQN in one file": lambda n: [file_of([chunk(fqn="m1", start_line=i + 1) for i in range(n)],
                                                        [{"from_fqn": "m1", "to_fqn": f"t{i}"} for i in range(n)])],
    "chunks of one FQN in many files": lambda n: [
        {"file_path": f"f{i}", "chunks": [chunk(fqn="m1")], "dependencies": [{"from_fqn": "m1", "to_fqn": f"m{i}"}]}
        for i in range(n)],
    "targets like ids of missing chunks": lambda n: [file_of(lines(n), [
        {"from_chunk_id": "r:f:unknown:1-1", "to_fqn": f"r:f:missing:{i + 1}-{i + 1}"} for i in range(n)])],
    "targets of many colons": lambda n: [file_of(lines(n), [
        {"from_chunk_id": "r:f:unknown:1-1", "to_fqn": f"r:{'a:' * 100}{i}:1-1"} for i in range(n // 10)])],
    "names with colons beside a file that could have them": lambda n: [
        {"file_path": "a", "chunks": [chunk(name=f"b:c{i}", start_line=i + 1) for i in range(n)]},
        {"file_path": "a:b", "chunks": [chunk(name=f"d{i}", start_line=i + 1) for i in range(n)]}],
    "explicit ids": lambda n: [file_of([chunk(chunk_id=f"id{i}", fqn=f"m{i}") for i in range(n)], [
        {"from_chunk_id": f"id{i}", "to_chunk_id": f"id{(i + 1) % n}"} for i in range(n)])],
    "explicit ids like computed ones": lambda n: [
        file_of([chunk(chunk_id=f"r:g:x:{i + 1}-{i + 1}", fqn=f"m{i}") for i in range(n)]),
        {"file_path": "g", "chunks": [chunk(name=f"y{i}", start_line=i + 1) for i in range(n)]}],
    "targets saved before their chunks": lambda n: [file_of(
        [chunk(fqn=f"m{i}", start_line=i + 1, name="n") for i in range(n)],
        [{"from_fqn": "m0", "to_fqn": f"r:f:n:{i + 1}-{i + 1}"} for i in range(n)])],
    "different confidences": lambda n: [file_of([chunk(fqn="m1")], [
        {"from_fqn": "m1", "to_fqn": f"t{i}", "confidence": i / n} for i in range(n)])],
    "different relationships": lambda n: [file_of([chunk(fqn="m1")], [
        {"from_fqn": "m1", "to_fqn": "m2", "relationship": f"R{i}"} for i in range(n)])],
    "different kinds": lambda n: [file_of([chunk(fqn=f"m{i}", kind=f"k{i}", language=f"l{i}") for i in range(n)])],
    "files": lambda n: [{"file_path": f"d{i % 7}/f{i}", "chunks": [chunk(fqn=f"m{i}", content=f"x{i}")]}
                        for i in range(n)],
    "files without chunks": lambda n: [{"file_path": f"f{i}", "chunks": []} for i in range(n)],
    "a path of many folders": lambda n: [{"file_path": "/".join("d" * min(n, 500)) + f"/f{i}",
                                          "chunks": [chunk(fqn=f"m{i}")]} for i in range(8)],
    "attributes of many levels": lambda n: [
        {**file_of([chunk(fqn="m1")]), "attrs": json.loads('{"a":' * min(n, 900) + "1" + "}" * min(n, 900))}
        for _ in range(1)],
    "dependencies of one chunk": lambda n: [file_of([chunk(fqn="m1")], [
        {"from_fqn": "m1", "to_fqn": f"t{i}"} for i in range(n)])],
    "a long content": lambda n: [file_of([chunk(fqn="m1", content="ab" * 100 * n)])],
    "long attributes of a file with many chunks": lambda n: [
        {**file_of([chunk(fqn=f"m{i}", start_line=i + 1) for i in range(n)]), "attrs": {"a": "x" * 100 * n}}],
    "a hub": lambda n: edges((0, i) for i in range(1, n)),
    "a star": lambda n: edges((i, 0) for i in range(1, n)),
    "a chain": lambda n: edges((i, i + 1) for i in range(n)),
    "a cycle": lambda n: edges((i, (i + 1) % n) for i in range(n)),
    "cycles of two": lambda n: edges((i, i ^ 1) for i in range(n)),
    "self-loops": lambda n: edges((i, i) for i in range(n)),
    "a bipartite graph": lambda n: edges((a, root(n) + b) for a in range(root(n)) for b in range(root(n))),
    "a ladder": lambda n: edges(pair for i in range(0, n, 2) for a in (i, i + 1)
                                for pair in ((a, i + 2), (a, i + 3))),
}

# Each with the requests that make it, as in make_history(); the store then has the snapshot s and those of the requests.
HISTORIES = {
    "snapshots that change one file": lambda n: [("s", f"v{i}", "f", [chunk(fqn="m1", content=f"x{i}")])
                                                 for i in range(n // 8)],
    "an FQN that moves from file to file": lambda n: [
        (f"v{i - 1}" if i else "s", f"v{i}", [(f"g{i - 1}", [chunk(fqn="other")]), (f"g{i}", [chunk(fqn="m1")])])
        for i in range(n // 8)],
    "revisions of one snapshot": lambda n: [("s", "s", "f", [chunk(fqn="m1", content=f"x{i}")]) for i in range(n // 8)],
    "an explicit id that moves from file to file": lambda n: [
        (f"v{i - 1}" if i else "s", f"v{i}",
         [(f"g{i - 1}", [chunk(fqn="other")]), (f"g{i}", [chunk(chunk_id="m1")])]) for i in range(n // 8)],
    "explicit ids like computed ones in each snapshot": lambda n: [
        ("s", f"v{i}", [(f"g{i}", [chunk(chunk_id=f"r:h:x:{i + 1}-{i + 1}")])]) for i in range(n // 8)],
    "versions of a file with explicit ids, in as many snapshots": lambda n: [
        (f"v{i - 1}" if i else "s", f"v{i}", "g", [chunk(chunk_id=f"r:h:x:{i + 1}-{i + 1}"), chunk(content=f"y{i}")])
        for i in range(n // 8)],
    "revisions that add a file": lambda n: [("s", "s", f"d/f{i}", [chunk(fqn=f"m{i}")]) for i in range(n // 8)],
    "a chain of bases": lambda n: [(f"v{i - 1}" if i else "s", f"v{i}", "f", [chunk(fqn="m1")]) for i in range(n // 8)],
    "snapshots of a branch": lambda n: [call("cg_create_snapshot", "r", f"v{i}", f"{i:040x}", "main", "s")
                                        for i in range(n // 8)],
    "snapshots without files": lambda n: [call("cg_create_snapshot", "r", f"v{i}") for i in range(n // 8)],
    "repositories": lambda n: [sql for i in range(n // 8) for sql in (
        call("cg_save_repository", f"r{i}"), call("cg_create_snapshot", f"r{i}", "s", None, "main"),
        call("cg_replace_file", f"r{i}", "s", "s", "f", json.dumps([chunk(fqn="m1", content=f"x{i}")])))],
    "soft-deleted files": lambda n: [sql for i in range(n // 8) for sql in (
        call("cg_replace_file", "r", "s", "s", f"g{i}", json.dumps([chunk(fqn=f"m{i}")])),
        call("cg_soft_delete_file_chunks", "r", "s", f"g{i}"))],
}


def make_store(database, files):
    database.define_analyzer("sample_analyzer")
    database.rows(call("cg_save_repository", "r"))
    database.rows(call("cg_create_snapshot", "r", "s", None, "main"))
    database.rows(call("cg_replace_files", "r", "s", "s", json.dumps(files)))


def make_history(database, changes):
    make_store(database, [{"file_path": "f", "chunks": [chunk(fqn="m1")]}])
    for change in changes:
        if isinstance(change, str):
            database.rows(change)
        elif len(change) == 4:
            database.rows(call("cg_replace_file", "r", *change[:3], json.dumps(change[3])))
        else:
            files = [{"file_path": path, "chunks": chunks} for path, chunks in change[2]]
            database.rows(call("cg_replace_files", "r", *change[:2], json.dumps(files)))


# Questions to each store, in this order. The snapshot t is s with every file changed in its attributes, u is s with all
# its files under other names.
QUESTIONS = {
    "cg_repositories": "", "cg_snapshots": "'r'", "cg_refs": "'r'", "cg_files": "'r', 's'", "cg_changed_files": "'r', 's', '{\"f\":\"0\"}'",
    "cg_chunks": "'r', 's'", "cg_chunk": "'r', 's', 'm1'", "cg_file_chunks": "'r', 's', 'f'",
    "cg_chunks_by_kind": "'r', 's', 'unknown'", "cg_chunks_by_fqn": "'m1'",
    "cg_search_content": "'x', 50, 'r'", "cg_file_hash": "'r', 's', 'f'",
    "cg_file_content": "'r', 's', 'f'", "cg_chunk_at": "'r', 's', 'f', 1", "cg_count_chunks": "'r', 's'",
    "cg_snapshot_root": "'r', 'main'", "cg_dependencies": "'r', 's'", "cg_dependencies_from": "'r', 's', 'm1'",
    "cg_dependencies_to": "'r', 's', 'm1'", "cg_references": "'r', 's', 'm1'", "cg_aliases": "'r', 's'",
    "cg_resolve": "'r', 's', 'm1.x()'", "cg_symbols": "'r', 's'", "cg_transitive_dependencies": "'r', 's', 'm1'",
    "cg_transitive_dependents": "'r', 's', 'm1'", "cg_count_dependencies": "'r', 's', 'm1', 1",
    "cg_count_dependents": "'r', 's', 'm1'", "cg_dependency_path": "'r', 's', 'm1', 'm5'", "cg_cycles": "'r', 's'",
    "cg_importance": "'r', 's'", "cg_unreferenced": "'r', 's'", "cg_graph_dot": "'r', 's', 'm1', NULL",
    "cg_graph_mermaid": "'r', 's', 'm1', NULL", "cg_chunk_history": "'r', 'm1'", "cg_log": "'r'", "cg_export": "'r'",
    "cg_stats": "", "cg_status": "", "cg_verify": "", "cg_version": "", "cg_config": "'graph_cache_size'",
    # writers, which leave the snapshots t and u
    "cg_save_chunk": "'r', 's', '{\"file_path\":\"f\",\"content\":\"new\",\"start_line\":2000000000}'",
    "cg_save_chunks": "'r', 's', '[{\"file_path\":\"f\",\"content\":\"newer\",\"start_line\":2000000000}]'",
    "cg_save_dependency": "'r', 's', '{\"from_fqn\":\"m1\",\"to_fqn\":\"m2\"}'",
    "cg_save_dependencies": "'r', 's', '[{\"from_fqn\":\"m1\",\"to_fqn\":\"m3\"}]'",
    "cg_create_snapshot": "'r', 'w', NULL, 'main', 's'",
    "cg_replace_file": "'r', 's', 't', 'f', '[{\"content\":\"y\",\"fqn\":\"m1\"}]'",
    "cg_replace_files": "'r', 's', 'u', '[{\"file_path\":\"f\",\"deleted\":true},"
                        "{\"file_path\":\"g\",\"chunks\":[{\"content\":\"x\",\"fqn\":\"m1\"}]}]'",
    "cg_create_incremental_snapshot": "'r', 's', 'v', '[\"f\"]', 'sample_analyzer'",
    "cg_compare_commits": "'r', 's', 't'", "cg_compare_dependencies": "'r', 's', 't'",
    "cg_compare_files": "'r', 's', 'u'", "cg_impact": "'r', 's', 'u'",
    "cg_soft_delete_file_chunks": "'r', 's', 'f'", "cg_restore_file_chunks": "'r', 's', 'f'",
    "cg_update_file_metadata": "'r', 's', 'f', 'hash'", "cg_index_content": "'r'",
    "cg_set_ref": "'r', 'main', 's'", "cg_rollback": "'r', 's', 0", "cg_seal_snapshot": "'r', 's'", "cg_prune": "'r', 1",
    "cg_delete_snapshot": "'r', 't'", "cg_gc": "'r'", "cg_repair_sequences": "",
    "cg_save_repository": "'x'", "cg_import": CALLS["cg_import"], "cg_delete_repository": "'r'",
}

# Long lists that a writer gets, as its arguments.
LISTS = {
    "cg_save_chunks": {
        "without an FQN": lambda n: [chunk(file_path="f", start_line=i + 1) for i in range(n)],
        "of the same lines": lambda n: [chunk(file_path="f") for _ in range(n)],
        "of many files": lambda n: [chunk(file_path=f"f{i}") for i in range(n)],
    },
    "cg_save_dependencies": {
        "by id": lambda n: by_id(n),
        "of one chunk by id": lambda n: by_id(n, lambda i: 0),
        "by FQN": lambda n: [{"from_fqn": f"m{i}", "to_fqn": f"m{(i * 7) % n}"} for i in range(n)],
        "to names like ids": lambda n: [{"from_fqn": "m0", "to_fqn": f"r:f:missing:{i + 1}-{i + 1}"}
                                        for i in range(n)],
        "to one target": lambda n: [{"from_fqn": f"m{i}", "to_fqn": "m0"} for i in range(n)],
        "to names of colons": lambda n: [{"from_fqn": "m0", "to_fqn": f"r:{':' * 500}{i}:1-1"} for i in range(n // 20)],
    },
}


READS_EVERYTHING = {"cg_export", "cg_verify", "cg_gc", "cg_prune"}
LONGEST_ERROR = 600  # bytes, with two values of which 100 bytes are quoted


class Sweep:
    def __init__(self, arguments, report):
        self.arguments, self.report = arguments, report
        self.factors = (1, 2, 4) if arguments.long else (1, 4)
        self.exports = {}  # by call: for each size the bytes of the export
        self.costs = {}  # by call: for each size the seconds, requests, rows and bytes

    def open(self):
        """A database whose writers leave the content index to cg_index_content: they would do a few large steps, at
        sizes of their own."""
        database = Sqlite(self.arguments.module)
        database.rows(call("cg_config", "auto_index_content", "0"))
        return database

    def wanted(self, name):
        return self.arguments.only in name

    def execute(self, database, name, sql):
        try:
            list(database.connection.execute(sql))
        except sqlite3.Error as error:  # what is refused is refused in time, and shortly
            if len(str(error).encode()) > LONGEST_ERROR:
                self.too_long.append((name, len(str(error)), str(error)))

    def measure(self, database, name, *statements):
        before = self.traffic(database)
        start = time.process_time()
        for sql in statements:
            self.execute(database, name, sql)
        seconds = time.process_time() - start
        after = self.traffic(database)
        self.costs.setdefault(name, []).append((seconds, *(after[k] - before[k] for k in after)))

    too_long = []
    long_fields = 0

    @staticmethod
    def traffic(database):
        try:
            counts = json.loads(database.rows("SELECT codegraph_debug_traffic()")[0][0])
        except Failure:  # a module that is built without fault injection
            return {"requests": 0, "rows": 0, "bytes": 0}
        return {"requests": counts["requests"], "rows": counts["rows_sent"] + counts["rows_received"],
                "bytes": counts["bytes_sent"] + counts["bytes_received"]}

    def run(self, n, text_size):
        for size in (text_size * factor for factor in self.factors):
            database = self.open()
            fill(database)
            for name, function, arguments in calls_with_long_arguments(size):
                if not self.wanted(name):
                    continue
                database.rows("BEGIN")
                self.measure(database, name, database.statement(function, f"{function}({arguments})"))
                database.rows("ROLLBACK")
            database.close()
        if not self.arguments.only:
            self.give_long_fields()
        for size in (n * factor for factor in self.factors):
            for function, kinds in LISTS.items():
                for kind, items in kinds.items():
                    name = f"{function}, a list: {kind}"
                    if not self.wanted(name):
                        continue
                    database = self.open()
                    make_store(database, [file_of([chunk(fqn=f"m{i}", name="unknown", start_line=i + 1)
                                                   for i in range(size)] if "FQN" in kind or "m0" in str(items(20))
                                                  else lines(size))])
                    self.measure(database, name, f"SELECT {function}('r', 's', '{json.dumps(items(size))}')")
                    database.close()
            for stores, make in ((STORES, make_store), (HISTORIES, make_history)):
                for store, files in stores.items():
                    if any(self.wanted(f"{store}: {function}") for function in ["saving", *QUESTIONS]):
                        self.ask(store, make, files(size))

    def give_long_fields(self):
        database = self.open()
        fill(database)
        for number, (function, arguments) in enumerate(calls_with_long_fields(database, 3000)):
            database.rows("BEGIN")
            name = f"{function}, long field {number}"
            self.execute(database, name, database.statement(function, f"{function}({arguments})"))
            database.rows("ROLLBACK")
        self.long_fields = number
        database.close()

    def ask(self, store, make, files):
        database = self.open()
        if make is make_store:
            make(database, [])
            self.measure(database, f"{store}: saving",
                         call("cg_replace_files", "r", "s", "s", json.dumps(files)))
        else:
            make(database, files)
        self.move(store, database)
        for function, arguments in QUESTIONS.items():
            self.measure(database, f"{store}: {function}", database.statement(function, f"{function}({arguments})"))
            if function in READS_EVERYTHING:
                self.relate_to_export(store, function)
        database.close()

    def move(self, store, database):
        """Imports the export of the repository elsewhere: every line as one call."""
        if not self.wanted(f"{store}: importing"):
            return
        lines = [line for (line,) in database.rows("SELECT line FROM cg_export('r')")]
        self.exports.setdefault(store, []).append(sum(map(len, lines)))
        elsewhere = self.open()
        self.measure(elsewhere, f"{store}: importing", *(call("cg_import", line) for line in lines))
        elsewhere.close()
        self.relate_to_export(store, "importing")

    def relate_to_export(self, store, function):
        """What reads everything grows with the export, which grows faster than few snapshots of one small tree do: each
        has a copy of the tree's only node. Makes the last costs those of an export that has grown as n has."""
        sizes = self.exports.get(store)
        if not sizes:
            return
        share = min(1, sizes[0] * self.factors[len(sizes) - 1] / sizes[-1])
        costs = self.costs[f"{store}: {function}"]
        costs[-1] = tuple(cost * share for cost in costs[-1])

    # By measure: how many times as much a call may take at 4n as at n, and what is too little to be judged. A loop of
    # n log n takes up to six times as much, a quadratic one sixteen.
    LIMITS = {"seconds": (8, 0.2), "requests": (8, 40), "rows": (8, 500), "bytes": (8, 100_000)}

    def check(self):
        measures = list(zip(self.LIMITS, zip(*[zip(*costs) for costs in self.costs.values()])))
        for what, of_calls in measures:
            most, least = self.LIMITS[what]
            grown = [(name, costs) for name, costs in zip(self.costs, of_calls)
                      if costs[-1] > least and costs[-1] > most * max(costs[0], least / 16)]
            if what != "seconds" or self.arguments.long:
                self.report.check(f"the {what} of {len(self.costs)} calls grow with their input", grown)
        self.report.check(f"no error quotes much of a value, in {self.long_fields} long fields either", self.too_long)
        shown = {"slowest": lambda seconds: seconds[-1],
                 "grown most": lambda seconds: seconds[-1] / max(seconds[0], 0.01)}
        for title, key in shown.items() if self.arguments.long else ():
            print(f"-- {title}: seconds at n, 2n, 4n")
            for seconds, name in sorted(zip(measures[0][1], self.costs), key=lambda call: -key(call[0]))[:30]:
                print(f"{name:90} {' '.join(f'{s:8.3f}' for s in seconds)}")
        if self.arguments.seconds:
            for name, costs in self.costs.items():
                print(f"{name:100} {' '.join(f'{cost[0]:8.3f}' for cost in costs)}  {[cost[1:] for cost in costs]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--seconds", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--module", default=default_module())
    parser.add_argument("--size", type=int, help="n, of chunks and the like")
    parser.add_argument("--bytes", type=int, help="n, of texts")
    arguments = parser.parse_args()
    report = Report()
    sweep = Sweep(arguments, report)
    functions = sweep.open().functions()
    arguments_of, missing = full_calls()
    report.check("every function of the product is called", [
        *sorted(functions.keys() ^ QUESTIONS.keys()), *sorted(functions.keys() ^ arguments_of.keys()),
        *gaps(functions)])
    report.check("every argument of every function has a value", missing)
    sweep.run(n=arguments.size or (2000 if arguments.long else 120),
              text_size=arguments.bytes or (50_000 if arguments.long else 2_000))
    sweep.check()
    return report.close()


sys.exit(main())
