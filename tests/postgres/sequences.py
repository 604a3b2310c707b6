#!/usr/bin/python3
"""Sequences that lag behind their tables: every writer that draws a key from one ends with 55000 and the way to mend it,
and leaves nothing; cg_verify tells; cg_repair_sequences() moves exactly those that lag, and then the same call works.
Ends with `N passed, N failed`.

usage: sequences.py [--sqlite MODULE]      the module makes an export; PostgreSQL is the server that the PG* variables name
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Postgres, PostgresConnection, Report, Sqlite, call, default_module, quoted  # noqa: E402

CHUNK = '{"file_path": "%s", "content": "%s", "fqn": "%s"}'
SETUP = [
    call("cg_save_repository", "r"),
    call("cg_save_repository", "second"),
    call("cg_create_snapshot", "r", "s", None, "main"),
    call("cg_create_snapshot", "r", "second"),
    call("cg_save_chunk", "r", "s", CHUNK % ("a", "def f", "a.f")),
    call("cg_save_chunk", "r", "s", CHUNK % ("b", "def g", "b.g")),
    call("cg_save_chunk", "r", "s", CHUNK % ("gone", "def h", "gone.h")),
    call("cg_soft_delete_file_chunks", "r", "s", "gone"),
    call("cg_save_dependency", "r", "s", '{"from_fqn": "a.f", "to_fqn": "b.g"}'),
]
HINT = "Run SELECT cg_repair_sequences(), then call this again."


def new_chunks(name):
    return json.dumps([{"content": f"def {name}", "fqn": f"new.{name}"}])


# Writers by the sequence that stops them. All contents but those of the third are known already, and all names but those
# of the fourth. (cg_restore_file_chunks needs no key where the live file was stored before.)
WRITERS = {
    "repository_key": ["cg_save_repository('new')"],
    "snapshot_key": [
        "cg_create_snapshot('r', 'new')", "cg_create_snapshot('r', 'new', NULL, NULL, 's')",
        "cg_replace_file('r', 's', 'new', 'a', '[]')",
        "cg_replace_files('r', 's', 'new', '[{\"file_path\":\"a\",\"deleted\":true}]')",
        "cg_create_incremental_snapshot('r', 's', 'new', '[\"gone\"]', 'analyze_nothing')"],
    "content_key": [
        f"cg_save_chunk('r', 's', {quoted(CHUNK % ('a', 'new', 'a.f'))})",
        f"cg_save_chunks('r', 's', {quoted('[' + CHUNK % ('a', 'new', 'a.f') + ',' + CHUNK % ('b', 'newer', 'b.g') + ']')})",
        "cg_replace_file('r', 's', 's', 'a', '[{\"content\":\"new\", \"fqn\":\"b.g\"}]')",
        "cg_replace_files('r', 's', 's', '[{\"file_path\":\"a\",\"chunks\":[{\"content\":\"new\"}]}]')",
        "cg_create_incremental_snapshot('r', 's', 's', '[\"c\"]', 'analyze_new')"],
    "symbol_key": [
        f"cg_save_chunk('r', 's', {quoted(CHUNK % ('a', 'def g', 'new.f'))})",
        f"cg_save_chunks('r', 's', {quoted('[' + CHUNK % ('a', 'def g', 'new.f') + ']')})",
        "cg_save_dependency('r', 's', '{\"from_fqn\": \"a.f\", \"to_fqn\": \"new.f\"}')",
        "cg_save_dependencies('r', 's', '[{\"from_fqn\": \"a.f\", \"to_fqn\": \"new.f\"},"
        " {\"from_fqn\": \"a.f\", \"to_fqn\": \"new.g\"}]')",
        f"cg_replace_file('r', 's', 's', 'a', {quoted(new_chunks('f'))})",
        "cg_create_incremental_snapshot('r', 's', 's', '[\"c\"]', 'analyze_file')"],
    "file_key": [
        f"cg_save_chunk('r', 's', {quoted(CHUNK % ('a', 'def g', 'a.f'))})",
        f"cg_save_chunks('r', 's', {quoted('[' + CHUNK % ('a', 'x', 'a.f') + ',' + CHUNK % ('b', 'x', 'b.g') + ']')})",
        "cg_save_dependency('r', 's', '{\"from_fqn\": \"b.g\", \"to_fqn\": \"a.f\"}')",
        "cg_save_dependencies('r', 's', '[{\"from_fqn\": \"b.g\", \"to_fqn\": \"a.f\"}]')",
        "cg_replace_file('r', 's', 's', 'a', '[{\"content\":\"other\", \"fqn\":\"b.g\"}]')",
        "cg_replace_file('r', 's', 's', 'a', '[]')",
        "cg_replace_files('r', 's', 's', '[{\"file_path\":\"a\",\"chunks\":[]},{\"file_path\":\"b\",\"chunks\":[]}]')",
        "cg_create_incremental_snapshot('r', 's', 's', '[\"c\"]', 'analyze_known')",
        "cg_soft_delete_file_chunks('r', 's', 'a')",
        "cg_update_file_metadata('r', 's', 'a', 'hash')"],
}
TABLES = {"repository_key": "repositories", "snapshot_key": "snapshots", "content_key": "contents", "symbol_key": "symbols",
          "file_key": "files"}
OUTCOME = """CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
    DECLARE hint text; BEGIN EXECUTE statement; RETURN 'ok';
    EXCEPTION WHEN OTHERS THEN GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN SQLSTATE || ' ' || SQLERRM || ' ' || hint; END $$"""


def outcome_of(database, statement):
    return database.rows(f"SELECT outcome({quoted(statement)})")[0][0]


def define_analyzers(database):
    database.rows("CREATE FUNCTION analyze_nothing(path text) RETURNS text LANGUAGE sql AS"
                  " $$ SELECT '{\"chunks\":[],\"file_hash\":\"x\"}' $$")
    database.rows("CREATE FUNCTION analyze_new(path text) RETURNS text LANGUAGE sql AS"
                  " $$ SELECT '{\"chunks\":[{\"content\":\"new\",\"fqn\":\"a.f\"}]}' $$")
    database.rows("CREATE FUNCTION analyze_known(path text) RETURNS text LANGUAGE sql AS"
                  " $$ SELECT '{\"chunks\":[{\"content\":\"x\",\"fqn\":\"a.f\"}]}' $$")


def error_of(statement, sequence):
    function = statement.split("(")[0].removeprefix("SELECT ")
    return (f"55000 {function}: the sequence codegraph_{sequence} lags behind codegraph_{TABLES[sequence]}:"
            f" it gave a key that is there already {HINT}")


def problems_of(database, statement, sequence, back):
    """Sets the sequence back, calls, repairs, and calls again; all of it is then undone, but for the sequence."""
    database.rows(back)
    problems, before = [], database.dump()
    told = [row for row in database.rows("SELECT object FROM cg_verify() WHERE repo_id IS NULL")]
    if told != [(f"sequence codegraph_{sequence}",)]:
        problems.append(f"cg_verify tells {told}")
    answer = outcome_of(database, statement)
    if answer != error_of(statement, sequence):
        problems.append(f"{statement}: {answer}")
    if database.dump() != before:
        problems.append(f"{statement} left something")
    moved = database.rows("SELECT cg_repair_sequences()")
    if moved != [("1",)] or database.rows("SELECT cg_repair_sequences()") != [("0",)]:
        problems.append(f"cg_repair_sequences() moved {moved}")
    database.rows("BEGIN")
    if outcome_of(database, statement) != "ok":
        problems.append(f"after the repair {statement}: {outcome_of(database, statement)}")
    if database.rows("SELECT * FROM cg_verify()"):
        problems.append(f"after the repair: {database.rows('SELECT * FROM cg_verify()')}")
    database.rows("ROLLBACK")
    return problems


def check_writers(database, report):
    for sequence, statements in WRITERS.items():
        problems = []
        for statement in statements:
            problems += problems_of(database, "SELECT " + statement, sequence,
                                    f"SELECT setval('codegraph_{sequence}', 1, false)")
        report.check(f"{len(statements)} writers that {sequence} stops", problems)


def check_last_key(database, report):
    """The sequence is only one key behind: after the call that met it nothing lags any more."""
    problems = []
    for sequence, statements in WRITERS.items():
        key, table = ("repo_key" if sequence == "repository_key" else sequence), TABLES[sequence]
        for statement in statements[:1]:
            database.rows(f"SELECT setval('codegraph_{sequence}', (SELECT max({key}) FROM codegraph_{table}), false)")
            answer = outcome_of(database, "SELECT " + statement)
            if answer != error_of(statement, sequence):
                problems.append(f"{statement}: {answer}")
    report.check("one key behind is behind", problems)


def check_used_keys(database, report):
    """Rows of what is gone have the next key."""
    problems = []
    cases = {
        "repository_key": ("DELETE FROM codegraph_repositories WHERE repo_id = 'r'", "SELECT repo_key FROM codegraph_repositories",
                           "SELECT cg_save_repository('r')"),
        "snapshot_key": ("DELETE FROM codegraph_snapshots", "SELECT snapshot_key FROM codegraph_snapshots",
                         "SELECT cg_create_snapshot('r', 'new')"),
        "file_key": ("DELETE FROM codegraph_files WHERE path = 'b'", "SELECT file_key FROM codegraph_files WHERE path = 'b'",
                     "SELECT cg_update_file_metadata('r', 's', 'new', 'hash')"),
    }
    for sequence, (delete, key, statement) in cases.items():
        (value,), *_ = database.rows(key)
        database.rows("BEGIN")
        database.rows(delete)
        database.rows(f"SELECT setval('codegraph_{sequence}', {value}, false)")
        answer = outcome_of(database, statement)
        database.rows("ROLLBACK")
        if answer != error_of(statement, sequence):
            problems.append(f"{statement}: {answer}")
        database.rows("SELECT cg_repair_sequences()")
    report.check("a key of rows whose parent is gone is not given to a new one", problems)


def check_import(database, report, lines):
    problems = []
    for number, line in enumerate(lines):
        for sequence, mark in (("repository_key", '"repository":'), ("content_key", '"content":'),
                               ("symbol_key", '"file":'), ("file_key", '"file":'),
                               ("snapshot_key", '"snapshot":')):
            if mark not in line or (sequence == "file_key" and not problems == []):
                continue
            database.rows(f"SELECT setval('codegraph_{sequence}', 1, false)")
            # Keys are in use only where the repository has rows of that kind.
            answer = outcome_of(database, call("cg_import", line))
            has_rows = number > 0 and sequence != "repository_key" and answer == "ok"
            if answer != error_of("cg_import(", sequence) and not has_rows:
                problems.append(f"line {number}, {sequence}: {answer}")
            told = database.rows("SELECT cg_repair_sequences()")
            if told not in ([("0",)], [("1",)]):
                problems.append(f"line {number}: moved {told}")
        if outcome_of(database, call("cg_import", line)) != "ok":
            problems.append(f"line {number}: {outcome_of(database, call('cg_import', line))}")
    if database.rows("SELECT * FROM cg_verify()"):
        problems.append(database.rows("SELECT * FROM cg_verify()"))
    report.check(f"importing {len(lines)} lines with sequences that lag", problems)


def check_restore(report):
    """A restore of the data by a role that may not set sequences."""
    source, target = Postgres("codegraph_sequences_source"), Postgres("codegraph_sequences_target")
    for step in SETUP:
        source.rows(step)
    target.rows(OUTCOME)
    define_analyzers(target)
    target.define_analyzer("analyze_file")
    target.rows("DROP ROLE IF EXISTS codegraph_test_restorer")
    target.rows("CREATE ROLE codegraph_test_restorer")
    target.rows("GRANT INSERT ON ALL TABLES IN SCHEMA public TO codegraph_test_restorer")
    dump = subprocess.run(["pg_dump", "--data-only", source.database], check=True, capture_output=True).stdout
    restored = subprocess.run(["psql", "-X", "-q", "-d", target.database], capture_output=True,
                              input=b"SET ROLE codegraph_test_restorer;\n" + dump)
    report.check("the restoring role may not set the sequences",
                 [] if restored.stderr.count(b"permission denied for sequence") == 5 else [restored.stderr])
    report.check("it restores every row", [table for table, rows in source.dump().items() if target.dump()[table] != rows])
    told = target.rows("SELECT object FROM cg_verify()")
    report.check("cg_verify tells of each sequence after a restore without them",
                 [] if told == [(f"sequence codegraph_{s}",) for s in sorted(WRITERS)] else [told])
    problems = []
    for sequence, statements in WRITERS.items():
        for statement in statements[:1]:
            answer = outcome_of(target, "SELECT " + statement)
            if answer != error_of(statement, sequence):
                problems.append(f"{statement}: {answer}")
    report.check("after a restore without sequences writers tell of them", problems)
    moved = target.rows("SELECT cg_repair_sequences()")
    answers = [outcome_of(target, "SELECT " + statement) for statements in WRITERS.values() for statement in statements[:1]]
    report.check("cg_repair_sequences() mends a restore", [
        problem for problem in (moved, answers, target.rows("SELECT * FROM cg_verify()"))
        if problem not in ([("5",)], ["ok"] * 5, [])])
    target.rows("DROP OWNED BY codegraph_test_restorer")
    target.rows("DROP ROLE codegraph_test_restorer")
    source.close()
    target.close()


def check_rights(database, report):
    database.rows("CREATE ROLE codegraph_test_mender")
    database.rows("GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO codegraph_test_mender")
    database.rows("SELECT setval('codegraph_file_key', 1, false)")
    database.rows("SET ROLE codegraph_test_mender")
    without = outcome_of(database, "SELECT cg_repair_sequences()"), database.rows("SELECT * FROM cg_verify()")
    database.rows("RESET ROLE")
    database.rows("GRANT SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO codegraph_test_mender")
    database.rows("SET ROLE codegraph_test_mender")
    told, moved = database.rows("SELECT object FROM cg_verify()"), database.rows("SELECT cg_repair_sequences()")
    database.rows("RESET ROLE")
    database.rows("DROP OWNED BY codegraph_test_mender")
    database.rows("DROP ROLE codegraph_test_mender")
    report.check("a role repairs sequences with SELECT and UPDATE on them, and not without", [] if (
        without[0].startswith("42501 ") and without[1] == [] and told == [("sequence codegraph_file_key",)]
        and moved == [("1",)]) else [(without, told, moved)])
    database.rows("BEGIN ISOLATION LEVEL REPEATABLE READ")
    old_view = outcome_of(database, "SELECT cg_repair_sequences()")
    database.rows("ROLLBACK")
    database.rows("BEGIN READ ONLY")
    read_only = outcome_of(database, "SELECT cg_repair_sequences()")
    database.rows("ROLLBACK")
    report.check("cg_repair_sequences() is refused with an old view, and where nothing may be written",
                 [] if (old_view[:5], read_only[:5]) == ("25001", "25006") else [(old_view, read_only)])


def check_concurrent_calls(database, report):
    """Two calls at once: one moves the sequence, and the other, which waits for it, finds nothing to do."""
    database.rows("SELECT setval('codegraph_file_key', 1, false)")
    other = PostgresConnection(database.database)
    database.rows("BEGIN")
    first = database.rows("SELECT cg_repair_sequences()")
    other.rows("SET lock_timeout = '100ms'")
    writer = PostgresConnection(database.database)
    reader = writer.rows("SELECT count(*) FROM cg_chunks('r', 's')")
    second = other.rows("SELECT cg_repair_sequences()")
    database.rows("COMMIT")
    other.close()
    writer.close()
    report.check("concurrent calls of cg_repair_sequences() move a sequence once, and readers go on",
                 [] if (first, second) == ([("1",)], [("0",)]) and reader else [(first, second, reader)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    module = parser.parse_args().sqlite
    os.environ.setdefault("PGOPTIONS", "-c client_min_messages=error")
    report = Report()
    database = Postgres("codegraph_sequences")
    database.rows(OUTCOME)
    define_analyzers(database)
    database.define_analyzer("analyze_file")
    for step in SETUP:
        database.rows(step)
    report.check("nothing lags at first", database.rows("SELECT * FROM cg_verify()")
                 + [row for row in database.rows("SELECT cg_repair_sequences()") if row != ("0",)])
    check_writers(database, report)
    check_last_key(database, report)
    check_used_keys(database, report)
    check_rights(database, report)
    check_concurrent_calls(database, report)
    source = Sqlite(module)
    for step in [step.replace("'r'", "'moved'") for step in SETUP]:
        source.rows(step)
    source.rows(call("cg_create_snapshot", "moved", "t"))
    check_import(database, report, [line for line, in source.rows("SELECT line FROM cg_export('moved')")])
    source.close()
    database.close()
    check_restore(report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
