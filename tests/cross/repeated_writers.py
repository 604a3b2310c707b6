#!/usr/bin/python3
"""Every writer succeeds when it is called again right after it succeeded, as drivers do that run a statement twice to
fetch its rows, and changes nothing the second time. tests/support/calls.py has a call of each writer; the lines of an
export are imported besides. Ends with `N passed, N failed`.

usage: repeated_writers.py [--sqlite MODULE] (a PostgreSQL server by the PG* variables)
"""
import argparse
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Postgres, Report, Sqlite, call, default_module, outcome  # noqa: E402

# These change the generation of the repository whenever they run.
CHANGES_EACH_TIME = {"cg_gc", "cg_prune"}


def problems_of(database, sql):
    """What is wrong with calling this twice. Nothing stays written."""
    database.rows("BEGIN")
    first, between = outcome(database, sql), database.dump()
    second, after = outcome(database, sql), database.dump()
    database.rows("ROLLBACK")
    problems = [answer for answer in (first, second) if isinstance(answer, str)]
    name = re.search(r"cg_\w+", sql)[0]
    return problems + ([sql] if between != after and name not in CHANGES_EACH_TIME else [])


def imported_twice(database, lines):
    problems = []
    for line in lines:
        answers = [outcome(database, call("cg_import", line)) for _ in range(2)]
        if answers[1] != [("0",)]:
            problems.append((line[:200], answers))
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    module = parser.parse_args().sqlite
    report = Report()
    for database in Sqlite(module), Postgres("codegraph_repeated"):
        calls.fill(database)
        functions = database.functions()
        report.check(f"{database.name}: every function has a sample call", calls.gaps(functions))
        for name in calls.sampled(functions)[1]:
            sql = database.statement(name, calls.sample(name))
            report.check(f"{database.name}: {sql[:100]}, twice", problems_of(database, sql))
        lines = [line for line, in database.rows("SELECT line FROM cg_export('r')")]
        database.rows(call("cg_delete_repository", "r"))
        report.check(f"{database.name}: each of {len(lines)} lines of an export, twice", imported_twice(database, lines))
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
