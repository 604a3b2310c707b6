#!/usr/bin/python3
"""Runs the examples of pages of the manual on PostgreSQL: the blocks marked `sql` of a page one after the other, in a
database of its own. Where a block marked `text` follows, the block prints that. Needs the extension installed and a
server, whose superuser the PG* variables name. Ends with `N passed, N failed`."""
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Postgres, Report  # noqa: E402

DOCS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs"
PAGES = ["row_security.md", "triggers.md"]
ROLES = ["tenant_app", "keeper"]
DATABASE = "codegraph_test_pages"


def blocks(page):
    """The examples of a page: the SQL, and what it prints, where the page says so."""
    found = re.findall(r"^```(sql|text)\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.S | re.M)
    return [(text, found[i + 1][1] if i + 1 < len(found) and found[i + 1][0] == "text" else None)
            for i, (kind, text) in enumerate(found) if kind == "sql"]


def psql(database, script):
    return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-"], input=script,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def play(page, report):
    examples = blocks(page)
    report.check(f"{page}: it has examples", [] if any(printed for _, printed in examples) else ["none prints anything"])
    database = Postgres(DATABASE)
    try:
        for number, (sql, printed) in enumerate(examples, 1):
            answer = psql(DATABASE, sql)
            output = re.sub(r"^psql:<stdin>:\d+: ", "", answer.stdout, flags=re.M)
            problems = [output] if answer.returncode else []
            if printed is not None and output != printed:
                problems += [f"expected: {printed}", f"got: {output}"]
            report.check(f"{page}: example {number} does what it says", problems)
    finally:
        for role in ROLES:
            if database.rows(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
                database.rows(f"DROP OWNED BY {role}")
                database.rows(f"DROP ROLE {role}")
        database.close()


def main():
    report = Report()
    for page in PAGES:
        play(page, report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
