#!/usr/bin/python3
"""Readers of a graph of 200,000 chunks are interrupted while they load, count, rank, search for cycles and give rows, in
both databases: prints how long each took to stop (the goal is 50 ms, what fails is 1,000 ms, since machines are loaded),
and the connection must answer rightly afterwards. Ends with `N passed, N failed`."""
import argparse
import pathlib
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, Report, Sqlite, call, default_module  # noqa: E402

FILES_IN_CALL, CHUNKS_IN_FILE, LIMIT = 2000, 10, 1.0
REACHED = "SELECT {} FROM cg_transitive_dependencies('r', 's', 'f0.c0')"
QUESTIONS = [  # name, SQL, whether no graph is to be kept before it
    ("the first load", "SELECT cg_count_dependencies('r', 's', 'f0.c0')", True),
    ("count", "SELECT cg_count_dependencies('r', 's', 'f0.c0')", False),
    ("importance", "SELECT count(*) FROM cg_importance('r', 's')", False),
    ("cycles", "SELECT count(*) FROM cg_cycles('r', 's')", False),
    ("unreferenced", "SELECT count(*) FROM cg_unreferenced('r', 's')", False),
    ("search", "SELECT count(*) FROM cg_search_content('nowhere', NULL, 'r')", False),
    ("rows of a traversal", REACHED.format("count(*)"), False),
]


def fill(database, chunks):
    """Chunk c of file f calls the chunks 2 * n + 1, 2 * n + 2 and one far away, n being its number of all chunks."""
    database.rows(call("cg_save_repository", "r"))
    database.rows(call("cg_create_snapshot", "r", "s"))

    def name(number):
        number %= chunks
        return f"f{number // CHUNKS_IN_FILE}.c{number % CHUNKS_IN_FILE}"

    def file(number):
        own = range(number * CHUNKS_IN_FILE, (number + 1) * CHUNKS_IN_FILE)
        made = ",".join(f'{{"content":"x","fqn":"{name(n)}","start_line":{n - own[0] + 1}}}' for n in own)
        calls = ",".join(f'{{"from_fqn":"{name(n)}","to_fqn":"{name(to)}"}}'
                         for n in own for to in (2 * n + 1, 2 * n + 2, n * 7919 + 13))
        return f'{{"file_path":"d{number % 50}/f{number}","chunks":[{made}],"dependencies":[{calls}]}}'

    for start in range(0, chunks // CHUNKS_IN_FILE, FILES_IN_CALL):
        files = ",".join(map(file, range(start, min(start + FILES_IN_CALL, chunks // CHUNKS_IN_FILE))))
        database.rows(f"SELECT cg_replace_files('r', 's', 's', '[{files}]')")


class Interrupted:
    """Asks, and interrupts some time later; how long the stopping took, or None when the answer came before."""

    def __init__(self, database, stop):
        self.database, self.stop = database, stop

    def __call__(self, sql, delay):
        stopped = []

        def work():
            time.sleep(delay)
            stopped.append(time.monotonic())
            self.stop()

        thread = threading.Thread(target=work)
        thread.start()
        try:
            self.database.rows(sql)
            ended = None
        except Failure as error:
            ended = time.monotonic()
            if error.code not in (9, "57014"):
                raise
        thread.join()
        return None if ended is None else ended - stopped[0]


class Canceller:
    """pg_cancel_backend from another session."""

    def __init__(self, database):
        self.process = subprocess.Popen(["psql", "-X", "-q", "-At", "-d", database.database], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, encoding="utf-8")
        self.pid = database.rows("SELECT pg_backend_pid()")[0][0]
        self()  # connects; nothing runs yet

    def __call__(self):
        self.process.stdin.write(f"SELECT pg_cancel_backend({self.pid});\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def timeout(database, sql, delay):
    """As Interrupted, by statement_timeout."""
    database.rows(f"SET statement_timeout = {max(1, round(delay * 1000))}")
    started = time.monotonic()
    try:
        database.rows(sql)
        return None
    except Failure as error:
        if error.code != "57014":
            raise
        return time.monotonic() - started - delay
    finally:
        database.rows("SET statement_timeout = 0")


def examine(database, means, report):
    def forget():
        database.rows(call("cg_config", "graph_cache_size", "0"))
        database.rows(call("cg_config", "graph_cache_size", "256MB"))

    for name, sql, cold in QUESTIONS:
        forget()
        if not cold:
            database.rows(QUESTIONS[0][1])
        started = time.monotonic()
        expected = database.rows(sql)
        whole = time.monotonic() - started
        for how, interrupted in means.items():
            times = []
            for part in 0.1, 0.4, 0.8:
                if cold:
                    forget()
                latency = interrupted(sql, whole * part)
                if latency is not None:
                    times.append(latency)
            title = f"{database.name}: {how}: {name}"
            slowest = f"{max(times) * 1000:.0f} ms" if times else "-"
            print(f"   {title}: {len(times)} of 3 stopped in up to {slowest}; whole {whole * 1000:.0f} ms", flush=True)
            # What takes next to no time may end before the interruption comes.
            report.check(f"{title}: stops", [seconds for seconds in times if seconds >= LIMIT]
                         or ([] if times or whole < 0.1 else ["was never interrupted"]))
            answer = database.rows(sql)
            report.check(f"{title}: answers rightly afterwards", [] if answer == expected else [(answer, expected)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=200000)
    parser.add_argument("--sqlite", default=default_module())
    arguments = parser.parse_args()
    report = Report()
    answers = []
    for database in Sqlite(arguments.sqlite), Postgres("codegraph_interrupts"):
        started = time.monotonic()
        fill(database, arguments.chunks)
        print(f"   {database.name}: {arguments.chunks} chunks saved in {time.monotonic() - started:.1f} s", flush=True)
        if database.name == "sqlite":
            examine(database, {"interrupt": Interrupted(database, database.connection.interrupt)}, report)
        else:
            canceller = Canceller(database)
            examine(database, {"statement_timeout": lambda sql, delay: timeout(database, sql, delay),
                               "pg_cancel_backend": Interrupted(database, canceller)}, report)
            canceller.close()
        answers.append([database.rows(sql) for _, sql, _ in QUESTIONS])
        database.close()
    report.check("both databases say the same", [pair for pair in zip(*answers) if pair[0] != pair[1]])
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
