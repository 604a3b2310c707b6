"""Connects scripts to both databases in one way. SQLite is Python's own module with the extension loaded; PostgreSQL is
a psql process on the server that the PG* variables name. A script ends with the closing line of a Report."""

import io
import os
import pathlib
import re
import sqlite3
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def default_module():
    return str((ROOT / os.environ.get("BUILD", "build") / "sqlite" / "codegraph.so").resolve())


def quoted(value):
    """A value as SQL of both databases."""
    if value is None:
        return "NULL"
    if isinstance(value, (int, float)):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def call(function, *arguments):
    return f"SELECT {function}({', '.join(map(quoted, arguments))})"


class Failure(Exception):
    """An error of the database: its text, and its SQLSTATE or SQLite's primary result code."""

    def __init__(self, code, text):
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


def outcome(database, sql):
    """Returns the rows of a statement, or the text of its Failure."""
    try:
        return database.rows(sql)
    except Failure as error:
        return str(error)


class Sqlite:
    name = "sqlite"
    DIRECT_ONLY = 0x80000  # SQLITE_DIRECTONLY, which the module gives to every function that is no reader

    def __init__(self, module, path=":memory:"):
        """Opens a file, or what a name that begins with `file:` says."""
        self.connection = sqlite3.connect(path, isolation_level=None, uri=path.startswith("file:"))
        self.connection.enable_load_extension(True)
        self.connection.load_extension(module)

    def rows(self, sql):
        """The rows as tuples of text and None, as psql would print them."""
        try:
            return [tuple(map(self._text, row)) for row in self.connection.execute(sql)]
        except sqlite3.Error as error:
            raise Failure(error.sqlite_errorcode & 0xFF, str(error)) from None

    @staticmethod
    def _text(value):
        if isinstance(value, float):
            return str(int(value)) if value == int(value) else repr(value)
        return value.hex() if isinstance(value, bytes) else None if value is None else str(value)

    def functions(self):
        """Returns the functions of the product: their names, and whether the product says that they write. A table
        function never does."""
        known = {name: False for (name,) in self.rows("SELECT name FROM pragma_module_list WHERE name GLOB 'cg_*'")}
        for name, flags in self.rows("SELECT name, flags FROM pragma_function_list WHERE name GLOB 'cg_*'"):
            known[name] = bool(int(flags) & self.DIRECT_ONLY)
        return known

    def statement(self, name, sample):
        """Returns the statement that makes the call and gives its rows."""
        is_table = self.rows(f"SELECT 1 FROM pragma_module_list WHERE name = {quoted(name)}")
        return f"SELECT {'* FROM ' if is_table else ''}{sample}"

    def fail_request(self, number):
        self.rows(f"SELECT codegraph_debug_fail_request({number})")

    def define_analyzer(self, name):
        """A function that makes one chunk of each path."""
        self.connection.create_function(name, 1, lambda path: '{"chunks":[{"content":"%s"}]}' % path)

    def clear(self):
        for (table,) in self.tables():
            self.rows(f"DELETE FROM {table}")

    def tables(self):
        return self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'codegraph~_%' ESCAPE '~'"
                         " ORDER BY name")

    def dump(self):
        """Every row of every table of ours."""
        return {table: sorted(self.rows(f"SELECT * FROM {table}"), key=repr) for (table,) in self.tables()}

    def close(self):
        self.connection.close()


class PostgresConnection:
    """A connection to a database that is there; with `host` and `port`, on another server than the PG* variables name."""
    name = "postgres"
    END = "-- end of the answer --\n"
    COLUMN, ROW, NULL = "\ue001", "\ue002", "\ue003"  # for private use: no content has them

    def __init__(self, database, host=None, port=None):
        self.database = database
        server = [*(["-h", host] if host else []), *(["-p", str(port)] if port else [])]
        self.psql = subprocess.Popen(
            ["psql", "-X", "-q", "-A", "-t", "-F", self.COLUMN, "-R", self.ROW, "-P", "null=" + self.NULL,
             "-v", "VERBOSITY=verbose", *server, "-d", database],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        # Contents may hold every line end: none is translated.
        self.input = io.TextIOWrapper(self.psql.stdin, encoding="utf-8", newline="")
        self.output = io.TextIOWrapper(self.psql.stdout, encoding="utf-8", newline="\n")
        self.rows("SET client_min_messages = error")

    def rows(self, sql):
        self.input.write(sql + ";\n\\echo '" + self.END.rstrip() + "'\n")
        self.input.flush()
        lines = []
        while not lines or lines[-1] != self.END:
            lines.append(self.output.readline())
            if not lines[-1]:
                raise RuntimeError("psql ended: " + "".join(lines))
        answer = "".join(lines[:-1])
        error = re.match(r"(?:ERROR|FATAL|PANIC):  (\w{5}): ([^\n]*)", answer)
        if error:
            raise Failure(*error.groups())
        if answer.endswith("\n"):
            answer = answer[:-1]
        if not answer:
            return []
        return [tuple(None if value == self.NULL else value for value in row.split(self.COLUMN)) for row in answer.split(self.ROW)]

    def functions(self):
        """Returns the functions of the product: their names, and whether the product says that they write."""
        return {name: volatility == "v" for name, volatility in self.rows(
            "SELECT DISTINCT proname, provolatile FROM pg_proc JOIN pg_depend ON objid = pg_proc.oid AND deptype = 'e'"
            " JOIN pg_extension ON pg_extension.oid = refobjid AND extname = 'codegraph' WHERE proname ~ '^cg_'"
            " AND classid = 'pg_proc'::regclass AND refclassid = 'pg_extension'::regclass")}

    @staticmethod
    def statement(name, sample):
        """Returns the statement that makes the call and gives its rows."""
        return f"SELECT * FROM {sample}"

    def go_on_after_errors(self):
        """From now on an error leaves the transaction usable, as it does in SQLite."""
        self.input.write("\\set ON_ERROR_ROLLBACK on\n")

    def close(self):
        self.input.close()
        self.psql.wait()
        self.output.close()


class Postgres(PostgresConnection):
    def __init__(self, database):
        """A new database, which replaces one of that name."""
        for sql in (f"DROP DATABASE IF EXISTS {database}",
                    f"CREATE DATABASE {database} ENCODING 'UTF8' TEMPLATE template0"):
            self._administrate(sql)
        super().__init__(database)
        self.rows("CREATE EXTENSION codegraph")

    @staticmethod
    def _administrate(sql):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-c", sql], check=True,
                       env={**os.environ, "PGOPTIONS": "-c client_min_messages=error"})

    def fail_request(self, number):
        self.rows(f"SET codegraph.debug_fail_request = {number}")

    def define_analyzer(self, name):
        self.rows(f"""CREATE FUNCTION {name}(path text) RETURNS text LANGUAGE plpgsql AS $$
            BEGIN RETURN '{{"chunks":[{{"content":"' || path || '"}}]}}'; END $$""")

    def clear(self):
        self.rows("TRUNCATE " + ", ".join(table for (table,) in self.tables()))

    def tables(self):
        return self.rows("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'codegraph~_%' ESCAPE '~'"
                         " AND relnamespace = 'public'::regnamespace ORDER BY relname")

    def dump(self):
        return {table: self.rows(f"SELECT t::text FROM {table} t ORDER BY 1") for (table,) in self.tables()}

    def close(self):
        super().close()
        self._administrate(f"DROP DATABASE {self.database}")


class Report:
    """Prints `ok` and `FAIL` lines, and the closing line."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, problems):
        """Passes when there are no problems."""
        if problems:
            self.failed += 1
            print(f"FAIL {name}")
            for problem in problems[:5]:
                print("    " + str(problem)[:2000])
        else:
            self.passed += 1
            print(f"ok {name}", flush=True)

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0
