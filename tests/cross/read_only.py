#!/usr/bin/python3
"""A SQLite file that is opened with mode=ro, also as immutable: every reader answers as on the connection that wrote
it, and every writer says SQLITE_READONLY. The module says which functions there are; tests/support/calls.py has a call
of each. Ends with `N passed, N failed`."""
import argparse
import pathlib
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Report, Sqlite, default_module, outcome  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    module = parser.parse_args().sqlite
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "store.db"
        writer = Sqlite(module, f"file:{path}?mode=rwc")
        calls.fill(writer)
        functions = writer.functions()
        report.check("every function has a sample call", calls.gaps(functions))
        asked, refused = ({name: writer.statement(name, calls.sample(name)) for name in names}
                          for names in calls.sampled(functions))
        report.check("every reader has rows, and every writer succeeds",
                     calls.problems_where_all_is_allowed(writer, asked, refused))
        expected = {sql: outcome(writer, sql) for sql in asked.values()}
        writer.close()
        for options in "mode=ro", "mode=ro&immutable=1":
            reader = Sqlite(module, f"file:{path}?{options}")
            reader.define_analyzer("sample_analyzer")
            for sql in asked.values():
                answer = outcome(reader, sql)
                report.check(f"{options}: {sql}",
                             [] if calls.same(sql, answer, expected[sql]) else [("got", answer, "not", expected[sql])])
            for sql in refused.values():
                answer = outcome(reader, sql)
                report.check(f"{options}: {sql} is refused",
                             [] if str(answer).startswith(f"{sqlite3.SQLITE_READONLY}: ") else [answer])
            reader.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
