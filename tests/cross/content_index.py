#!/usr/bin/python3
"""The content index never makes a search miss a chunk, in both databases: whatever the order in which the keys of file
versions are given and committed, and whatever happens to the rows of the index. An answer is that of a naive search over
cg_chunks, or *data corrupted* (XX001, SQLITE_CORRUPT) where rows are damaged; cg_verify then names the damage, and
cg_index_content(repo, true) mends it. Ends with `N passed, N failed`.

usage: content_index.py [--sqlite MODULE] [--only sqlite|postgres] [--rounds N] [--seed N]
"""
import argparse
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, PostgresConnection, Report, Sqlite, call, default_module, quoted  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402

CORRUPT = {"sqlite": 11, "postgres": "XX001"}
WORDS = ["alpha", "Beta", "gamma ray", "delta", "epsilon", "zeta_x", "eta", "theta", "iota", "kappa", "lambda", "mu"]
QUERIES = ["a", "et", "beta", "ETA", "gamma r", "zeta_x", "kappa lambda", "number 7", "no such text", "mu", "x", "fresh"]
EXTREMES = [0, -1, 1, 10**11, 2**63 - 1, -2**63]


class Store:
    def __init__(self, database, random):
        self.database, self.random, self.written, self.is_known = database, random, 0, False
        self.rows = database.rows

    def corrupt(self, failure):
        return str(failure.code) == str(CORRUPT[self.database.name])

    def text(self):
        self.written += 1
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randrange(1, 5))) + f" number {self.written % 20}"

    def write(self, repo, snapshot, paths, base=None):
        files = [{"file_path": path, "chunks": [
            {"content": self.text(), "start_line": line + 1, "importance": self.random.choice([0, 0.5, 0.5, 1])}
            for line in range(self.random.randrange(4))]} for path in paths]
        self.rows(call("cg_replace_files", repo, base or snapshot, snapshot, json.dumps(files)))

    def allow(self, contents):
        self.rows(call("cg_config", "auto_index_content", str(contents)))

    def problems(self, repo, snapshots, may_be_corrupt=False):
        """Where searches differ from the naive one."""
        found = []
        for snapshot in snapshots:
            chunks = self.rows(f"SELECT chunk_id, content, importance FROM cg_chunks({quoted(repo)}, {quoted(snapshot)})")
            for query in QUERIES:
                expected = [c for c in chunks if query.lower() in c[1].lower()]
                expected.sort(key=lambda row: -float(row[2]))
                for limit in None, 3:
                    sql = (f"SELECT chunk_id FROM cg_search_content({quoted(query)}, {quoted(limit)}, {quoted(repo)},"
                           f" {quoted(snapshot)})")
                    try:
                        got = [row[0] for row in self.rows(sql)]
                    except Failure as failure:
                        if not may_be_corrupt or not self.corrupt(failure):
                            found.append(f"{snapshot} {query!r}: {failure}")
                        continue
                    if got != [row[0] for row in expected[:limit]]:
                        found.append(f"{snapshot} {query!r} {limit}: {len(got)} of {len(expected)} rows")
        return found

    def findings(self, repo):
        """What cg_verify finds but for the sequence, which keys given by hand have overtaken."""
        return self.rows(f"SELECT object, problem FROM cg_verify({quoted(repo)}) WHERE object NOT LIKE 'sequence %'")

    def repo_key(self, repo):
        return self.rows(f"SELECT repo_key FROM codegraph_repositories WHERE repo_id = {quoted(repo)}")[0][0]

    def scatter(self, repo):
        """Gives the file versions that are in no segment keys that nothing has, from anywhere, also ones between those
        that are indexed. As sequences do that are cached or set back, and writers that commit late."""
        key = self.repo_key(repo)
        used = {int(k) for (k,) in self.rows(f"SELECT file_key FROM codegraph_files WHERE repo_key = {key}")}
        for old in sorted(used - self.indexed):
            new = self.random.randrange(5000, 100000)  # beyond what the sequence gives meanwhile
            if new in used or new in self.indexed:
                continue
            used.add(new)
            for table in "files", "chunks":
                self.rows(f"UPDATE codegraph_{table} SET file_key = {new} WHERE repo_key = {key} AND file_key = {old}")

    def note_indexed(self, repo, all_are=True):
        """After the index has taken what there is: these keys may not change any more. `all_are`: it has left none out."""
        self.is_known = all_are
        key = self.repo_key(repo)
        self.indexed = {int(k) for (k,) in self.rows(f"SELECT file_key FROM codegraph_files WHERE repo_key = {key}")}

    def miscounted(self, repo):
        """Where cg_status counts other contents than those that are not indexed. Only cg_index_content leaves known
        which these are."""
        if not self.is_known:
            return []
        files = self.rows(f"SELECT file_key, chunk_count FROM codegraph_files WHERE repo_key = {self.repo_key(repo)}")
        expected = sum(int(chunks) for key, chunks in files if int(key) not in self.indexed)
        got = int(self.rows(f"SELECT contents_not_indexed FROM cg_status({quoted(repo)})")[0][0])
        return [f"{got} in place of {expected}"] if got != expected else []


def any_order_of_keys(store, report, rounds):
    store.rows(call("cg_save_repository", "order"))
    store.rows(call("cg_create_snapshot", "order", "main"))
    store.indexed, snapshots, problems, findings, miscounts = set(), ["main"], [], [], []
    paths = [f"d{n % 5}/f{n}" for n in range(120)]
    store.allow(0)
    store.write("order", "main", paths)
    for number in range(rounds):
        store.allow(0)
        store.scatter("order")
        miscounts += store.miscounted("order")
        problems += store.problems("order", snapshots[-3:])
        act = number % 5
        if act == 0:
            store.rows(call("cg_index_content", "order"))
            store.note_indexed("order")
        elif act in (1, 2):
            base = store.random.choice(snapshots)
            snapshots.append(f"s{number}")
            store.write("order", snapshots[-1], store.random.sample(paths, 9), base)
        elif act == 3:  # a writer indexes what it finds, also what has lesser keys
            store.allow(1000)
            store.write("order", store.random.choice(snapshots), store.random.sample(paths, 2))
            store.note_indexed("order", all_are=False)
        elif len(snapshots) > 3:
            store.rows(call("cg_delete_snapshot", "order", snapshots.pop(1)))
            store.rows(call("cg_prune", "order", 1))
            store.rows(call("cg_gc", "order"))
        problems += store.problems("order", snapshots[-3:])
        findings += store.findings("order")
    report.check(f"{store.database.name}: whatever the order of keys, a search finds all", problems)
    report.check(f"{store.database.name}: and cg_verify finds nothing", findings)
    report.check(f"{store.database.name}: cg_status counts what is not indexed", miscounts)


def damages(store, repo):
    """Every row of the tables of the index, deleted and with each column damaged: (what, SQL)."""
    key = store.repo_key(repo)
    flipped = {"sqlite": lambda hexadecimal: f"x'{hexadecimal}'", "postgres": lambda hexadecimal: f"'\\x{hexadecimal}'::bytea"}
    keys = {"segments": ["segment_key"], "grams": ["segment_key", "first_gram"], "roots": ["snapshot_key"]}
    numbers = {"segments": ["segment_key", "file_count", "last_file_key"], "grams": ["segment_key", "first_gram"],
               "roots": ["snapshot_key", "segment_key"]}
    bodies = {"segments": ["head", "files"], "grams": ["body"], "roots": ["root", "seal"]}
    for table, key_columns in keys.items():
        for row in store.rows(f"SELECT {', '.join(key_columns)} FROM codegraph_content_{table} WHERE repo_key = {key}"):
            where = f"WHERE repo_key = {key} AND " + " AND ".join(f"{c} = {v}" for c, v in zip(key_columns, row))
            yield f"{table} {row} deleted", f"DELETE FROM codegraph_content_{table} {where}"
            for column in numbers[table]:
                now = int(store.rows(f"SELECT {column} FROM codegraph_content_{table} {where}")[0][0])
                for value in store.random.sample([e for e in EXTREMES if e != now], 2) + [now + 1]:
                    yield (f"{table} {row} {column} = {value}",
                           f"UPDATE codegraph_content_{table} SET {column} = {value} {where}")
            for column in bodies[table]:
                value = store.rows(f"SELECT {column} FROM codegraph_content_{table} {where}")[0][0].removeprefix("\\x")
                place = 2 * store.random.randrange(len(value) // 2)
                byte = int(value[place:place + 2], 16) ^ (1 << store.random.randrange(8))
                for what, damaged in (("flipped", value[:place] + f"{byte:02x}" + value[place + 2:]), ("emptied", ""),
                                      ("cut", value[:place])):
                    yield (f"{table} {row} {column} {what}", f"UPDATE codegraph_content_{table} SET {column} ="
                           f" {flipped[store.database.name](damaged)} {where}")
    for table in keys:
        yield f"all {table} deleted", f"DELETE FROM codegraph_content_{table} WHERE repo_key = {key}"


def is_harmless(what):
    """A root that is forgotten is looked at again: nothing is wrong."""
    return what.startswith("roots") and what.endswith("deleted") or what == "all roots deleted"


def damaged(store, sql):
    """Begins a transaction and does the damage; returns whether that is possible."""
    store.rows("BEGIN")
    try:
        store.rows(sql)
    except Failure:  # a key that is there already
        store.rows("ROLLBACK")
        return False
    return True


def every_damage(store, report):
    store.rows(call("cg_save_repository", "damage"))
    store.rows(call("cg_create_snapshot", "damage", "main"))
    paths = [f"d{n % 5}/f{n}" for n in range(70)]
    store.allow(0)
    store.write("damage", "main", paths)
    store.rows(call("cg_index_content", "damage"))
    store.allow(30)
    for number in range(8):  # a few small segments by writers, empty places by a collection
        store.write("damage", "main", [f"new {number}", paths[number], paths[number + 1]])
    store.rows(call("cg_prune", "damage", 1))
    store.rows(call("cg_gc", "damage"))
    store.write("damage", "fresh", ["fresh"], "main")
    store.allow(0)
    snapshots = ["main", "fresh"]
    name, problems, unnamed, unmended, count = store.database.name, [], [], [], 0
    report.check(f"{name}: the store to damage is sound", store.findings("damage") + store.problems("damage", snapshots))
    for what, sql in list(damages(store, "damage")):
        count += 1
        if not damaged(store, sql):
            continue
        problems += [f"{what}: {p}" for p in store.problems("damage", snapshots, True)]
        if not is_harmless(what) and not store.findings("damage"):
            unnamed.append(what)
        store.rows("ROLLBACK")
        damaged(store, sql)  # anew: SQLite writes no more in a transaction that met SQLITE_CORRUPT
        store.rows(call("cg_index_content", "damage", True))
        unmended += [f"{what}: {p}" for p in store.problems("damage", snapshots) + store.findings("damage")]
        store.rows("ROLLBACK")
    report.check(f"{name}: {count} damages of the index: a search gives all rows or says so", problems)
    report.check(f"{name}: cg_verify names each", unnamed)
    report.check(f"{name}: and a rebuild mends each", unmended)


def sequences(store, report):
    """What PostgreSQL's sequence does: cached keys in two sessions, a slow writer, and a sequence that was set back."""
    other = Store(PostgresConnection(store.database.database), store.random)
    snapshots, problems = ["main", "side"], []
    store.rows("ALTER SEQUENCE codegraph_file_key CACHE 50")
    store.rows(call("cg_save_repository", "keys"))
    store.allow(0)
    for snapshot in snapshots:
        store.rows(call("cg_create_snapshot", "keys", snapshot))
    store.write("keys", "main", ["a", "b"])
    for number in range(12):
        for each in store, other:
            each.allow(store.random.choice([0, 1000]))
        other.rows("BEGIN")
        other.write("keys", "side", [f"slow {number}", f"slower {number}"])
        store.write("keys", "main", [f"quick {number}", "a"])
        other.rows("COMMIT")
        problems += store.problems("keys", snapshots)
        if number % 3 == 2:
            store.rows(call("cg_index_content", "keys"))
        store.write("keys", "main", [f"more {number}"])
        other.write("keys", "side", [f"more {number}"])
        problems += store.problems("keys", snapshots)
    report.check("postgres: with CACHE 50, a search finds what each of two sessions wrote", problems)
    problems = []
    store.rows("ALTER SEQUENCE codegraph_file_key CACHE 1")
    store.rows("SELECT setval('codegraph_file_key', 1000000)")
    store.allow(0)
    store.write("keys", "main", [f"high {n}" for n in range(20)])
    store.rows(call("cg_index_content", "keys"))
    store.rows("SELECT setval('codegraph_file_key', 500000)")
    for number in range(6):
        store.allow(store.random.choice([0, 1000]))
        store.write("keys", "main", [f"low {number}", f"high {number}"])
        problems += store.problems("keys", snapshots)
    store.rows(call("cg_prune", "keys", 1))
    store.rows(call("cg_gc", "keys"))
    used = {int(key) for (key,) in store.rows("SELECT file_key FROM codegraph_files")}
    freed = next(key for key in range(1000001, 1000022) if key not in used)
    store.rows(f"SELECT setval('codegraph_file_key', {freed}, false)")
    store.write("keys", "main", ["again"])
    problems += store.problems("keys", snapshots) + store.findings("keys")
    report.check("postgres: a sequence that is set back hides nothing", problems)
    other.database.close()


def numbers_are_not_trusted(store, report):
    problems = []
    for count in EXTREMES:
        store.rows("BEGIN")
        store.rows(f"UPDATE codegraph_content_segments SET file_count = {count}")
        try:
            store.rows("SELECT count(*) FROM cg_search_content('alpha', 50, 'damage')")
            problems.append(f"{count} is taken for the count")
        except Failure as failure:
            if not store.corrupt(failure):
                problems.append(f"{count}: {failure}")
        store.rows("ROLLBACK")
    report.check(f"{store.database.name}: a count of file versions is not trusted", problems)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parse_arguments(parser)
    report = Report()
    databases = [] if arguments.only == "postgres" else [Sqlite(arguments.sqlite)]
    if arguments.only != "sqlite":
        databases.append(Postgres("codegraph_content_index"))
        databases[-1].go_on_after_errors()
    for database in databases:
        store = Store(database, Random(arguments.seed))
        any_order_of_keys(store, report, arguments.rounds)
        if database.name == "postgres":
            sequences(store, report)
        every_damage(store, report)
        numbers_are_not_trusted(store, report)
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
