#!/usr/bin/python3
"""Settings of the connection change nothing of what our functions give and do. A fixed scenario runs under each setting
of SQLite (PRAGMAs, limits, hooks) and of PostgreSQL, and is compared with the plain run: the answers of every reader,
and what every writer answers and leaves. tests/support/calls.py has the calls. Ends with `N passed, N failed`.

usage: settings.py [--sqlite MODULE] (a PostgreSQL server by the PG* variables)
"""
import argparse
import pathlib
import re
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Failure, Postgres, Report, Sqlite, default_module, outcome  # noqa: E402

PRAGMAS = """
    count_changes=ON full_column_names=ON empty_result_callbacks=ON case_sensitive_like=ON recursive_triggers=ON
    reverse_unordered_selects=ON foreign_keys=ON defer_foreign_keys=ON read_uncommitted=ON legacy_alter_table=ON
    trusted_schema=OFF secure_delete=ON secure_delete=FAST temp_store=FILE temp_store=MEMORY cell_size_check=ON
    ignore_check_constraints=ON writable_schema=ON automatic_index=OFF
    soft_heap_limit=1000000 cache_size=1 cache_spill=OFF locking_mode=EXCLUSIVE journal_mode=WAL journal_mode=TRUNCATE
    journal_mode=PERSIST journal_mode=MEMORY synchronous=OFF synchronous=EXTRA mmap_size=100000000 threads=4
    auto_vacuum=FULL auto_vacuum=INCREMENTAL page_size=512 page_size=65536 checkpoint_fullfsync=ON fullfsync=ON
    wal_autocheckpoint=1 analysis_limit=1 max_page_count=100000 user_version=7 application_id=7""".split()
SEVERAL_PRAGMAS = [["short_column_names=OFF", "full_column_names=ON"], ["count_changes=ON", "reverse_unordered_selects=ON"]]
# Each with a value that is enough for our statements, and one that may not be. (Too few SQLITE_LIMIT_VDBE_OP are out of
# memory to SQLite.)
LIMITS = {"SQLITE_LIMIT_LENGTH": (100000, 500), "SQLITE_LIMIT_SQL_LENGTH": (10000, 300),
          "SQLITE_LIMIT_COLUMN": (100, 10), "SQLITE_LIMIT_EXPR_DEPTH": (100, 3), "SQLITE_LIMIT_COMPOUND_SELECT": (20, 1),
          "SQLITE_LIMIT_VDBE_OP": (20000, 20000), "SQLITE_LIMIT_FUNCTION_ARG": (20, 1), "SQLITE_LIMIT_ATTACHED": (0, 0),
          "SQLITE_LIMIT_VARIABLE_NUMBER": (32, 3), "SQLITE_LIMIT_TRIGGER_DEPTH": (1, 1),
          "SQLITE_LIMIT_WORKER_THREADS": (0, 0)}
POSTGRES = {
    "standard_conforming_strings": ["off"], "escape_string_warning": ["off"], "backslash_quote": ["on"],
    "quote_all_identifiers": ["on"], "bytea_output": ["escape"], "DateStyle": ["'SQL, DMY'", "German"],
    "IntervalStyle": ["sql_standard"], "TimeZone": ["'Asia/Kolkata'"], "extra_float_digits": ["-15", "0", "3"],
    "xmloption": ["document"], "xmlbinary": ["hex"], "array_nulls": ["off"], "transform_null_equals": ["on"],
    "client_encoding": ["LATIN1", "SQL_ASCII"], "lc_monetary": ["'C'"], "lc_numeric": ["'C'"], "lc_time": ["'C'"],
    "row_security": ["off"], "session_replication_role": ["replica", "local"], "check_function_bodies": ["off"],
    "plan_cache_mode": ["force_custom_plan", "force_generic_plan"], "constraint_exclusion": ["on"],
    "force_parallel_mode": ["on", "regress"], "max_parallel_workers_per_gather": ["4"], "jit": ["on"],
    "jit_above_cost": ["0"], "parallel_setup_cost": ["0"], "min_parallel_table_scan_size": ["0"],
    "enable_indexscan": ["off"], "enable_bitmapscan": ["off"], "enable_indexonlyscan": ["off"],
    "enable_nestloop": ["off"], "enable_sort": ["off"], "enable_hashagg": ["off"], "enable_memoize": ["off"],
    "enable_material": ["off"], "enable_incremental_sort": ["off"], "enable_tidscan": ["off"], "enable_seqscan": ["on"],
    "from_collapse_limit": ["1"], "join_collapse_limit": ["1"], "geqo_threshold": ["2"], "work_mem": ["'64kB'"],
    "logical_decoding_work_mem": ["'64kB'"], "synchronize_seqscans": ["off"], "search_path": ["pg_temp, public"],
    "default_transaction_isolation": ["serializable"], "default_transaction_read_only": ["on"],
    "statement_timeout": ["'1min'"], "lock_timeout": ["'1min'"], "synchronous_commit": ["off"],
    "default_toast_compression": ["pglz"], "default_table_access_method": ["heap"], "gin_fuzzy_search_limit": ["1"],
    "log_statement": ["'all'"], "track_functions": ["'all'"],
    "cursor_tuple_fraction": ["0.000001"], "exit_on_error": ["off"], "commit_siblings": ["0"],
}


def timeless(value):
    """Without what differs between two runs: times, in milliseconds and as text."""
    return re.sub(r"\b1[5-9]\d{11}\b|\b20\d\d-\d\d-\d\d[ T][\d:.+]+Z?", "TIME", str(value))


class Scenario:
    """What every function answers in a store, and what every writer leaves there."""

    def __init__(self, database):
        self.database, functions = database, database.functions()
        readers, writers = calls.sampled(functions)
        self.readers = [self.reader(name) for name in readers]
        self.writers = [database.statement(name, calls.sample(name)) for name in writers]

    def reader(self, name):
        if self.database.name == "sqlite":
            return self.database.statement(name, calls.sample(name))
        # In binary form, which no setting of the output changes.
        return f"SELECT encode(record_send(ROW(t.*)), 'hex') FROM {calls.sample(name)} AS t"

    def left(self):
        if self.database.name == "sqlite":
            try:
                return timeless(self.database.dump())
            except Failure as failure:
                return str(failure)
        return self.database.rows("SELECT snapshot_id, base_snapshot_id, root, revision FROM cg_snapshots('r')") if (
            self.database.rows("SELECT 1 FROM cg_repositories() WHERE repo_id = 'r'")) else []

    def run(self):
        """Returns (statement, what came of it) of each."""
        answers = [(sql, outcome(self.database, sql)) for sql in self.readers]
        for sql in self.writers:
            self.database.rows("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" if self.database.name == "postgres"
                               else "BEGIN")
            answer = outcome(self.database, sql)
            if isinstance(answer, str):
                answers.append((sql, answer))
            else:
                answers.append((sql, (timeless(answer), self.left())))
            self.database.rows("ROLLBACK")
        return answers


def differences(plain, answers):
    return [(sql, "plain:", str(expected)[:300], "got:", str(got)[:300])
            for (sql, expected), (_, got) in zip(plain, answers) if not calls.same(sql, got, expected)]


def failures_that_are_none(plain, answers):
    """Each call does as in the plain run, or SQLite refuses it as too big or as an error, and nothing is called
    damage."""
    def is_refused(got):
        return str(got).startswith((f"{sqlite3.SQLITE_TOOBIG}: ", f"{sqlite3.SQLITE_ERROR}: "))
    def answer(got):
        return got[0] if isinstance(got, tuple) else got  # what is left cannot be read under some limits
    return [(sql, got) for (sql, expected), (_, got) in zip(plain, answers)
            if not calls.same(sql, answer(got), answer(expected)) and not is_refused(got)]


def with_store(module, folder, number, prepare):
    """Runs the scenario on a store in a file of its own, which is filled under the setting."""
    database = Sqlite(module, str(pathlib.Path(folder) / f"{number}.db"))
    prepare(database)
    try:
        calls.fill(database)
    except Failure as failure:
        return [("the store", failure)]
    state = timeless(database.dump())
    answers = [(sql, timeless(answer)) for sql, answer in Scenario(database).run()]
    database.close()
    return [("the store", state)] + answers


def set_pragmas(database, pragmas):
    for pragma in pragmas:
        database.connection.execute("PRAGMA " + pragma).fetchall()


def check_sqlite(module, report):
    with tempfile.TemporaryDirectory() as folder:
        plain = with_store(module, folder, "plain", lambda database: None)
        for number, pragmas in enumerate([[pragma] for pragma in PRAGMAS] + SEVERAL_PRAGMAS):
            answers = with_store(module, folder, number, lambda database: set_pragmas(database, pragmas))
            report.check("sqlite: PRAGMA " + ", ".join(pragmas), differences(plain, answers))
        hooks = {"an authorizer": lambda database: database.connection.set_authorizer(lambda *_: sqlite3.SQLITE_OK),
                 "a progress handler": lambda database: database.connection.set_progress_handler(lambda: 0, 1),
                 "a trace": lambda database: database.connection.set_trace_callback(lambda _: None)}
        for name, prepare in hooks.items():
            report.check("sqlite: " + name, differences(plain, with_store(module, folder, name, prepare)))
        analysed = Sqlite(module, str(pathlib.Path(folder) / "plain.db"))
        analysed.define_analyzer("sample_analyzer")
        before = Scenario(analysed).run()
        analysed.rows("ANALYZE")
        report.check("sqlite: after ANALYZE", differences(before, Scenario(analysed).run()))
        analysed.close()
        for name, values in LIMITS.items():
            for value, judge in zip(values, (differences, failures_that_are_none)):
                limited = Sqlite(module, str(pathlib.Path(folder) / "plain.db"))
                limited.define_analyzer("sample_analyzer")
                scenario = Scenario(limited)
                old = limited.connection.setlimit(getattr(sqlite3, name), value)
                answers = scenario.run()
                report.check(f"sqlite: {name} {value}", judge(before, answers))
                limited.connection.setlimit(getattr(sqlite3, name), old)
                limited.close()


def check_postgres(report):
    database = Postgres("codegraph_settings")
    calls.fill(database)
    scenario = Scenario(database)
    plain = scenario.run()
    for name, values in POSTGRES.items():
        for value in values:
            database.rows("DISCARD PLANS")
            database.rows(f"SET {name} = {value}")
            answers = scenario.run()
            database.rows(f"RESET {name}")
            report.check(f"postgres: {name} = {value}", differences(plain, answers))
    database.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--only", choices=["sqlite", "postgres"], help="one of the databases")
    arguments = parser.parse_args()
    report = Report()
    if arguments.only != "postgres":
        check_sqlite(arguments.sqlite, report)
    if arguments.only != "sqlite":
        check_postgres(report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
