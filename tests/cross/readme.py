#!/usr/bin/python3
"""Runs the SQL of README.md in SQLite and in PostgreSQL: it has no errors, both give the same rows, and they say what the
text says. Needs the SQLite module in $BUILD and a PostgreSQL server that the PG* variables name."""
import os
import re
import sqlite3
import subprocess
import sys

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
module = os.path.join(root, os.environ.get("BUILD", "build"), "sqlite", "codegraph")
database = "codegraph_readme"
passed = failed = 0


def check(name, ok, shown=""):
    global passed, failed
    print(("ok " if ok else "FAIL ") + name + ("" if ok else f": {shown}"))
    passed, failed = passed + ok, failed + (not ok)


def statements():
    text = open(os.path.join(root, "README.md"), encoding="utf-8").read()
    blocks = re.findall(r"^```sql\n(.*?)^```", text, re.S | re.M)
    code = re.sub(r"^--.*\n", "", "\n".join(blocks), flags=re.M)
    return [s.strip() for s in re.split(r";\s*\n", code) if s.strip()]


def in_sqlite(script):
    connection = sqlite3.connect(":memory:")
    connection.enable_load_extension(True)
    connection.load_extension(module)
    shown = lambda value: "" if value is None else str(value)
    return ["\n".join("|".join(map(shown, row)) for row in connection.execute(s).fetchall()).rstrip("\n") for s in script]


def psql(name, *arguments):
    command = ["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", name, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip("\n")


def in_postgres(script):
    subprocess.run(["createdb", "-E", "UTF8", "-T", "template0", database], check=True)
    try:
        psql(database, "-c", "CREATE EXTENSION codegraph")
        return [psql(database, "-c", s) for s in script]
    finally:
        subprocess.run(["dropdb", database], check=True)


script = statements()
check("README.md has a first session", len(script) >= 7, script)
sqlite_rows, postgres_rows = in_sqlite(script), in_postgres(script)
for statement, ours, theirs in zip(script, sqlite_rows, postgres_rows):
    check(statement.split("\n")[0][:70], ours == theirs, f"SQLite {ours!r}, PostgreSQL {theirs!r}")
answers = dict(zip(script, sqlite_rows))


def answer(function):
    """Of the first statement that calls it."""
    return next(rows for statement, rows in answers.items() if function + "(" in statement)


changes, dependents, impact = map(answer, ("cg_compare_commits", "cg_transitive_dependents", "cg_impact"))
drawing, place = answer("cg_graph_dot"), answer("cg_chunk")
check("the comparison is as described", changes.split("\n") == ["added|session.limit|0", "modified|session.start|1"], changes)
check("the dependents are as described", dependents.split("\n") == ["1|session.start|session.limit", "2|auth.login|session.start"], dependents)
check("the impact leaves out what changed", impact == "1|auth.login|session.start", impact)
check("the drawing is one", drawing.startswith("digraph"), drawing)
check("the function has moved to line 3", place.startswith("app:session.py:start:3-4|"), place)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
