#!/usr/bin/python3
"""A SQLite file copied by the sqlite3 shell, with .backup, or with .dump read into a new file, without our module: every
table and every reader is as it was, and what is written afterwards is the same. Ends with `N passed, N failed`.

usage: sqlite_dumps.py [--sqlite MODULE]
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Report, Sqlite, call, default_module, outcome  # noqa: E402

ODD = '[{"content": "tab\\t, quote \', backslash \\\\, \\u00e9\\ud83d\\ude00\\r\\n", "fqn": "o\'dd\\n", "chunk_id": "own\\u0001"}]'


def shell(path, command, **options):
    return subprocess.run(["sqlite3", "-batch", "-bail", str(path), *([command] if command else [])], check=True,
                          capture_output=True, **options).stdout


def copied(how, source, target):
    if how == ".backup":
        shell(source, f'.backup "{target}"')
    else:
        shell(target, None, input=shell(source, ".dump"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    module = parser.parse_args().sqlite
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "store.db"
        database = Sqlite(module, f"file:{path}?mode=rwc")
        calls.fill(database)
        functions = database.functions()
        report.check("every function has a sample call", calls.gaps(functions))
        asked = [database.statement(name, calls.sample(name)) for name in calls.sampled(functions)[0]
                 if name not in calls.FINDS_NOTHING]
        database.rows(call("cg_replace_file", "r", "b", "b", "odd 'name'\n", ODD))
        database.rows(call("cg_soft_delete_file_chunks", "r", "b", "f9"))
        database.rows(call("cg_index_content", "r"))
        tables, expected = database.dump(), {sql: outcome(database, sql) for sql in asked}
        report.check("every table and reader has rows", [name for name, rows in tables.items() if not rows]
                     + [sql for sql, rows in expected.items() if not rows or isinstance(rows, str)])
        database.close()
        for how in (".backup", ".dump"):
            target = pathlib.Path(folder) / f"copy{how}.db"
            copied(how, path, target)
            copy = Sqlite(module, f"file:{target}?mode=rw")
            report.check(f"{how}: every table is as it was", [name for name, rows in copy.dump().items() if rows != tables[name]]
                         + sorted(set(tables) - set(copy.dump())))
            report.check(f"{how}: {len(asked)} readers answer alike",
                         [(sql, outcome(copy, sql), answer) for sql, answer in expected.items() if outcome(copy, sql) != answer])
            original = Sqlite(module, f"file:{path}?mode=rw")
            for sql in (call("cg_create_snapshot", "r", "c", None, "main", "b"), call("cg_restore_file_chunks", "r", "c", "f9"),
                        call("cg_save_repository", "after"), "SELECT cg_snapshot_root('r', 'c')"):
                answers = outcome(original, sql), outcome(copy, sql)
                report.check(f"{how}: {sql} does the same", [] if answers[0] == answers[1] and not isinstance(answers[0], str) else [answers])
            original.rows(call("cg_delete_snapshot", "r", "c"))
            original.rows(call("cg_delete_repository", "after"))
            original.close()
            copy.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
