#!/usr/bin/python3
"""A repository's row is deleted by hand, in both databases: cg_verify() finds what is left in every table, the same in
both, no new repository gets any of it, and the other one stays sound. Ends with `N passed, N failed`.

usage: orphans.py [--sqlite MODULE]      PostgreSQL is the server that the PG* variables name
"""
import argparse
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Postgres, Report, Sqlite, call, default_module, outcome  # noqa: E402

PARENTS = {"codegraph_repositories"}
CORRUPT = {"sqlite": "11: ", "postgres": "XX001: "}


def fill(database, repo):
    for sql in (call("cg_save_repository", repo), call("cg_create_snapshot", repo, "s"),
                call("cg_replace_files", repo, "s", "s", json.dumps(
                    [{"file_path": f"f{n}", "chunks": [{"content": f"def f{n}", "fqn": f"f{n}"}]} for n in range(9)])),
                call("cg_set_ref", repo, "v1", "s"), call("cg_index_content", repo)):
        database.rows(sql)


def count(database, table, repo_key):
    return int(database.rows(f"SELECT count(*) FROM {table} WHERE repo_key = {repo_key}")[0][0])


def findings(database, argument=""):
    return database.rows(f"SELECT repo_id, object, problem FROM cg_verify({argument})")


def check(database, report):
    name = database.name
    for repo in "gone", "other":
        fill(database, repo)
    report.check(f"{name}: the store is sound at first", findings(database))
    key = database.rows("SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'gone'")[0][0]
    tables = [table for (table,) in database.tables() if table not in PARENTS]
    counts = {table: count(database, table, key) for table in tables}
    report.check(f"{name}: every table has rows of it", [table for table in tables if not counts[table]])
    # The row of the last repository, so that the greatest key is free.
    database.rows("DELETE FROM codegraph_repositories WHERE repo_id = 'other'")
    database.rows("DELETE FROM codegraph_repositories WHERE repo_id = 'gone'")
    told = findings(database)
    report.check(f"{name}: cg_verify() counts what is left in each table", [
        table for table in tables if (None, table.removeprefix("codegraph_"),
                                      f"rows that belong to no repository, with the repo_key {key}: {counts[table]}") not in told]
        + ([told] if len(told) != 2 * len(tables) else []))
    for repo in "heir", "second heir":
        database.rows(call("cg_save_repository", repo))
    heirs = database.rows("SELECT snapshots, file_versions, chunks, contents FROM cg_stats('heir')")
    report.check(f"{name}: a new repository inherits nothing", [] if heirs == [("0", "0", "0", "0")] else [heirs])
    report.check(f"{name}: and is sound", findings(database, "'heir'") + findings(database, "'second heir'"))
    report.check(f"{name}: cg_verify() still tells the same", [] if findings(database) == told else [findings(database)])
    for table in tables:
        database.rows(f"DELETE FROM {table} WHERE repo_key NOT IN (SELECT repo_key FROM codegraph_repositories)")
    report.check(f"{name}: without what was left the store is sound", findings(database))
    return sorted((entry[1], re.sub(r"\d+", "N", entry[2])) for entry in told)


def check_parents(database, report):
    """Rows whose parent within the repository is gone: the parent, and the table whose rows belong to nothing."""
    name = database.name
    fill(database, "r")
    for parent, child in (("snapshots", "log"), ("snapshots", "ref v1"), ("files", "chunks"), ("symbols", "definitions")):
        database.rows("BEGIN")
        database.rows(f"DELETE FROM codegraph_{parent} WHERE repo_key = (SELECT repo_key FROM codegraph_repositories"
                      " WHERE repo_id = 'r')")
        told = findings(database, "'r'")
        database.rows("ROLLBACK")
        report.check(f"{name}: {child} without their {parent} are told",
                     [] if any(entry[1] == child for entry in told) else [told])


def check_lost_numbers(database, report):
    """SQLite's record of the keys that it has given is lost as well, and what is left has the next key."""
    fill(database, "last")
    database.rows("DELETE FROM codegraph_repositories WHERE repo_id = 'last'")
    database.rows("DELETE FROM sqlite_sequence")
    answer = outcome(database, call("cg_save_repository", "heir of last"))
    report.check(f"{database.name}: a key that rows of nothing have is refused",
                 [] if isinstance(answer, str) and answer.startswith(CORRUPT[database.name]) else [answer])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    arguments = parser.parse_args()
    report, told = Report(), []
    databases = []
    if arguments.only != "postgres":
        databases.append(Sqlite(arguments.sqlite))
    if arguments.only != "sqlite":
        databases.append(Postgres("codegraph_orphans"))
    for database in databases:
        told.append(check(database, report))
        check_parents(database, report)
        if database.name == "sqlite":
            check_lost_numbers(database, report)
        database.close()
    report.check("both databases tell the same", [] if all(entry == told[0] for entry in told) else told)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
