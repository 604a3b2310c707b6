#!/usr/bin/python3
"""Readers on a hot standby of the server that PGHOST, PGPORT and PGUSER (a superuser) name: every reader gives the
primary's rows, and every writer says that the transaction is read-only. The extension says which functions there are;
tests/support/calls.py has a call of each. The standby is made for this and gone afterwards; it runs as postgres when
this runs as root. Ends with `N passed, N failed`."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Postgres, PostgresConnection, Report, outcome  # noqa: E402

DATABASE = "codegraph_test_standby"
READ_ONLY_TRANSACTION = "25006"
SECONDS_TO_CATCH_UP = 10


class Standby:
    """A hot standby of the server, in a folder of its own."""

    def __init__(self):
        pg_config = os.environ.get("PG_CONFIG", "/usr/lib/postgresql/15/bin/pg_config")
        self.programs = pathlib.Path(subprocess.check_output([pg_config, "--bindir"], text=True).strip())
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.data, self.log, self.port = self.folder / "data", self.folder / "log", 20000 + os.getpid() % 20000
        self.owner = "postgres" if os.geteuid() == 0 else None
        if self.owner:
            shutil.chown(self.folder, self.owner)

    def run(self, program, *arguments):
        as_owner = {"user": self.owner, "group": self.owner, "extra_groups": []} if self.owner else {}
        subprocess.run([self.programs / program, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL,
                       **as_owner)

    def start(self):
        self.run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast")
        with open(self.data / "postgresql.auto.conf", "a", encoding="utf-8") as settings:
            settings.write(f"port = {self.port}\nlisten_addresses = ''\nunix_socket_directories = '{self.folder}'\n"
                           "hot_standby = on\n")
        # The configuration may be outside of the primary's data directory, and then is not in the copy.
        (self.data / "postgresql.conf").touch()
        (self.data / "pg_hba.conf").write_text("local all all trust\n", encoding="utf-8")
        (self.data / "pg_ident.conf").write_text("", encoding="utf-8")
        if self.owner:
            for path in self.data.glob("*.conf"):
                shutil.chown(path, self.owner, self.owner)
        try:
            self.run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "start")
        except subprocess.CalledProcessError:
            print(self.log.read_text(encoding="utf-8"))
            raise

    def connect(self):
        return PostgresConnection(DATABASE, host=str(self.folder), port=self.port)

    def remove(self):
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def catch_up(primary, standby):
    """Waits until the standby has replayed what the primary has written so far."""
    ((position,),) = primary.rows("SELECT pg_current_wal_flush_lsn()")
    end = time.monotonic() + SECONDS_TO_CATCH_UP
    while standby.rows(f"SELECT pg_last_wal_replay_lsn() >= '{position}'") != [("t",)] and time.monotonic() < end:
        time.sleep(0.1)


def check(primary, standby, report):
    functions = primary.functions()
    report.check("standby: every function has a sample call", calls.gaps(functions))
    asked, refused = ({name: primary.statement(name, calls.sample(name)) for name in names}
                      for names in calls.sampled(functions))
    report.check("standby: on the primary every reader has rows, and every writer succeeds",
                 calls.problems_where_all_is_allowed(primary, asked, refused))
    catch_up(primary, standby)
    report.check("standby: it is one",
                 [] if standby.rows("SELECT pg_is_in_recovery()") == [("t",)] else ["it is a primary"])
    for sql in asked.values():
        expected, answer = outcome(primary, sql), outcome(standby, sql)
        report.check(f"standby: {sql}", [] if calls.same(sql, answer, expected) else [("got", answer, "not", expected)])
    for sql in refused.values():
        answer = outcome(standby, sql)
        report.check(f"standby: {sql} is refused",
                     [] if str(answer).startswith(f"{READ_ONLY_TRANSACTION}: ") else [answer])


def main():
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    report, primary = Report(), Postgres(DATABASE)
    standby = Standby()
    try:
        primary.rows("SET TimeZone = 'UTC'")
        calls.fill(primary)
        standby.start()
        connection = standby.connect()
        connection.rows("SET TimeZone = 'UTC'")
        check(primary, connection, report)
        connection.close()
    finally:
        standby.remove()
        primary.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
