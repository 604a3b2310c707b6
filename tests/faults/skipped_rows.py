#!/usr/bin/python3
"""A user's trigger leaves out what a writer inserts, updates or deletes, and raises no error: RETURN NULL in PostgreSQL,
RAISE(IGNORE) in SQLite. For every table and every writer that touches it the call fails, names the table, and leaves
nothing. What a call touches is what triggers count that only look on. Ends with `N passed, N failed`.

usage: skipped_rows.py [MODULE [sqlite|postgres]]     PostgreSQL is the server that the PG* variables name
"""

import sys

sys.dont_write_bytecode = True
import faults  # noqa: E402  (also finds support/)
from databases import Failure, Postgres, Report, Sqlite, call, default_module  # noqa: E402

EVENTS = {"INSERT": "insertion", "UPDATE": "update", "DELETE": "deletion"}
EXPECTED_CODE = {"sqlite": 1, "postgres": "55000"}


def watch(database):
    """Counts from now on the rows that are touched, by table and event."""
    database.rows("CREATE TABLE touched(name text, event text)")
    for (table,) in database.tables():
        for event in EVENTS:
            note = f"INSERT INTO touched VALUES ('{table}', '{event}')"
            if database.name == "sqlite":
                database.rows(f"CREATE TRIGGER watch_{table}_{event} AFTER {event} ON {table} BEGIN {note}; END")
            else:
                database.rows(f"CREATE FUNCTION watch_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS"
                              f" $$ BEGIN {note.replace('INTO ', 'INTO public.')}; RETURN NULL; END $$")
                database.rows(f"CREATE TRIGGER watch_{event} AFTER {event} ON {table} FOR EACH ROW"
                              f" EXECUTE FUNCTION watch_{table}_{event}()")


def skip(database, table, event):
    if database.name == "sqlite":
        database.rows(f"CREATE TRIGGER skip BEFORE {event} ON {table} BEGIN SELECT RAISE(IGNORE); END")
    else:
        database.rows(f"CREATE TRIGGER skip BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION skip_row()")


def undone(database, act):
    database.rows("BEGIN")
    try:
        return act()
    finally:
        database.rows("ROLLBACK")


def touched_by(database, sql):
    def act():
        watch(database)
        database.rows(sql)
        return database.rows("SELECT DISTINCT name, event FROM touched ORDER BY name, event")
    return undone(database, act)


def problems_when_skipped(database, sql, table, event):
    def act():
        skip(database, table, event)
        before = database.dump()
        try:
            answer = database.rows(sql)
            return [f"{event} of {table} skipped, and the call answers {answer}"]
        except Failure as failure:
            if database.name == "postgres":  # the transaction has ended with the error
                database.rows("ROLLBACK")
                database.rows("BEGIN")
            expected = f"the database skipped the {EVENTS[event]} of a row of {table} without an error"
            problems = [] if failure.code == EXPECTED_CODE[database.name] and expected in failure.text else [
                f"{event} of {table} skipped: {failure}"]
            if database.dump() != before:
                problems.append(f"{event} of {table} skipped, and something is left")
            return problems
    return undone(database, act)


def run(database, report):
    database.define_analyzer("analyze_file")
    if database.name == "postgres":
        database.rows("CREATE FUNCTION skip_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$")
    seen = set()
    for name, sql in faults.SCENARIOS.items():
        database.clear()
        for step in faults.SETUP + faults.PREPARED.get(name, []) + INDEXED.get(name, []):
            database.rows(step)
        touched = touched_by(database, sql)
        problems = [] if touched else ["the call touches nothing"]
        for table, event in touched:
            seen.add((table, event))
            problems += problems_when_skipped(database, sql, table, event)
        report.check(f"{database.name}: {name}: {len(touched)} ways to leave rows out are noticed", problems)
    missing = [(table, "INSERT") for (table,) in database.tables() if (table, "INSERT") not in seen]
    missing += [(table, "DELETE") for (table,) in database.tables() if (table, "DELETE") not in seen]
    report.check(f"{database.name}: every table was inserted into and deleted from", missing)
    database.close()


# So that what they delete has rows in every table.
INDEXED = {"deleting a repository": [call("cg_index_content")],
           "making the content index anew": [call("cg_index_content")]}


def main():
    module = sys.argv[1] if len(sys.argv) > 1 else default_module()
    only = sys.argv[2] if len(sys.argv) > 2 else None
    report = Report()
    faults.add_imports(module)
    if only != "postgres":
        database = Sqlite(module)
        database.rows(call("cg_save_repository", "founds"))
        run(database, report)
    if only != "sqlite":
        run(Postgres("codegraph_skipped_rows"), report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
