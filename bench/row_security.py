#!/usr/bin/python3
"""Measures what row-level security costs: the same calls by a role that policies apply to, and by the same role without
policies. Each pair has two databases, which are filled and asked alike, one right after the other. Prints the medians of
the processor time that the server's process took, and their ratios. Needs the extension installed and a server on this
machine, whose superuser the PG* variables name:

    pg_virtualenv -t -v 15 bench/row_security.py [--chunks 100000] [--repeats 3]

docs/row_security.md has the policies. A load fills a repository, 100 files of 20 chunks a call; a graph is loaded by a
question to it while none is kept; a write replaces a file. `fresh` is asked right after the load, before ANALYZE."""
import argparse
import pathlib
import statistics
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "support"))
from databases import Postgres  # noqa: E402

FILES_A_CALL, CHUNKS_A_FILE = 100, 20
ROLE = "codegraph_bench_tenant"
# Of codegraph_repositories, and of the other tables.
POLICIES = {
    "IN (SELECT ... FROM tenants)": ("repo_id IN (SELECT t.repo_id FROM tenants t WHERE t.tenant = current_setting('app.tenant'))",
                                     "repo_key IN (SELECT t.repo_key FROM tenants t WHERE t.tenant = current_setting('app.tenant'))"),
    "IN (SELECT ... FROM codegraph_repositories)":
        ("split_part(repo_id, '/', 1) = current_setting('app.tenant')", "repo_key IN (SELECT r.repo_key FROM codegraph_repositories r)"),
    "= current_setting(...)": ("repo_id = current_setting('app.tenant')", "repo_key = current_setting('app.key')::bigint"),
}
READS = {
    "graph": "SELECT cg_count_dependents('r', 's', 'm0.f0')",
    "20 chunks": "SELECT count(*) FROM generate_series(1, 20) i CROSS JOIN cg_chunk('r', 's', 'm' || i || '.f1') c",
    "20 files": "SELECT count(*) FROM generate_series(1, 20) i CROSS JOIN cg_file_chunks('r', 's', 'd' || i || '/m.py') c",
    "list of files": "SELECT count(*) FROM cg_files('r', 's')",
    "all chunks": "SELECT count(*) FROM cg_chunks('r', 's')",
    "20 probes": "SELECT count(*) FROM generate_series(1, 20) i CROSS JOIN cg_dependencies_from('r', 's', 'm' || i || '.f1') c",
    "search": "SELECT count(*) FROM cg_search_content('return 77', 50, 'r', 's')",
    "log": "SELECT count(*) FROM cg_log('r', 's')",
}
WRITE = """SELECT cg_replace_file('r', 's', 's', 'd{n}/m.py', (SELECT json_agg(json_build_object('content', 'def g ' || i || ' {what}',
    'fqn', 'w{n}.g' || i, 'start_line', i)) FROM generate_series(1, 20) i)::text, '[{{"from_fqn": "w{n}.g1", "to_fqn": "m5.f5"}}]')"""


def load(database, chunks):
    files = chunks // CHUNKS_A_FILE
    for first in range(0, files, FILES_A_CALL):
        database.rows(f"""SELECT cg_replace_files('r', 's', 's', (SELECT json_agg(json_build_object('file_path', 'd' || f || '/m.py',
            'chunks', (SELECT json_agg(json_build_object('content', 'def f' || c || ': return ' || f * 31 + c, 'fqn', 'm' || f || '.f' || c, 'start_line', c + 1))
                       FROM generate_series(0, {CHUNKS_A_FILE - 1}) c),
            'dependencies', (SELECT json_agg(json_build_object('from_fqn', 'm' || f || '.f' || c, 'to_fqn', 'm' || (f * 7 + c) % {files} || '.f' || c))
                       FROM generate_series(0, {CHUNKS_A_FILE - 1}) c)))
            FROM generate_series({first}, {min(first + FILES_A_CALL, files) - 1}) f))""")


class Clock:
    """The processor time of the server's process, in seconds."""

    def __init__(self, database):
        self.database, self.file = database, f"/proc/{database.rows('SELECT pg_backend_pid()')[0][0]}/schedstat"

    def now(self):
        return int(pathlib.Path(self.file).read_text(encoding="ascii").split()[0]) / 1e9

    def seconds(self, sql):
        start = self.now()
        self.database.rows(sql)
        return self.now() - start


def prepare(database, policies):
    """Makes a tenant with a repository of its own among others, and the policies, if any."""
    database.rows("CREATE TABLE tenants (tenant text, repo_id text, repo_key bigint, PRIMARY KEY (tenant, repo_key))")
    for repo in ("other", "r"):
        database.rows(f"SELECT cg_save_repository('{repo}')")
        database.rows(f"SELECT cg_create_snapshot('{repo}', 's')")
    database.rows("SELECT cg_save_chunk('other', 's', '{\"file_path\": \"x\", \"content\": \"x\"}')")
    database.rows("INSERT INTO tenants SELECT repo_id, repo_id, repo_key FROM codegraph_repositories")
    database.rows("INSERT INTO tenants SELECT 'tenant' || i, 'repo' || i, 1000 + i FROM generate_series(1, 1000) i")
    database.rows(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
    database.rows(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    key = database.rows("SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'r'")[0][0]
    database.rows(f"SET app.tenant = 'r'; SET app.key = {key}")
    for (table,) in database.tables():
        if policies:
            condition = policies[0] if table == "codegraph_repositories" else policies[1]
            database.rows(f"CREATE POLICY tenant ON {table} USING ({condition})")
            database.rows(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    database.rows(f"SET ROLE {ROLE}")
    database.rows("SET codegraph.graph_cache_size = 0")


def ask(clock, when, repeats=3):
    times = {}
    for name, sql in READS.items():
        clock.database.rows(sql)  # the plan is made
        times[f"{name}, {when}"] = statistics.median(clock.seconds(sql) for _ in range(repeats))
    clock.database.rows(WRITE.format(n=3, what=when))
    times[f"10 writes, {when}"] = sum(clock.seconds(WRITE.format(n=4 + i, what=when)) for i in range(10))
    return times


def run(chunks, policies):
    database = Postgres("codegraph_bench_row_security")
    try:
        prepare(database, policies)
        clock = Clock(database)
        start = clock.now()
        load(database, chunks)
        times = {"load": clock.now() - start, **ask(clock, "fresh")}
        database.rows("RESET ROLE")
        database.rows("VACUUM ANALYZE")
        database.rows(f"SET ROLE {ROLE}")
        return {**times, **ask(clock, "analysed")}
    finally:
        database.rows("RESET ROLE")
        database.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chunks", type=int, default=100000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--policies", type=int, default=len(POLICIES), help="how many of the policies")
    arguments = parser.parse_args()
    administration = Postgres("codegraph_bench_roles")
    administration.rows(f"CREATE ROLE {ROLE}")
    try:
        for policy, conditions in list(POLICIES.items())[:arguments.policies]:
            pairs = [(run(arguments.chunks, None), run(arguments.chunks, conditions)) for _ in range(arguments.repeats)]
            print(f"{policy}, {arguments.chunks} chunks, {arguments.repeats} pairs: without, with, ratio")
            for name in pairs[0][0]:
                without, with_policy = (statistics.median(pair[i][name] for pair in pairs) for i in (0, 1))
                print(f"    {name:25} {without * 1000:10.2f} ms {with_policy * 1000:10.2f} ms {with_policy / without:7.2f}", flush=True)
    finally:
        administration.rows(f"DROP ROLE {ROLE}")
        administration.close()


if __name__ == "__main__":
    main()
