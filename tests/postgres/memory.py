#!/usr/bin/python3
"""A PostgreSQL backend without memory: its address space is limited to what it has and a little more, as `ulimit -v` does.
Every function fails with 53200 or gives its rows, and the backend lives: without the limit, the same call gives its rows.
Needs the server that PGHOST, PGPORT and PGUSER (a superuser) name, on this machine. Ends with `N passed, N failed`."""
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Failure, Postgres, PostgresConnection, Report, call  # noqa: E402

DATABASE = "codegraph_test_memory"
OUT_OF_MEMORY = "53200"
KILOBYTES = (0, 132, 264, 400, 800, 1600, 6400)  # more than the backend has; malloc() asks for 132 at a time
LARGE = 32 << 20  # bytes of the large text
LARGE_TAKES = 8  # how many times its size saving it may take: docs/performance.md says so


class Backend:
    """A connection whose process gets a limit."""

    def __init__(self):
        self.connection = PostgresConnection(DATABASE)
        self.process = int(self.connection.rows("SELECT pg_backend_pid()")[0][0])
        self.connection.rows("SELECT cg_version()")  # loads the library
        self.connection.rows("SELECT * FROM cg_verify()")  # takes what the stack needs
        self.connection.rows("SET jit = off")  # LLVM ends a backend that is out of memory
        self.connection.rows("DO 'BEGIN END'")  # loads PL/pgSQL, in which the analyzer is written

    def limit(self, size):
        """As the owner of the process, who may do this without more rights."""
        owner = os.stat(f"/proc/{self.process}")
        as_owner = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(["prlimit", "--pid", str(self.process), f"--as={size}:"], check=True, **as_owner)

    def rows(self, sql, kilobytes):
        """Returns what the statement gives with so much memory more than the backend has now: rows or a Failure."""
        status = pathlib.Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        size = int(re.search(r"VmSize:\s+(\d+) kB", status)[1])
        self.limit((size + kilobytes) << 10)
        try:
            return self.connection.rows(sql)
        except Failure as failure:
            return failure
        finally:
            self.limit("unlimited")

    def close(self):
        self.connection.close()


def problems_with(sql, writes, expected):
    """Returns what is wrong, and how many calls were out of memory."""
    problems, failed = [], 0
    for kilobytes in KILOBYTES:
        try:
            backend = Backend()
            if writes:
                backend.connection.rows("BEGIN")
                backend.connection.rows("SAVEPOINT s")
            got = backend.rows(sql, kilobytes)
            is_out = isinstance(got, Failure) and got.code == OUT_OF_MEMORY
            failed += is_out
            if not is_out and got != expected:
                problems.append((kilobytes, got, expected))
            if writes:
                backend.connection.rows("ROLLBACK TO s")
            again = backend.connection.rows(sql)
            if again != expected:
                problems.append((kilobytes, "made again", again, expected))
            backend.close()
        except RuntimeError as end_of_psql:
            problems.append((kilobytes, "the backend ended", end_of_psql))
        except Failure as failure:
            problems.append((kilobytes, "made again", failure))
    return problems, failed


def check_large_text(report):
    """A valid JSON text that there is no memory for is not called malformed, and 8 times its size are enough."""
    backend = Backend()
    made = f"""'[{{"content":"' || repeat('x', {LARGE}) || '","file_path":"large"}}]'"""
    backend.connection.rows(f"CREATE TEMPORARY TABLE large AS SELECT {made} AS json")
    backend.connection.rows("SELECT length(json) FROM large")
    problems, needed, got = [], None, None
    backend.connection.rows("BEGIN")
    for half in range(2 * LARGE_TAKES + 1):
        backend.connection.rows("SAVEPOINT s")
        got = backend.rows("SELECT cg_save_chunks('r', 'b', json) FROM large", half * LARGE >> 11)
        backend.connection.rows("ROLLBACK TO s")
        if not isinstance(got, Failure):
            needed = half / 2
            break
        if got.code != OUT_OF_MEMORY:
            problems.append((half / 2, got))
    if not needed:
        problems.append(("it succeeded with so many times its size:", needed, "the last answer:", got))
    report.check(f"a large JSON text is out of memory below {needed} times its size, and saved with that", problems)
    backend.close()


def main():
    report = Report()
    database = Postgres(DATABASE)
    calls.fill(database)
    functions = database.functions()
    report.check("every function has a sample call", calls.gaps(functions))
    total = 0
    for name in calls.CALLS:
        if name not in functions:
            continue
        sql = database.statement(name, calls.sample(name))
        if name == "cg_status":  # its other columns are of the connection
            sql = sql.replace("*", "repo_id, format, snapshots, revisions, file_versions")
        database.rows("BEGIN")
        expected = database.rows(sql)
        database.rows("ROLLBACK")
        problems, failed = problems_with(sql, functions[name], expected)
        total += failed
        report.check(f"{sql}, {failed} of {len(KILOBYTES)} out of memory", problems)
    print(f"{total} calls were out of memory")
    check_large_text(report)
    database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
