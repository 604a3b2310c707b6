#!/usr/bin/python3
"""No function takes more than about linear time, requests and bytes in the size of an argument or of what is stored.

Every function of the product is called at n, 2n and 4n of each of its arguments (long texts of special characters, long
JSON arrays), and every reader and the writers at n, 2n and 4n of what is stored (chunks without an FQN, of one FQN, of
the same lines, hubs, stars, cycles, bipartite graphs, snapshots, revisions and others). SQLite runs in this process, so
that the time of the processor tells what a call took, whatever else the machine does; how many requests and bytes a
call takes is counted exactly.

usage: growth.py [--long] [--seconds] [--only TEXT] [--module FILE] [--size N] [--bytes N]

Without --long the sizes are small, and requests and bytes alone decide. --long takes sizes at which a quadratic loop
shows in the time of the processor, too, and some minutes; it prints the slowest calls. --seconds prints every call.
Ends with `N passed, N failed`."""
import argparse
import json
import pathlib
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from calls import CALLS, fill  # noqa: E402
from databases import Failure, Report, Sqlite, call, default_module  # noqa: E402

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


def calls_with_long_arguments(size):
    for function, arguments in CALLS.items():
        texts = list(re.finditer(r"'((?:[^']|'')*)'", arguments))
        for place, text in enumerate(texts):
            for name, value in long_texts(size):
                given = arguments[:text.start()] + "'" + value.replace("'", "''") + "'" + arguments[text.end():]
                yield f"{function}, text {place + 1}: {name}", function, given


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

# Each with the requests that make it; the store then has the snapshots s and t.
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
}


def make_store(database, files):
    database.define_analyzer("sample_analyzer")
    database.rows(call("cg_save_repository", "r"))
    database.rows(call("cg_create_snapshot", "r", "s", None, "main"))
    database.rows(call("cg_replace_files", "r", "s", "s", json.dumps(files)))


def make_history(database, changes):
    make_store(database, [{"file_path": "f", "chunks": [chunk(fqn="m1")]}])
    for change in changes:
        if len(change) == 4:
            database.rows(call("cg_replace_file", "r", *change[:3], json.dumps(change[3])))
        else:
            files = [{"file_path": path, "chunks": chunks} for path, chunks in change[2]]
            database.rows(call("cg_replace_files", "r", *change[:2], json.dumps(files)))


# Questions to each store, in this order. The snapshot t is s with every file changed in its attributes, u is s with all
# its files under other names.
QUESTIONS = {
    "cg_repositories": "", "cg_snapshots": "'r'", "cg_files": "'r', 's'", "cg_changed_files": "'r', 's', '{\"f\":\"0\"}'",
    "cg_chunks": "'r', 's'", "cg_chunk": "'r', 's', 'm1'", "cg_file_chunks": "'r', 's', 'f'",
    "cg_chunks_by_kind": "'r', 's', 'unknown'", "cg_chunks_by_fqn": "'m1'",
    "cg_search_content": "'x', 50, 'r'", "cg_file_hash": "'r', 's', 'f'", "cg_count_chunks": "'r', 's'",
    "cg_snapshot_root": "'r', 'main'", "cg_dependencies": "'r', 's'", "cg_dependencies_from": "'r', 's', 'm1'",
    "cg_dependencies_to": "'r', 's', 'm1'", "cg_transitive_dependencies": "'r', 's', 'm1'",
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
    "cg_compare_commits": "'r', 's', 't'", "cg_compare_files": "'r', 's', 'u'", "cg_impact": "'r', 's', 'u'",
    "cg_soft_delete_file_chunks": "'r', 's', 'f'", "cg_restore_file_chunks": "'r', 's', 'f'",
    "cg_update_file_metadata": "'r', 's', 'f', 'hash'", "cg_index_content": "'r'",
    "cg_rollback": "'r', 's', 0", "cg_seal_snapshot": "'r', 's'", "cg_prune": "'r', 1",
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


class Sweep:
    def __init__(self, arguments, report):
        self.arguments, self.report = arguments, report
        self.costs = {}  # by call: for each size the seconds, requests and bytes

    def open(self):
        return Sqlite(self.arguments.module)

    def wanted(self, name):
        return self.arguments.only in name

    def measure(self, database, name, sql):
        before = self.traffic(database)
        start = time.process_time()
        try:
            list(database.connection.execute(sql))
        except Exception as error:  # what is refused is refused in time
            if len(str(error).encode()) > 1500:
                self.too_long.append((name, len(str(error))))
        seconds = time.process_time() - start
        after = self.traffic(database)
        self.costs.setdefault(name, []).append((seconds, *(after[k] - before[k] for k in after)))

    too_long = []

    @staticmethod
    def traffic(database):
        try:
            counts = json.loads(database.rows("SELECT codegraph_debug_traffic()")[0][0])
        except Failure:  # a module that is built without fault injection
            return {"requests": 0, "bytes": 0}
        return {"requests": counts["requests"], "bytes": counts["bytes_sent"] + counts["bytes_received"]}

    def run(self, n, text_size):
        for size in (text_size, 2 * text_size, 4 * text_size):
            database = self.open()
            fill(database)
            for name, function, arguments in calls_with_long_arguments(size):
                if not self.wanted(name):
                    continue
                database.rows("BEGIN")
                self.measure(database, name, database.statement(function, f"{function}({arguments})"))
                database.rows("ROLLBACK")
            database.close()
        for size in (n, 2 * n, 4 * n):
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

    def ask(self, store, make, files):
        database = self.open()
        if make is make_store:
            make(database, [])
            self.measure(database, f"{store}: saving",
                         call("cg_replace_files", "r", "s", "s", json.dumps(files)))
        else:
            make(database, files)
        for function, arguments in QUESTIONS.items():
            self.measure(database, f"{store}: {function}", database.statement(function, f"{function}({arguments})"))
        database.close()

    def check(self, least_seconds):
        """At 4n at most six times as much as at n, where it is much at all: a quadratic loop takes sixteen times."""
        def grows(costs, least):
            return costs[-1] > least and costs[-1] > 8 * max(costs[0], least / 16)

        problems = {"requests": [], "bytes": [], "seconds": []}
        for name, costs in self.costs.items():
            seconds, requests, size = zip(*costs)
            if self.arguments.seconds:
                print(f"{name:100} {' '.join(f'{s:8.3f}' for s in seconds)}  {requests}  {size}")
            if grows(requests, 40):
                problems["requests"].append((name, requests))
            if grows(size, 200_000):
                problems["bytes"].append((name, size))
            if grows(seconds, least_seconds):
                problems["seconds"].append((name, seconds))
        for what in ("requests", "bytes") + (("seconds",) if self.arguments.long else ()):
            self.report.check(f"the {what} of {len(self.costs)} calls grow with their input", problems[what])
        self.report.check("no error quotes much of a value", self.too_long)
        if self.arguments.long:
            for name, costs in sorted(self.costs.items(), key=lambda item: -item[1][-1][0])[:40]:
                print(f"{name:90} {' '.join(f'{cost[0]:8.3f}' for cost in costs)}")


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
    report.check("every function of the product is called", sorted(functions.keys() ^ QUESTIONS.keys()))
    sweep.run(n=arguments.size or (2000 if arguments.long else 120),
              text_size=arguments.bytes or (50_000 if arguments.long else 2_000))
    sweep.check(least_seconds=0.2)
    return report.close()


sys.exit(main())
