#!/usr/bin/python3
"""Runs every command of docs/operations.md, in the order of the page, and checks what the page says of it. The servers
are made for this and gone afterwards; they run as postgres when this runs as root. Needs the extension installed, the
SQLite module in $BUILD, and the shell sqlite3. Ends with `N passed, N failed`."""
import os
import pathlib
import re
import shutil
import signal
import string
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import ROOT, Failure, PostgresConnection, Report, Sqlite, call, default_module, outcome  # noqa: E402
from servers import Server  # noqa: E402

DATABASE = "code"
SECONDS_TO_CATCH_UP = 60
NOT_ALLOWED, LAGGING, CANCELLED_FOR_RECOVERY, READ_ONLY = "42501", "55000", "40001", "25006"


class Page:
    """The commands of docs/operations.md: `take` gives those of a heading one after the other."""

    def __init__(self):
        text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
        self.blocks = {}
        for section in re.split(r"^#+ ", text, flags=re.M)[1:]:
            heading = section.split("\n", 1)[0]
            self.blocks[heading] = re.findall(r"^```(\w+)(?: (\w+))?\n(.*?)^```", section, re.S | re.M)

    def take(self, heading):
        """Returns language, place and text of the next block of a heading."""
        return self.blocks[heading].pop(0)

    def left(self):
        return [f"{heading}: {text}" for heading, blocks in self.blocks.items() for _, _, text in blocks]


class Operator:
    """Types the commands of the page on the servers that they name."""

    def __init__(self, page, report, servers, variables):
        self.page, self.report, self.servers, self.variables = page, report, servers, variables

    def next(self, heading):
        """Runs the next block of the heading, and returns what it prints. A block that fails is a failed check."""
        language, place, text = self.page.take(heading)
        text = string.Template(text).safe_substitute(self.variables) if language != "sh" else text
        server, database = self.servers[place or "primary"]
        programs = f"{server.programs}:{os.environ['PATH']}"
        command = (["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"] if language == "sql"
                   else ["bash", "-euo", "pipefail", "-s"])
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False,
                              env={**os.environ, **self.variables, **server.environment(database), "PATH": programs})
        self.report.check(f"operations: {heading}: {text.strip().splitlines()[0]}",
                          [done.stdout + done.stderr] if done.returncode else [])
        return done.stdout.strip()

    def settings(self, heading):
        """Returns the next block of the heading, which is lines of a configuration file."""
        return string.Template(self.page.take(heading)[2]).safe_substitute(self.variables).splitlines()

    def connect(self, place="primary"):
        server, database = self.servers[place]
        connection = PostgresConnection(database, host=str(server.folder), port=server.port)
        connection.rows("SET search_path = code, public")
        return connection


def expect(report, name, got, expected):
    report.check(f"operations: {name}", [] if got == expected else [("got", got, "not", expected)])


def expect_error(report, name, got, code):
    report.check(f"operations: {name}", [] if str(got).startswith(f"{code}: ") else [("got", got, "not", code)])


def wait_until(connection, condition):
    """Waits until a condition, as SQL, holds; says whether it does."""
    end = time.monotonic() + SECONDS_TO_CATCH_UP
    while connection.rows(f"SELECT {condition}") != [("t",)]:
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def save_file(snapshot, path, content):
    chunks = f'[{{"fqn": "{path}", "content": "{content}"}}]'
    return call("cg_replace_file", "app", snapshot, snapshot, path, chunks)


def as_role(connection, role, sql):
    """Returns the outcome of a statement that a role runs in a transaction which is rolled back."""
    connection.rows("BEGIN")
    connection.rows(f"SET LOCAL ROLE {role}")
    answer = outcome(connection, sql)
    connection.rows("ROLLBACK")
    return answer


def check_roles(operator, report, primary):
    for _ in range(4):
        operator.next("Roles and grants")
    save = "SELECT cg_save_repository('x')"
    expect(report, "a reader reads", as_role(primary, "code_reader", "SELECT repositories FROM cg_stats()"), [("0",)])
    expect_error(report, "a reader does not write", as_role(primary, "code_reader", save), NOT_ALLOWED)
    for sql in (save, "SELECT cg_gc()", "SELECT cg_index_content()"):
        answer = as_role(primary, "code_writer", sql)
        report.check(f"operations: a writer: {sql}", [answer] if isinstance(answer, str) else [])
    expect(report, "a keeper repairs sequences", as_role(primary, "code_keeper", "SELECT cg_repair_sequences()"), [("0",)])


def check_pooling(operator, report):
    heading = "Connections and poolers"
    expect(report, "DISCARD ALL resets the actor", operator.next(heading), "")
    operator.next(heading)
    expect(report, "the log names the actor", operator.next(heading), "create|alice")
    operator.next(heading)


def check_waiting(operator, report):
    idle = operator.connect()
    idle.rows("BEGIN")
    idle.rows(save_file("commit-1", "idle.py", "idle"))
    found = operator.next("What waits for what")
    report.check("operations: an idle writer is found", [] if "idle in transaction" in found else [found])
    idle.rows("ROLLBACK")
    idle.close()
    operator.next("What waits for what")


def exported(connection):
    return [connection.rows(f"SELECT line FROM cg_export('{name}')")
            for (name,) in connection.rows("SELECT repo_id FROM cg_repositories()")]


def check_backup(operator, report, primary):
    for path in ("a.py", "b.py"):
        primary.rows(save_file("commit-1", path, path))
    primary.rows("SELECT cg_index_content()")
    server, _ = operator.servers["primary"]
    for database in ("restored", "refilled"):
        expect(report, f"what was {database} is sound", operator.next("Backup and restore"), "")
        operator.servers[database] = server, database
        copy = operator.connect(database)
        expect(report, f"what was {database} is what there was", exported(copy), exported(primary))
        expect(report, f"what was {database} can be written", copy.rows(call("cg_save_repository", "new")), [("new",)])
        copy.close()


def check_point_in_time(operator, report, primary):
    operator.next("Point in time")
    primary.rows(save_file("commit-1", "c.py", "before the fault"))
    before = exported(primary)
    ((operator.variables["TIME"],),) = primary.rows("SELECT clock_timestamp()")
    time.sleep(0.1)
    primary.rows("BEGIN")
    primary.rows("SELECT cg_delete_repository('app')")
    primary.rows("SELECT cg_save_repository('fault')")
    primary.rows("COMMIT")
    ((segment,),) = primary.rows("SELECT pg_walfile_name(pg_switch_wal())")
    wait_until(primary, f"last_archived_wal >= '{segment}' FROM pg_stat_archiver")
    restored = Server()
    try:
        restored.copy_backup(f"{operator.variables['BACKUP']}/base")
        (restored.data / "recovery.signal").touch()
        restored.start(*operator.settings("Point in time"))
        operator.servers["point in time"] = restored, DATABASE
        copy = operator.connect("point in time")
        report.check("operations: the restored server is open for writing",
                     [] if wait_until(copy, "NOT pg_is_in_recovery()") else ["it is not"])
        expect(report, "the store is as it was at that time", exported(copy), before)
        copy.close()
    finally:
        restored.remove()
    primary.rows("SELECT cg_delete_repository('fault')")
    primary.rows("SELECT cg_save_repository('app')")
    primary.rows("SELECT cg_create_snapshot('app', 'commit-1', NULL, 'main')")
    primary.rows(save_file("commit-1", "a.py", "a"))


def check_sqlite(operator, report):
    file = operator.variables["SQLITE_FILE"]
    store = Sqlite(default_module(), file)
    store.rows("PRAGMA journal_mode = WAL")
    store.rows("SELECT cg_save_repository('app')")
    store.rows("SELECT cg_create_snapshot('app', 'commit-1')")
    store.rows(save_file("commit-1", "a.py", "a"))
    expect(report, "the copy of a SQLite file is sound", operator.next("SQLite"), "")
    for name in ("code.db", "compact.db"):
        copy = Sqlite(default_module(), f"{operator.variables['BACKUP']}/{name}")
        expect(report, f"{name} is what there was", exported(copy), exported(store))
        copy.close()
    store.close()


def check_sequences(operator, report, primary):
    primary.rows(save_file("commit-1", "b.py", "a second file version"))
    primary.rows("SELECT setval('codegraph_file_key', min(file_key), false) FROM codegraph_files")
    root = primary.rows("SELECT cg_snapshot_root('app', 'commit-1')")
    expect_error(report, "a write beside a lagging sequence", outcome(primary, save_file("commit-1", "d.py", "d")), LAGGING)
    expect(report, "nothing was written", primary.rows("SELECT cg_snapshot_root('app', 'commit-1')"), root)
    report.check("operations: cg_verify lists the sequence",
                 [] if "codegraph_file_key" in str(primary.rows("SELECT * FROM cg_verify()")) else ["it does not"])
    expect(report, "the repair says how many it moved", operator.next("Sequences"), "1")
    expect(report, "the store is sound again", primary.rows("SELECT * FROM cg_verify()"), [])
    primary.rows(save_file("commit-1", "d.py", "d"))


def read_while_rows_vanish(operator, primary, reader, snapshot):
    """Reads a snapshot on the standby, lets gc and vacuum remove its rows on the primary, and reads it once more in the
    same transaction. Returns the outcomes of both reads."""
    primary.rows(call("cg_create_snapshot", "app", snapshot))
    primary.rows(save_file(snapshot, f"{snapshot}.py", snapshot))
    wait_until(reader, f"EXISTS (SELECT FROM cg_snapshots('app') WHERE snapshot_id = '{snapshot}')")
    question = f"SELECT content FROM cg_chunks('app', '{snapshot}')"
    reader.rows("BEGIN ISOLATION LEVEL REPEATABLE READ")
    first = outcome(reader, question)
    server, _ = operator.servers["primary"]
    if reader.rows("SHOW hot_standby_feedback") == [("on",)]:
        wait_until(primary, "EXISTS (SELECT FROM pg_stat_replication WHERE backend_xmin IS NOT NULL)")
    primary.rows(call("cg_delete_snapshot", "app", snapshot))
    primary.rows("SELECT cg_gc('app')")
    primary.rows("VACUUM")
    ((position,),) = primary.rows("SELECT pg_current_wal_insert_lsn()")
    primary.rows("SELECT pg_switch_wal()")
    watcher = operator.connect("standby")
    wait_until(watcher, f"pg_last_wal_replay_lsn() >= '{position}'")
    watcher.close()
    try:
        second = reader.rows(question)
    except (Failure, RuntimeError) as error:
        second = str(error)
    return first, second


def check_standby(operator, report, primary):
    standby = Server()
    try:
        server, _ = operator.servers["primary"]
        os.environ.update(server.environment(DATABASE))
        standby.copy_running_server()
        standby.start("hot_standby = on", "max_standby_streaming_delay = 0", "wal_receiver_status_interval = 1",
                      "hot_standby_feedback = off", "archive_mode = off")
        operator.servers["standby"] = standby, DATABASE
        reader = operator.connect("standby")
        expect_error(report, "a writer on a standby", outcome(reader, "SELECT cg_save_repository('x')"), READ_ONLY)
        first, second = read_while_rows_vanish(operator, primary, reader, "off")
        expect(report, "feedback off: the first read", first, [("off",)])
        report.check("operations: feedback off: the reader is cancelled",
                     [] if CANCELLED_FOR_RECOVERY in str(second) or "conflict with recovery" in str(second) else [second])
        reader.psql.kill()
        operator.next("Hot standby")
        reader = operator.connect("standby")
        wait_until(reader, "current_setting('hot_standby_feedback') = 'on'")
        first, second = read_while_rows_vanish(operator, primary, reader, "on")
        expect(report, "feedback on: the first read", first, [("on",)])
        expect(report, "feedback on: the reader goes on", second, first)
        reader.close()
    finally:
        standby.remove()


def is_copied(subscriber):
    return wait_until(subscriber, "count(*) > 0 AND bool_and(srsubstate = 'r') FROM pg_subscription_rel")


def has_caught_up(primary, name):
    ((position,),) = primary.rows("SELECT pg_current_wal_lsn()")
    return wait_until(primary, f"confirmed_flush_lsn >= '{position}' FROM pg_replication_slots WHERE slot_name = '{name}'")


def check_replication(operator, report, primary, subscriber):
    heading = "Logical replication"
    operator.next(heading)
    operator.next(heading)
    report.check("operations: the subscriber has its first copy", [] if is_copied(subscriber) else ["it has not"])
    primary.rows(save_file("commit-1", "e.py", "replicated"))
    report.check("operations: the subscriber follows", [] if has_caught_up(primary, "code") else ["it does not"])
    expect(report, "the subscriber has what the publisher has", exported(subscriber), exported(primary))
    report.check("operations: on the subscriber sequences lag",
                 [] if "codegraph_file_key" in str(subscriber.rows("SELECT * FROM cg_verify()")) else ["they do not"])
    moved = operator.next(heading)
    report.check("operations: promotion moves sequences, and the store is sound",
                 [] if moved.isdigit() and int(moved) > 0 else [moved])
    subscriber.rows(save_file("commit-1", "f.py", "after the promotion"))
    expect(report, "the promoted subscriber is sound", subscriber.rows("SELECT * FROM cg_verify()"), [])
    operator.next(heading)


def check_moving(operator, report, primary):
    heading = "Moving one repository while readers work"
    primary.rows("SELECT cg_save_repository('stays')")
    operator.next(heading)
    server, _ = operator.servers["subscriber"]
    subprocess.run([server.programs / "createdb", "-T", "template0", "-E", "UTF8", "destination"], check=True,
                   env={**os.environ, **server.environment("postgres")})
    destination = PostgresConnection("destination", host=str(server.folder), port=server.port)
    operator.servers["subscriber"] = server, "destination"
    destination.rows("CREATE SCHEMA code")
    destination.rows("CREATE EXTENSION codegraph SCHEMA code")
    destination.rows("SET search_path = code, public")
    operator.next(heading)
    report.check("operations: the repository is copied", [] if is_copied(destination) else ["it is not"])
    primary.rows(save_file("commit-1", "g.py", "during the move"))
    primary.rows(call("cg_soft_delete_file_chunks", "app", "commit-1", "a.py"))
    primary.rows("SELECT cg_prune('app', 1)")
    primary.rows("SELECT cg_gc('app')")
    report.check("operations: the copy follows", [] if has_caught_up(primary, "app") else ["it does not"])
    expect(report, "one repository has moved", destination.rows("SELECT repo_id FROM cg_repositories()"), [("app",)])
    export = "SELECT line FROM cg_export('app')"
    expect(report, "it has all that it had", destination.rows(export), primary.rows(export))
    moved = operator.next(heading)
    report.check("operations: the move moves sequences, and the copy is sound",
                 [] if moved.isdigit() and int(moved) > 0 else [moved])
    destination.rows(save_file("commit-1", "h.py", "after the move"))
    expect(report, "the moved repository can be written", destination.rows("SELECT * FROM cg_verify()"), [])
    operator.next(heading)
    expect(report, "the rest stays", primary.rows("SELECT repo_id FROM cg_repositories()"), [("stays",)])
    destination.close()


def check_watching(operator, report):
    for words in (["stays|"], ["codegraph_"], ["codegraph_"], [DATABASE], [], ["|"]):
        shown = operator.next("What to watch")
        report.check(f"operations: what to watch shows {words}", [shown] if any(word not in shown for word in words) else [])


def check(operator, report, primary):
    check_roles(operator, report, primary)
    check_pooling(operator, report)
    check_waiting(operator, report)
    check_backup(operator, report, primary)
    check_point_in_time(operator, report, primary)
    check_sqlite(operator, report)
    check_sequences(operator, report, primary)
    check_standby(operator, report, primary)
    subscriber = operator.connect("subscriber")
    check_replication(operator, report, primary, subscriber)
    subscriber.close()
    check_moving(operator, report, primary)
    check_watching(operator, report)
    report.check("operations: every command of the page was run", operator.page.left())


def main():
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    report, primary, subscriber = Report(), Server(), Server()
    scratch = pathlib.Path(tempfile.mkdtemp())
    scratch.chmod(0o777)
    variables = {"BACKUP": str(scratch / "backup"), "ARCHIVE": str(scratch / "archive"),
                 "SQLITE_FILE": str(scratch / "code.db"), "SQLITE_MODULE": default_module().removesuffix(".so"),
                 "PUBLISHER": f"host={primary.folder} port={primary.port} dbname={DATABASE} user={os.environ.get('PGUSER', 'postgres')}"}
    for name in ("BACKUP", "ARCHIVE"):
        pathlib.Path(variables[name]).mkdir()
        pathlib.Path(variables[name]).chmod(0o777)
    os.environ.setdefault("PGUSER", "postgres")
    try:
        for server in (primary, subscriber):
            server.initialise()
            server.start("wal_level = logical", "max_replication_slots = 20", "max_wal_senders = 20", "archive_mode = on",
                         f"archive_command = 'cp \"%p\" \"{variables['ARCHIVE']}/%f\"'" if server is primary
                         else "archive_command = ''")
            subprocess.run([server.programs / "createdb", "-T", "template0", "-E", "UTF8", DATABASE], check=True,
                           env={**os.environ, **server.environment("postgres")})
        places = ("primary", "publisher")
        operator = Operator(Page(), report, {**{place: (primary, DATABASE) for place in places},
                                             "subscriber": (subscriber, DATABASE)}, variables)
        operator.next("Operations")
        connection = operator.connect()
        check(operator, report, connection)
        connection.close()
    finally:
        primary.remove()
        subscriber.remove()
        shutil.rmtree(scratch, ignore_errors=True)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
