#!/usr/bin/python3
"""Allocations fail in the SQLite module, in SQLite and in the libraries under it: one of them, or all from one on, in a
host that is a C program. Every function fails with SQLITE_NOMEM or gives what it always gives; a failed writer wrote
nothing; the connection goes on. memory_host.c has the host, which says more. Ends with `N passed, N failed`."""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import ROOT, Report, Sqlite, call, default_module  # noqa: E402

# How many faults of a call are tried where not all are.
IN_MEMORY, IN_A_FILE, IN_THREADS, AT_LOAD = 16, 4, 12, 60
LINE = re.compile(r"(\w+) (\d+) allocations (\d+) trials (\d+) failed (\d+) succeeded (\d+) problems (.*)")

# Calls that fail without a lack of memory: their errors are made while memory is out.
ERRORS = {
    "cg_chunks": ("SELECT * FROM cg_chunks('r', 'nope')", 'unknown snapshot "nope"'),
    "cg_transitive_dependents": ("SELECT * FROM cg_transitive_dependents('r', 'b', 'nope')", 'unknown chunk "nope"'),
    "cg_save_chunk": ("SELECT cg_save_chunk('r', 'b', '{\"file_path\":\"f1\",\"content\":\"w\",}')", "is not valid JSON"),
    "cg_save_chunks": ("SELECT cg_save_chunks('r', 'b', '[{\"file_path\":\"f1\",\"content\":1}]')", "must be a string"),
    "cg_replace_file": ("SELECT cg_replace_file('r', 'b', 'c', 'f1', '[{\"content\":\"1\",\"chunk_id\":\"t\"},"
                        "{\"content\":\"2\",\"chunk_id\":\"t\"}]')", "duplicate chunk id"),
}


def failing_request(number, sql):
    """A call of which the database refuses a request."""
    return (f"SELECT codegraph_debug_fail_request({number}); {sql}; SELECT codegraph_debug_fail_request(0)",
            f"request {number} failed on demand")


def default_host():
    return str((ROOT / os.environ.get("BUILD", "build") / "tests/faults/codegraph_memory_host").resolve())


class Sweeps:
    def __init__(self, arguments, store):
        self.arguments, self.store, self.futures = arguments, store, []
        self.pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())

    def add(self, place, kind, most, statements):
        """Each statement in a process of its own, which forks for every trial. A statement may stand with the error that
        it gives without a lack of memory."""
        for name, sql in statements.items():
            sql, error = sql if isinstance(sql, tuple) else (sql, "")
            command = [self.arguments.host, self.arguments.sqlite, self.store, kind, str(self.arguments.most if self.arguments.most is not None else most),
                       place, name, sql]
            self.futures.append((f"{place}, {kind}: {name}{error and ': ' + error}", error, self.pool.submit(
                subprocess.run, command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")))

    def report(self, report):
        totals = [0, 0, 0]
        for title, error, future in self.futures:
            output = future.result().stdout
            summary = LINE.search(output)
            problems = [line for line in output.splitlines() if not LINE.fullmatch(line)]
            if summary:
                counts = list(map(int, summary.groups()[2:6]))
                totals = [total + count for total, count in zip(totals, counts)]
                title += f", {counts[0]} of {summary[2]} allocations"
                if error not in summary[7] or (summary[7] and not error):
                    problems.append("without a lack of memory: " + summary[7])
            report.check(title, problems if summary else problems + ["the host ended early"])
        print(f"{totals[0]} faults injected: {totals[1]} calls failed as they must, {totals[2]} succeeded")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module(), help="the module")
    parser.add_argument("--host", default=default_host(), help="the program made of memory_host.c")
    parser.add_argument("--most", type=int, help="how many allocations of each call fail; 0: all of them, which takes long")
    parser.add_argument("--only", default="", help="a part of the name of the functions to try")
    arguments = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "store.db")
        store = Sqlite(arguments.sqlite, path)
        calls.fill(store)
        functions = store.functions()
        report.check("every function has a sample call", calls.gaps(functions))
        statements = {name: store.statement(name, calls.sample(name)) for name in calls.CALLS
                      if name in functions and arguments.only in name}
        store.close()
        writers = {name: sql for name, sql in statements.items() if functions[name]}
        some = {name: sql for name, sql in statements.items() if name in (
            "cg_count_chunks", "cg_replace_file", "cg_transitive_dependents", "cg_verify")}
        errors = {name: error for name, error in ERRORS.items() if arguments.only in name}
        sweeps = Sweeps(arguments, path)
        for kind in "once", "persistent":
            sweeps.add("memory", kind, IN_MEMORY, statements)
            sweeps.add("memory", kind, IN_MEMORY, errors)
            for request in 2, 5:
                sweeps.add("memory", kind, IN_MEMORY, {name: failing_request(request, sql) for name, sql in some.items()})
            sweeps.add("transaction", kind, IN_MEMORY, writers)
            sweeps.add("file", kind, IN_A_FILE, writers)
            sweeps.add("wal", kind, IN_A_FILE, writers)
            sweeps.add("load", kind, AT_LOAD, {name: sql for name, sql in some.items() if name == "cg_count_chunks"})
        sweeps.add("threads", "persistent", IN_THREADS, some)
        sweeps.report(report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
