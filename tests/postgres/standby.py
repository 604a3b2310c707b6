#!/usr/bin/python3
"""Readers on a hot standby of the server that PGHOST, PGPORT and PGUSER (a superuser) name: every reader gives the
primary's rows, and every writer says that the transaction is read-only. The extension says which functions there are;
tests/support/calls.py has a call of each. The standby is made for this and gone afterwards; it runs as postgres when
this runs as root. Ends with `N passed, N failed`."""
import pathlib
import signal
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import calls  # noqa: E402
from databases import Postgres, PostgresConnection, Report, outcome  # noqa: E402
from servers import Server  # noqa: E402

DATABASE = "codegraph_test_standby"
READ_ONLY_TRANSACTION = "25006"
SECONDS_TO_CATCH_UP = 10


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
    standby = Server()
    try:
        primary.rows("SET TimeZone = 'UTC'")
        calls.fill(primary)
        standby.copy_running_server()
        ((prepared,),) = primary.rows("SHOW max_prepared_transactions")  # no less than on the primary
        standby.start("hot_standby = on", f"max_prepared_transactions = {prepared}")
        connection = PostgresConnection(DATABASE, host=str(standby.folder), port=standby.port)
        connection.rows("SET TimeZone = 'UTC'")
        check(primary, connection, report)
        connection.close()
    finally:
        standby.remove()
        primary.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
