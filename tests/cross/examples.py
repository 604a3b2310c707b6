#!/usr/bin/python3
"""Runs the examples of the pages in docs/ in both databases, and compares what they print with what the page shows.

A page takes part by having the line MARK. An example is a ```sql block with a ```text block right behind it. The text is
what the statements of the block give, one row a line, columns separated by `|`, NULL as nothing; statements that call a
writer show nothing. The examples of a page are run in their order, in one new database. A block without a text behind it
is not run. An example avoids what the databases print differently, such as booleans and times.

Ends with `N passed, N failed`.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/support"))
from databases import Postgres, Report, Sqlite, default_module, outcome  # noqa: E402

MARK = "<!-- tests/cross/examples.py runs the examples of this page. -->"
EXAMPLE = re.compile(r"^```sql\n((?:(?!```).*\n)*)```\n\s*^```text\n((?:(?!```).*\n)*)```", re.M)
SAMPLE = """
```sql
SELECT not_run();
```

Words.

```sql
SELECT cg_save_repository('a;
b');
SELECT 1, NULL,
    'x'; -- and; more
SELECT '' WHERE 1 = 0;
```
```text
1||x
```
"""


def statements(code):
    """The statements of a block: each ends with a semicolon at the end of a line, outside of quotes."""
    found, statement = [], ""
    for line in re.sub(r"\s--.*$", "", code, flags=re.M).split("\n"):
        statement += line + "\n"
        if line.rstrip().endswith(";") and statement.count("'") % 2 == 0:
            found.append(statement.strip().rstrip(";"))
            statement = ""
    return found + [statement.strip()] * bool(statement.strip())


def examples(text):
    """Pairs of statements and what they are to print."""
    return [(statements(code), shown.rstrip("\n")) for code, shown in EXAMPLE.findall(text)]


def printed(database, writers, code):
    lines = []
    for statement in code:
        rows = outcome(database, statement)
        if isinstance(rows, str):
            lines.append(rows)
        elif not writers & set(re.findall(r"\bcg_\w+", statement)):
            lines += ["|".join("" if value is None else value for value in row) for row in rows]
    return "\n".join(lines)


def main():
    report = Report()
    report.check("the examples of a sample are found", examples(SAMPLE) != [
        (["SELECT cg_save_repository('a;\nb')", "SELECT 1, NULL,\n    'x'", "SELECT '' WHERE 1 = 0"], "1||x")])
    pages = [page for page in sorted((ROOT / "docs").glob("*.md")) if MARK in page.read_text(encoding="utf-8")]
    report.check("some page takes part", not pages)
    for page in pages:
        name, found = page.relative_to(ROOT), examples(page.read_text(encoding="utf-8"))
        report.check(f"{name} has examples", not found)
        for database in Sqlite(default_module()), Postgres("codegraph_examples"):
            writers = {function for function, writes in database.functions().items() if writes}
            for number, (code, shown) in enumerate(found, 1):
                got = printed(database, writers, code)
                report.check(f"{name}, example {number}, {database.name}", got != shown and ["got", got, "shown", shown])
            database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
