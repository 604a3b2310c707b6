#!/usr/bin/python3
"""Damages every column of every table with extreme values and values of other types, and every page of a SQLite file,
and then makes every call of the product. Each call ends in time and within bounded memory. It answers as before or
says *data corrupted* (XX001, SQLITE_CORRUPT). UNSEEN lists the columns whose damage a call may take for the truth, and
ELSEWHERE those that make a name unknown. A document of type json is one, and cg_verify says what its manual promises.
The tables and columns are those of the database. Ends with `N passed, N failed`, and prints figures.

usage: damage_sweep.py [--sqlite MODULE] [--only sqlite|postgres] [--seed N] [--values N] [--pages N] [--all]
    --values N   how many values a column gets, chosen by the seed (default 2 in SQLite, 1 in PostgreSQL)
    --pages N    how many damaged files of each page size (default 40)
    --all        every value in every column, and 2,000 damaged files: some minutes
PostgreSQL is the server that the PG* variables name.
"""
import argparse
import collections
import copyreg
import json
import mmap
import os
import pathlib
import pickle
import re
import resource
import signal
import sqlite3
import struct
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Failure, Postgres, PostgresConnection, Report, Sqlite, call, default_module  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402

copyreg.pickle(Failure, lambda failure: (Failure, (failure.code, failure.text)))

CORRUPT = {"sqlite": 11, "postgres": "XX001"}
SECONDS = 10  # of one call
MEGABYTES = 512  # more than the process had
# What an error text never has: it would come from the C++ library, or be a defect.
FOREIGN = re.compile(r"::|_M_|basic_string|bad_alloc|length_error|vector|internal error|exception|the core gave")

# Calls beside those of calls.py, which have one of each function.
MORE_READERS = [
    "cg_chunks('r', 'b', true)", "cg_chunk('r', 'b', 'id one')", "cg_file_chunks('r', 'b', 'f3')", "cg_files('r', 'a')",
    "cg_search_content('zz', 50, 'r', 'b')", "cg_search_content('z')", "cg_search_content('z', NULL, 'r', 'a')",
    "cg_count_chunks('r', 'b@{1}')", "cg_snapshot_root('r', 'main@{2100-01-01T00:00:00Z}')", "cg_log('r', 'b')",
    "cg_snapshots('s')", "cg_count_chunks('r', 'v1~1')", "cg_export('s')", "cg_stats('r')", "cg_verify('r')", "cg_compare_commits('r', 'b', 'a')",
    "cg_transitive_dependencies('r', 'b', 'm3', 2)", "cg_chunk_history('r', 'id one')", "cg_cycles('r', 'b')",
    "cg_impact('r', 'b', 'a')", "cg_chunks('s', 'main')"]
MORE_WRITERS = [
    "cg_save_repository('r', 'other name')", "cg_create_snapshot('r', 'a', NULL, NULL, NULL, NULL, '{\"k\":1}')",
    "cg_create_snapshot('r', 'd', NULL, NULL, 'b')", "cg_rollback('r', 'b', 0)", "cg_gc()",
    "cg_prune('r', NULL, '2100-01-01T00:00:00Z')", "cg_soft_delete_file_chunks('r', 'b', 'f3')",
    "cg_replace_file('r', 'b', 'b', 'f3', '[{\"content\":\"new\",\"fqn\":\"m3\"}]')", "cg_delete_snapshot('r', 'b')"]

# What no check can see, by table and column: a call may answer with the other value.
NOTHING = "$."
ALL = ""
CHUNK_ROWS = "cg_(chunks|chunk_at|file_chunks|file_content|unreferenced|search_content|files)"
NAMES = "cg_(dependenc|references|resolve|aliases|symbols|transitive|count_depend|importance|impact|cycles|graph|unreferenced|chunk|save_depend|compare_(commits|dependencies))"
BY_NAME = "cg_(chunk\\(|chunks_by_fqn|chunk_history|dependencies_from|transitive_dependencies|count_dependencies|save_depend)"
UNSEEN = [
    ("(repositories|snapshots|refs|log)\\.", ALL),
    ("chunks\\.", CHUNK_ROWS),
    ("files\\.(attrs|dependency_count)", "cg_files"),
    ("files\\.file_hash", "cg_(files|file_hash|changed_files|compare_files|create_incremental)"),
    ("files\\.indexed_at", "cg_(chunk|file|search|unreferenced|export)"),
    ("contents\\.|files\\.(repo_key|file_key|digest|path)", "cg_(search|index)_content"),  # these take what is there
    ("symbols\\.", NAMES),
    ("definitions\\.", BY_NAME),
]
COUNTS_WHAT_IS_THERE = "cg_(stats|status|repair_sequences)"
# The columns that nothing vouches for: cg_verify need not find another value in them.
NOT_VERIFIED = re.compile(
    "repositories\\.|snapshots\\.(?!root|revision|repo_key)|refs\\.|log\\.(operation|file_count|actor|logged_at|repo_key)|files.indexed_at"
    "|definitions\\.|content_roots\\.repo_key")  # an indexed root that is lost is looked at again
# What makes something be looked for elsewhere, or be another's: a call may also say that it is not there.
ELSEWHERE = [
    ("(repositories|snapshots|refs)\\.", {1, "42704"}),
    ("repositories\\.format", {"0A000", "55000"}),
    ("repositories\\.repo_id", {"42710"}),  # an import finds its repository there
    ("snapshots\\.(sealed|base_snapshot_id|revision|root)", {"55000"}),
    ("(snapshots|log)\\.(revision|snapshot_key|repo_key)", {1, "42704"}),
    ("(symbols|definitions)\\.", {1, "42704"}),
]


def fill(database):
    """What the sample calls ask for, and each column with a value."""
    calls.fill(database)
    database.rows(call("cg_create_snapshot", "r", "b", "c0ffee", "main", None, "2026-01-01T00:00:00Z", '{"author":"x"}'))
    database.rows(call("cg_replace_file", "r", "b", "b", "f3", json.dumps([
        {"content": "zz f3", "fqn": "m3", "kind": "function", "language": "python", "symbol_visibility": "public",
         "signature": "m3()", "summary": "three", "importance": 0.25, "attrs": {"n": 3}, "name": "three"},
        {"content": "zz id\n\nx\n\n\n", "chunk_id": "id one", "start_line": 5, "end_line": 9},
        {"content": "x", "name": "nested", "start_line": 7}]),
        json.dumps([{"from_fqn": "m3", "to_fqn": "m4", "confidence": 0.5, "sites": [[1, 2]]}]), "hash of f3", '{"size":3}'))
    database.rows(call("cg_save_repository", "s", "s", "https://example.org/s", "/s", "main"))
    database.rows(call("cg_create_snapshot", "s", "main", "beef", "main", None, None, '{"n":1}'))
    database.rows(call("cg_replace_file", "s", "main", "main", "f", '[{"content":"zzz","fqn":"z"}]'))
    database.rows(call("cg_index_content"))
    database.rows(call("cg_save_chunk", "r", "b", '{"file_path":"f8","content":"zz later","fqn":"m8b","start_line":4}'))


def sample_calls(database):
    """Every call: its text, its statement, and whether it writes."""
    functions = database.functions()
    readers, writers = calls.sampled(functions)
    listed = [(calls.sample(name), name in writers) for name in readers + writers]
    listed += [(sample, False) for sample in MORE_READERS] + [(sample, True) for sample in MORE_WRITERS]
    return [(sample, database.statement(sample.split("(")[0], sample), writes) for sample, writes in listed]


# ---- values

def integers(kind):
    values = [2**63 - 1, -2**63, -1, 0, 1, 10**11, 2**31, 2**32]
    return [str(value) for value in values if kind != "integer" or -2**31 <= value < 2**31]


def values_of(name, kind, value, nullable, source):
    """SQL texts of values for a column of this type that has this value, which is hexadecimal for bytes."""
    sqlite = name == "sqlite"
    blob = (lambda data: f"x'{data.hex()}'") if sqlite else (lambda data: f"'\\x{data.hex()}'::bytea")
    text = lambda value: "'" + value.replace("'", "''") + "'"
    kind = kind.lower()
    null = ["NULL"] if nullable else []
    foreign = ["'text'", "x'00ff'", "1.5", "''", "7"] if sqlite else []
    if kind in ("bigint", "integer"):
        return integers(kind) + foreign + null
    if kind == "boolean":
        return ["NOT {column}"] + null
    if kind in ("real", "double precision"):
        infinite = ["9e999", "-9e999"] if sqlite else ["'Infinity'", "'-Infinity'", "'NaN'"]
        return infinite + ["-1", "2", "1e308", "5e-324", "-0.0"] + foreign + null
    if kind in ("blob", "bytea"):
        data = bytes.fromhex(value or "")
        flipped = bytearray(data or b"\0")
        flipped[source.randrange(len(flipped))] ^= 1 << source.randrange(8)
        changed = [b"", b"\1", b"\xff", bytes(flipped), data[:-1], data[:len(data) // 2], data + b"\0", bytes(1 << 20),
                   source.randbytes(len(data)), data[:1] + b"\xff" * 12 + data[13:], data[:2] + b"\xff" * 9 + data[11:]]
        as_text = [f"CAST({blob(data)} AS TEXT)"] if sqlite else []
        return [blob(each) for each in changed] + as_text + foreign + null
    changed = ["", "x", value + "x" if value else "y", "{", '{"a":}', "null", "[1]", '{"a":1}x', "\1", "é" * 3]
    long = ["replace(hex(zeroblob(500000)), '00', 'ab')"] if sqlite else ["repeat('ab', 500000)"]
    invalid = ["CAST(x'7bff7d' AS TEXT)", "CAST(x'610062' AS TEXT)", "CAST(x'c3' AS TEXT)"] if sqlite else []
    return [text(each) for each in changed] + long + invalid + foreign + null


# ---- what a call may say

class Judge:
    """Decides about answers, and counts them."""

    def __init__(self, name, sound):
        self.name, self.sound, self.corrupt = name, sound, CORRUPT[name.split(",")[0]]
        self.counts, self.worst_seconds, self.worst_megabytes, self.damages = collections.Counter(), (0, ""), 0, 0

    def figures(self):
        errors = ", ".join(f"{code}: {count}" for code, count in sorted(self.counts.items(), key=str) if code not in ("answers", "calls"))
        return (f"{self.name}: {self.damages} damages, {self.counts['calls']} calls, {self.counts['answers']} answers, errors {{{errors}}}, slowest "
                f"{self.worst_seconds[0]:.2f} s ({self.worst_seconds[1]}), greatest growth of memory {self.worst_megabytes} MB")

    def problems_of(self, what, outcome, unseen, codes):
        """Returns what is wrong with the answers to all calls after one damage."""
        self.worst_megabytes = max(self.worst_megabytes, outcome.megabytes)
        problems = [f"{what}: {death}" for death in outcome.deaths]
        if outcome.megabytes > MEGABYTES:
            problems.append(f"{what}: memory grew by {outcome.megabytes} MB")
        for sample, answer, seconds in outcome.answers:
            problem = self.problem(sample, answer, seconds, unseen, codes)
            if problem:
                problems.append(f"{what}: {problem}")
        return problems

    def problem(self, sample, answer, seconds, unseen, codes):
        """Returns what is wrong with one answer, or None."""
        self.counts["calls"] += 1
        self.worst_seconds = max(self.worst_seconds, (seconds, sample))
        if isinstance(answer, Failure):
            self.counts[answer.code] += 1
            if FOREIGN.search(answer.text):
                return f"{sample}: {answer}"
            if answer.code != self.corrupt and (answer.code not in codes or "the database skipped" in answer.text):
                return f"{sample}: {answer}"
            return None
        self.counts["answers"] += 1
        columns, rows = answer
        for place, column in enumerate(columns):
            if column in ("attrs", "counts"):
                for row in rows:
                    if row[place] is not None and not is_object(row[place]):
                        return f"{sample}: {column} is no JSON: {row[place][:80]!r}"
        if answer != self.sound[sample] and not unseen(sample):
            return f"{sample}: another answer: {difference(answer[1], self.sound[sample])}"
        return None


def is_object(text):
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, UnicodeError):
        return False


def difference(rows, sound):
    if isinstance(sound, Failure):
        return f"it was {sound}"
    new, old = [row for row in rows if row not in sound[1]], [row for row in sound[1] if row not in rows]
    return f"{len(rows)} rows, were {len(sound[1])}; new {str(new[:2])[:300]}; gone {str(old[:2])[:300]}"


# ---- SQLite: a child for each damage

class Outcome:
    """The answers to all calls: each with its text and its seconds."""

    def __init__(self):
        self.applies, self.answers, self.deaths, self.megabytes = True, [], [], 0

    def take(self, item):
        if item is None:
            self.applies = False
        elif isinstance(item, int):
            self.megabytes = max(self.megabytes, item)
        else:
            self.answers.append(item)


class SqliteStore:
    name = "sqlite"

    def __init__(self, module, page_size):
        self.module = module
        self.database = Sqlite(module)
        self.database.rows(f"PRAGMA page_size = {page_size}")
        fill(self.database)
        self.calls = sample_calls(self.database)
        self.image = self.database.connection.serialize()
        self.sound = {sample: answer for sample, answer, _ in self.answers(self.image, []).answers}
        # From here on the columns take NULL, as they would from a damaged page.
        self.database.rows("PRAGMA writable_schema = ON")
        self.database.rows("UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '')")
        self.lax_image = self.database.connection.serialize()
        self.tables = {table: self.database.rows(f"SELECT name, type, pk FROM pragma_table_info('{table}')")
                       for (table,) in self.database.tables()}

    def columns(self):
        for table, columns in self.tables.items():
            for column, kind, _ in columns:
                yield table, column, kind, True

    def rows_of(self, table, column):
        """Returns how to find each row, and the column's value, hexadecimal for bytes."""
        keys = [name for name, _, pk in self.tables[table] if pk != "0"] or ["rowid"]
        where = " || ' AND ' || ".join(f"'{key} = ' || quote({key})" for key in keys)
        return self.database.rows(f"SELECT {where}, {column} FROM {table} ORDER BY 1")

    def changes(self, table, column, value, where):
        return self.database.rows(f"SELECT {column} IS NOT {value} FROM {table} WHERE {where}")[0][0] == "1"

    @staticmethod
    def next_keys(column):
        """Returns the key that the next writer is given."""
        owners = {"repo_key": "repositories", "snapshot_key": "snapshots", "file_key": "files", "symbol_key": "symbols",
                  "content_key": "contents"}
        return [f"(SELECT seq + 1 FROM sqlite_sequence WHERE name = 'codegraph_{owners[column]}')"] if column in owners else []

    def damaged(self, statements):
        return self.answers(self.lax_image, statements)

    def answers(self, image, statements):
        """Makes all calls in children, each on a copy of its own. A child that ends before its time is followed by one
        that goes on behind the call that ended it."""
        outcome = Outcome()
        first = 0
        while first < len(self.calls) and outcome.applies:
            progress = mmap.mmap(-1, 8)
            progress[:] = struct.pack("q", -1)
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    os.close(reading)
                    with os.fdopen(writing, "wb") as pipe:
                        self.run_calls(image, statements, first, progress, lambda item: (pickle.dump(item, pipe), pipe.flush()))
                    code = 0
                finally:
                    os._exit(code)
            os.close(writing)
            with os.fdopen(reading, "rb") as pipe:
                try:
                    while True:
                        outcome.take(pickle.load(pipe))
                except EOFError:
                    pass
            _, status = os.waitpid(child, 0)
            at = struct.unpack("q", progress[:])[0]
            if status == 0:
                break
            timed_out = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
            what = f"took more than {SECONDS} s" if timed_out else f"ended the process ({status})"
            outcome.deaths.append(f"{self.calls[at][0] if at >= 0 else 'opening the file'}: {what}")
            if at < 0:
                break
            first = at + 1
        return outcome

    def run_calls(self, image, statements, first, progress, send):
        """Runs in a child."""
        used = int(pathlib.Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + (MEGABYTES << 20),) * 2)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        database = Sqlite(self.module)
        database.define_analyzer("sample_analyzer")
        connection = database.connection
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        connection.execute("SELECT cg_config('graph_cache_size', '0')")  # a kept graph would answer from before
        connection.deserialize(image)
        try:
            for statement in statements:
                connection.execute(statement)
        except sqlite3.Error:  # the column takes no such value
            send(None)
            return
        for at in range(first, len(self.calls)):
            progress[:] = struct.pack("q", at)
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            started = time.perf_counter()
            answer = self.answer(connection, self.calls[at][1])
            send((self.calls[at][0], answer, time.perf_counter() - started))
        signal.setitimer(signal.ITIMER_REAL, 0)
        send((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)

    @staticmethod
    def answer(connection, sql):
        try:
            connection.execute("BEGIN")
            cursor = connection.execute(sql)
            rows = [tuple(value if isinstance(value, str) or value is None else repr(value) for value in row) for row in cursor]
            return [column[0] for column in cursor.description], rows
        except sqlite3.Error as error:
            return Failure(error.sqlite_errorcode & 0xFF, str(error))
        except UnicodeDecodeError:  # SQLite quotes the damaged text of its schema
            return Failure(1, "an error whose text is not UTF-8")
        except MemoryError:
            return Failure(7, "out of memory")
        finally:
            if connection.in_transaction:
                try:
                    connection.execute("ROLLBACK")
                except sqlite3.Error:
                    pass

    def close(self):
        self.database.close()


# ---- PostgreSQL: one backend, as long as it lives

class PostgresStore:
    name = "postgres"

    def __init__(self):
        self.owner = Postgres("codegraph_damage_sweep")
        fill(self.owner)
        self.owner.rows("ANALYZE")
        self.calls = sample_calls(self.owner)
        self.result_columns = {name: columns.split(",") for name, columns in self.owner.rows(
            "SELECT proname, string_agg(coalesce(argument, 'value'), ',' ORDER BY place) FROM pg_proc LEFT JOIN LATERAL"
            " unnest(proargmodes, proargnames) WITH ORDINALITY AS a(mode, argument, place) ON mode = 't'"
            " WHERE proname ~ '^cg_' GROUP BY proname, pg_proc.oid")}
        self.connect()
        self.sound = {sample: answer for sample, answer, _ in self.damaged([]).answers}

    def connect(self):
        self.database = PostgresConnection("codegraph_damage_sweep")
        self.database.rows("SELECT cg_config('graph_cache_size', '0')")
        self.database.rows(f"SET statement_timeout = '{SECONDS}s'")
        self.backend = self.database.rows("SELECT pg_backend_pid()")[0][0]
        self.resident = None

    def columns(self):
        return [(table, column, kind, nullable == "t") for table, column, kind, nullable in self.owner.rows(
            "SELECT relname, attname, format_type(atttypid, NULL), NOT attnotnull FROM pg_attribute"
            " JOIN pg_class ON attrelid = pg_class.oid WHERE relkind = 'r' AND relname ~ '^codegraph_' AND attnum > 0"
            " AND NOT attisdropped ORDER BY relname, attnum")]

    def rows_of(self, table, column):
        rows = self.owner.rows(f"SELECT 'ctid = ' || quote_literal(ctid), {column} FROM {table} t ORDER BY t::text")
        return [(where, value and value.removeprefix("\\x")) for where, value in rows]

    def changes(self, table, column, value, where):
        try:
            return self.owner.rows(f"SELECT {column} IS DISTINCT FROM {value} FROM {table} WHERE {where}")[0][0] == "t"
        except Failure:
            return False

    @staticmethod
    def next_keys(column):
        """A call that is undone moves the sequences too. tests/postgres/sequences.py gives keys that are in use."""
        return []

    def damaged(self, statements):
        outcome = Outcome()
        first = 0
        while first < len(self.calls) and outcome.applies:
            at = first
            try:
                self.database.rows("BEGIN")
                try:
                    for statement in statements:
                        self.database.rows(statement)
                except Failure:
                    outcome.take(None)
                for at in range(first, len(self.calls) if outcome.applies else first):
                    started = time.perf_counter()
                    answer = self.answer(self.calls[at])
                    outcome.take((self.calls[at][0], answer, time.perf_counter() - started))
                self.database.rows("ROLLBACK")
                first = len(self.calls)
            except (RuntimeError, OSError) as end:
                outcome.deaths.append(f"{self.calls[at][0]}: ended the backend: {str(end)[:200]}")
                first = at + 1
                time.sleep(3)  # the server recovers
                self.connect()
        outcome.take(self.growth())
        return outcome

    def answer(self, listed):
        sample, sql, _ = listed
        self.database.rows("SAVEPOINT before_call")
        try:
            return self.result_columns[sample.split("(")[0]], self.database.rows(sql)
        except Failure as failure:
            return failure
        finally:
            self.database.rows("ROLLBACK TO before_call")
            self.database.rows("RELEASE before_call")

    def growth(self):
        """Returns the megabytes by which the backend has ever grown since it made all calls for the first time."""
        try:
            status = pathlib.Path(f"/proc/{self.backend}/status").read_text()
        except OSError:  # the server is elsewhere
            return 0
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])
        self.resident = self.resident or peak
        return (peak - self.resident) >> 10

    def close(self):
        self.database.close()
        self.owner.close()


# ---- the sweep by column

def column_problems(store, judge, table, column, kind, nullable, source, count):
    """Returns what goes wrong when a row of the table has another value in the column."""
    rows = store.rows_of(table, column)
    plain = f"{table.removeprefix('codegraph_')}.{column}"
    patterns = ["cg_verify", COUNTS_WHAT_IS_THERE] + [calls for columns, calls in UNSEEN if re.match(columns, plain)]
    unseen = lambda sample: any(re.match(pattern, sample) for pattern in patterns)
    codes = {code for columns, some in ELSEWHERE if re.match(columns, plain) for code in some}
    problems = []
    where, value = source.choice(rows)
    values = values_of(store.name, kind, value, nullable, source)
    for new in (values if count is None else source.sample(values, min(count, len(values)))) + store.next_keys(column):
        if count is None:
            where, _ = source.choice(rows)
        new = new.replace("{column}", column)
        if not store.changes(table, column, new, where):
            continue
        what = f"{plain} = {new[:90]} where {where}"
        outcome = store.damaged([f"UPDATE {table} SET {column} = {new} WHERE {where}"])
        if not outcome.applies:
            continue
        judge.damages += 1
        problems += judge.problems_of(what, outcome, unseen, codes)
        found = {sample: answer for sample, answer, _ in outcome.answers}.get("cg_verify()")
        if found is not None and not isinstance(found, Failure) and not found[1] and not NOT_VERIFIED.match(plain):
            problems.append(f"{what}: cg_verify finds nothing")
    return problems


# ---- damaged pages of SQLite files

def damaged_image(image, page_size, source):
    """Returns a copy of the file with some damage, and what it is."""
    data = bytearray(image)
    pages = len(data) // page_size
    page = source.randrange(pages)
    begin = page * page_size
    kind = source.choice(["flip", "flip", "cells", "cells", "cells", "swap", "truncate", "zero", "copy", "noise"])
    if kind == "flip":
        for _ in range(source.choice([1, 1, 2, 8])):
            data[begin + source.randrange(page_size)] ^= 1 << source.randrange(8)
    elif kind == "cells":  # the order of the cells of a B-tree page, and so of its keys
        pointers = cell_pointers(data, page_size, page)
        if len(pointers) > 1:
            a, b = source.sample(pointers, 2)
            data[a:a + 2], data[b:b + 2] = data[b:b + 2], data[a:a + 2]
    elif kind in ("swap", "copy"):
        other = source.randrange(pages) * page_size
        one, two = data[begin:begin + page_size], data[other:other + page_size]
        data[other:other + page_size] = one
        if kind == "swap":
            data[begin:begin + page_size] = two
    elif kind == "truncate":
        del data[source.randrange(page_size, len(data)):]
    else:
        size = source.randrange(1, page_size)
        at = begin + source.randrange(page_size - size + 1)
        data[at:at + size] = bytes(size) if kind == "zero" else source.randbytes(size)
    return bytes(data), f"{kind} in page {page + 1}"


# Of a damaged file SQLite itself may say this too: an error in the schema, a short read, a constraint, another type, no
# database. And what is damaged may be a name.
OF_PAGES = {1, 10, 11, 19, 20, 26}


def cell_pointers(data, page_size, page):
    """Returns where a B-tree page has its cell pointers, in the order of its keys."""
    begin = page * page_size
    head = begin + (100 if page == 0 else 0)
    if data[head] not in (2, 5, 10, 13):
        return range(0)
    first = head + (12 if data[head] in (2, 5) else 8)
    cells = min(int.from_bytes(data[head + 3:head + 5], "big"), (begin + page_size - first) // 2)
    return range(first, first + 2 * cells, 2)


def reversed_images(image, page_size):
    """Yields a copy of the file for each B-tree page but the first, in which the page has its keys in reverse."""
    for page in range(1, len(image) // page_size):
        data = bytearray(image)
        pointers = cell_pointers(data, page_size, page)
        for place, other in zip(pointers, reversed(pointers)):
            data[place:place + 2] = image[other:other + 2]
        if data != image:
            yield bytes(data), f"reversed page {page + 1}"


def first_leaf(image, page_size, table):
    """Returns the page of the first rows of a table, counted from 0."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(image)
    (page,) = connection.execute("SELECT rootpage - 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    connection.close()
    while image[page * page_size] in (2, 5):
        cell = page * page_size + int.from_bytes(image[cell_pointers(image, page_size, page)[0]:][:2], "big")
        page = int.from_bytes(image[cell:cell + 4], "big") - 1
    return page


ORDERED = ["contents", "symbols", "tree_nodes", "files", "chunks", "log"]  # what docs/integrity.md says of their order


def unseen_disorder(store, page_size):
    """Swaps the first two rows of each of these tables. Returns where cg_verify finds nothing."""
    problems = []
    for table in ORDERED:
        first, second = cell_pointers(store.image, page_size, first_leaf(store.image, page_size, f"codegraph_{table}"))[:2]
        image = bytearray(store.image)
        image[first:first + 2], image[second:second + 2] = image[second:second + 2], image[first:first + 2]
        for sample, answer, _ in store.answers(bytes(image), []).answers:
            if sample == "cg_verify()" and answer == store.sound[sample]:
                problems.append(table)
    return problems


def page_problems(store, judge, images):
    problems = []
    for image, what in images:
        outcome = store.answers(image, [])
        judge.damages += 1
        problems += judge.problems_of(what, outcome, lambda sample: True, OF_PAGES)
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--values", type=int)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--columns", default="", help="a pattern of TABLE.COLUMN, to damage only these")
    arguments = parse_arguments(parser, 1)
    report = Report()
    stores = []
    if arguments.only != "postgres":
        stores.append((SqliteStore(arguments.sqlite, 4096), 2))
    if arguments.only != "sqlite":
        stores.append((PostgresStore(), 1))
    for store, few in stores:
        judge = Judge(store.name, store.sound)
        count = None if arguments.all else arguments.values or few
        report.check(f"{store.name}: every call succeeds on the sound store", [
            item for item in store.sound.items() if isinstance(item[1], Failure)])
        for table, column, kind, nullable in store.columns():
            if not re.search(arguments.columns, f"{table}.{column}"):
                continue
            source = Random(f"{arguments.seed} {table} {column}")
            report.check(f"{store.name}: {table}.{column}",
                         column_problems(store, judge, table, column, kind, nullable, source, count))
        print(judge.figures(), flush=True)
        store.close()
    for page_size in (512, 4096) if arguments.only != "postgres" and not arguments.columns else ():
        store = SqliteStore(arguments.sqlite, page_size)
        judge = Judge(f"sqlite, pages of {page_size}", store.sound)
        count = arguments.pages or (1000 if arguments.all else 40)
        if page_size == 4096 or arguments.all:
            report.check(f"sqlite: each page of {page_size} bytes with its keys in reverse",
                         page_problems(store, judge, reversed_images(store.image, page_size)))
            report.check("sqlite: cg_verify sees two rows that change places", unseen_disorder(store, page_size))
        source = Random(arguments.seed)
        report.check(f"sqlite: {count} files with damaged pages of {page_size} bytes", page_problems(
            store, judge, (damaged_image(store.image, page_size, source) for _ in range(count))))
        print(judge.figures(), flush=True)
        store.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
