#!/usr/bin/python3
"""cg_search_content against a naive search over cg_chunks, in both databases: random texts of hostile bytes, queries of
every length, several repositories and snapshots, soft-deleted files and chunks, before, between and after calls of
cg_index_content, with writers that index nothing, a little or all, and after deletions. Both databases must give the
same rows. `--sqlite-only` leaves PostgreSQL out. Ends with `N passed, N failed`."""
import argparse
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Postgres, Report, Sqlite, call, default_module, quoted  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402

PIECES = ["a", "A", "b", "Z", "z", "[", "@", "`", "{", "%", "_", "*", "?", "\\", "'", '"', "''", "\n", "\t", " ", "(", ")", "]",
          "é", "É", "ß", "漢", "😀", "foo", "Foo", "FOO", "foobar", "if", "return ", "$1", "--", "\x7f", "\x01", "aaaa"]
REPOSITORIES = ["one", "two", "Zwei"]
COLUMNS = ("repo_id, snapshot_id, chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility,"
           " content, content_hash, summary, importance, CAST(is_deleted AS int), attrs")


def folded(text):
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in text)


class Texts:
    def __init__(self, seed):
        self.random = Random(seed)
        self.made = []

    def text(self, most=30):
        if self.made and self.random.random() < 0.1:
            return self.random.choice(self.made)
        text = "".join(self.random.choice(PIECES) for _ in range(self.random.randrange(most)))
        self.made.append(text)
        return text

    def query(self):
        if self.random.random() < 0.8:
            text = self.random.choice(self.made)
            if text:
                start = self.random.randrange(len(text))
                size = self.random.choice([1, 1, 2, 2, 3, 4, 6, 12, 100])
                text = text[start:start + size]
                return "".join(c.swapcase() if c.isascii() and self.random.random() < 0.3 else c for c in text)
        return "".join(self.random.choice(PIECES) for _ in range(self.random.randrange(1, 4)))

    def file(self, number):
        chunks = []
        for line in range(self.random.randrange(6)):
            chunk = {"content": self.text(), "start_line": self.random.randrange(1, 4), "end_line": 1000,
                     "importance": self.random.choice([0, 0.25, 0.5, 0.5, 0.5, 1, self.random.random()])}
            if self.random.random() < 0.5:
                chunk["fqn"] = f"f{number}.c{line}"
            chunks.append(chunk)
        return {"file_path": f"d{number % 3}/f{number}", "chunks": chunks, "dependencies": []}


def expectation(databases_rows, query, limit):
    """Of rows of cg_chunks of the searched snapshots, by repository and reader order."""
    found = [row for row in databases_rows if folded(query) in folded(row[11])]
    found.sort(key=lambda row: -float(row[14]))  # stable
    return found if limit is None else found[:limit]


def default_snapshots(database):
    """By the rule of the reference, from cg_snapshots (which is by creation)."""
    chosen = []
    for repo, branch in database.rows("SELECT repo_id, default_branch FROM cg_repositories()"):
        snapshots = database.rows(f"SELECT snapshot_id, branch_name FROM cg_snapshots({quoted(repo)})")
        of_ref = [s for ref, s in database.rows(f"SELECT ref, snapshot_id FROM cg_refs({quoted(repo)})") if ref == branch]
        if snapshots:
            chosen.append((repo, (of_ref or [s for s, b in snapshots if b == branch] or [s for s, _ in snapshots])[-1]))
    return chosen


def chunks(database, repo, snapshot):
    columns = COLUMNS.replace("repo_id, snapshot_id", f"{quoted(repo)}, {quoted(snapshot)}")
    return database.rows(f"SELECT {columns} FROM cg_chunks({quoted(repo)}, {quoted(snapshot)})")


def examine(databases, texts, report, title, queries):
    everything = [(d, default_snapshots(d)) for d in databases]
    stored = {(d.name, at): chunks(d, *at) for d, _ in everything
              for repo in REPOSITORIES for at in [(repo, s) for (s,) in snapshot_ids(d, repo)]}
    problems, hits = [], 0
    for _ in range(queries):
        query = texts.query()
        limit = texts.random.choice([None, 0, 1, 2, 5, 50, 1000])
        place = texts.random.choice(["all", "repo", "snapshot"])
        repo = texts.random.choice(REPOSITORIES)
        answers = []
        for database, defaults in everything:
            at = [pair for pair in defaults if place == "all" or pair[0] == repo]
            arguments = [query] if limit == 50 and place == "all" else [query, limit]
            if place != "all":
                arguments.append(repo)
            if place == "snapshot":
                names = sorted(name for (name,) in snapshot_ids(database, repo))
                if not names:
                    continue
                if database is databases[0]:
                    chosen = texts.random.choice(names)
                at = [(repo, chosen)]
                arguments.append(chosen)
            asked = ", ".join(map(quoted, arguments))
            answer = database.rows(f"SELECT {COLUMNS} FROM cg_search_content({asked})")
            expected = expectation([row for pair in at for row in stored[database.name, pair]], query, limit)
            hits += len(answer)
            if answer != expected:
                problems.append((database.name, asked, "got", answer[:3], "not", expected[:3]))
            answers.append(answer)
        if any(answer != answers[0] for answer in answers):
            problems.append(("the databases differ", query, limit, place, repo))
    if not hits and queries >= 30:
        problems.append("nothing was found by any query")
    report.check(f"{title}: {queries} queries, {hits} rows", problems)


def snapshot_ids(database, repo):
    return database.rows(f"SELECT snapshot_id FROM cg_snapshots({quoted(repo)})")


def everywhere(databases, sql):
    answers = [database.rows(sql) for database in databases]
    assert all(answer == answers[0] for answer in answers), (sql, answers)
    return answers[0][0][0]


def indexed(databases, *arguments):
    return json.loads(everywhere(databases, call("cg_index_content", *arguments)))["contents"]


def change(databases, texts, snapshot, files):
    """A few files of every repository."""
    for repo in REPOSITORIES:
        changed = [texts.file(n) for n in sorted(texts.random.sample(range(files), max(1, files // 8)))]
        chunks = sum(len(file["chunks"]) for file in changed)
        allowed = texts.random.choice([0, chunks // 2, chunks, 2 * chunks, 4 * chunks])
        everywhere(databases, call("cg_config", "auto_index_content", str(allowed)))
        everywhere(databases, call("cg_replace_files", repo, "s0", snapshot, json.dumps(changed)))
        everywhere(databases, call("cg_soft_delete_file_chunks", repo, snapshot, changed[0]["file_path"]))


def run(databases, texts, report, files, queries):
    for repo in REPOSITORIES:
        everywhere(databases, call("cg_save_repository", repo, None, None, None, "trunk"))
    examine_nothing = [d.rows("SELECT * FROM cg_search_content('x')") for d in databases]
    report.check("without snapshots there are no rows", [a for a in examine_nothing if a])
    for repo in REPOSITORIES:
        everywhere(databases, call("cg_create_snapshot", repo, "s0", None, "trunk" if repo == "two" else None))
        for half in range(files // 2), range(files // 2, files):
            given = json.dumps([texts.file(number) for number in half])
            everywhere(databases, call("cg_replace_files", repo, "s0", "s0", given))
            if repo == "one" and half.start == 0:
                indexed(databases, "one")
    examine(databases, texts, report, "without an index, and with one", queries)
    indexed(databases, "two")
    change(databases, texts, "s1", files)
    examine(databases, texts, report, "one repository indexed, and changes since", queries)
    indexed(databases)
    examine(databases, texts, report, "all indexed", queries)
    report.check("nothing is left to index", [indexed(databases)] if indexed(databases) else [])
    for number in range(2, 9):
        change(databases, texts, f"s{number}", files)
        indexed(databases, *[[], ["one"], [None, True]][number % 3])
        examine(databases, texts, report, f"change {number}", queries // 4)
    for database in databases:
        segments = database.rows("SELECT count(*) FROM codegraph_content_segments WHERE repo_key ="
                                 " (SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'one')")
        report.check(f"{database.name}: small segments are joined", [segments] if int(segments[0][0]) > 8 else [])
    for repo in REPOSITORIES:
        for number in range(1, 8):
            everywhere(databases, call("cg_delete_snapshot", repo, f"s{number}"))
    everywhere(databases, call("cg_gc"))
    examine(databases, texts, report, "after a garbage collection", queries)
    indexed(databases)
    examine(databases, texts, report, "and indexed again", queries // 4)
    everywhere(databases, call("cg_delete_snapshot", "one", "s8"))
    everywhere(databases, call("cg_gc"))
    for repo in REPOSITORIES:  # new file versions must not be taken for those that were collected
        everywhere(databases, call("cg_replace_file", repo, "s0", "s9", "new", '[{"content":"aAzZ new %_*"}]'))
    examine(databases, texts, report, "after another collection and a change", queries)
    everywhere(databases, call("cg_delete_repository", "Zwei"))
    everywhere(databases, call("cg_save_repository", "Zwei"))
    change_again = json.dumps([texts.file(number) for number in range(files)])
    everywhere(databases, call("cg_create_snapshot", "Zwei", "s0"))
    everywhere(databases, call("cg_replace_files", "Zwei", "s0", "s0", change_again))
    examine(databases, texts, report, "after deletions", queries)
    indexed(databases)
    examine(databases, texts, report, "and indexed", queries)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--queries", type=int, default=60)
    arguments = parse_arguments(parser)
    report = Report()
    # Few files; a tree of several levels, whose files are taken in order; so many chunks that all contents are scanned.
    for files in 12, 400, 2500:
        databases = [Sqlite(arguments.sqlite)]
        if not arguments.sqlite_only:
            databases.append(Postgres("codegraph_search"))
        everywhere(databases, call("cg_config", "auto_index_content", "0"))
        print(f"   {files} files", flush=True)
        run(databases, Texts(arguments.seed + files), report, files, arguments.queries // (1 + files // 500))
        for database in databases:
            database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
