#!/usr/bin/env python3
"""Plays codegraph-index against a real database: makes git repositories with a known history, indexes them,
and checks through SQL what is in the store.

    end_to_end.py --indexer PROGRAM --sqlite MODULE
    end_to_end.py --indexer PROGRAM --postgres URL     (a database that may be written to)

Needs git and the sqlite3 or psql program. Ends with `N passed, N failed`; exit status 1 when one failed.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--indexer", required=True)
options.add_argument("--sqlite", metavar="MODULE")
options.add_argument("--postgres", metavar="URL")
arguments = options.parse_args()
if bool(arguments.sqlite) == bool(arguments.postgres):
    options.error("give --sqlite or --postgres")

work = tempfile.mkdtemp(prefix="codegraph-index-")
database = arguments.postgres or os.path.join(work, "store.db")
git_environment = dict(
    os.environ,
    GIT_CONFIG_GLOBAL="/dev/null",
    GIT_CONFIG_SYSTEM="/dev/null",
    GIT_AUTHOR_NAME="Ada",
    GIT_AUTHOR_EMAIL="ada@example.org",
    GIT_COMMITTER_NAME="Ada",
    GIT_COMMITTER_EMAIL="ada@example.org",
)


def git(repository, *words, date=None, data=None):
    environment = dict(git_environment)
    if date:
        environment["GIT_AUTHOR_DATE"] = environment["GIT_COMMITTER_DATE"] = date
    done = subprocess.run(["git", "-C", repository, *words], env=environment, input=data, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"git {words}: {done.stderr.decode()}")
    return done.stdout


def write(repository, path, content):
    path = os.path.join(repository, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())


def index_command(repo, path, *more, db=None):
    command = [arguments.indexer, "--db", db or database, "--repo", repo, path, *more]
    return command + (["--module", arguments.sqlite] if arguments.sqlite and "--module" not in more else [])


def index(repo, path, *more, db=None, expect=0):
    done = subprocess.run(index_command(repo, path, *more, db=db), capture_output=True, text=True)
    assert done.returncode == expect, f"exit status {done.returncode}, not {expect}: {done.stderr}"
    return done


def query(sql, *values):
    """Rows as lists of texts; NULL is an empty text."""
    for value in values:
        sql = sql.replace("?", "'" + value.replace("'", "''") + "'", 1)
    separator, line = "\x1f", "\x1e"
    if arguments.sqlite:
        command = [
            "sqlite3",
            "-batch",
            "-bail",
            "-cmd",
            f".load {arguments.sqlite}",
            "-cmd",
            f".separator {separator} {line}",
            database,
            sql,
        ]
    else:
        command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-F", separator, "-R", line, database, "-c", sql]
    done = subprocess.run(command, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"{sql}: {done.stderr.decode()}")
    text = done.stdout.decode()
    if arguments.postgres:
        text = text.removesuffix("\n")
        text = text + line if text else text
    return [row.split(separator) for row in text.split(line)[:-1]]


def equal(actual, expected):
    assert actual == expected, f"\n  got      {actual}\n  expected {expected}"


def root(repo, snapshot):
    return query("SELECT cg_snapshot_root(?, ?)", repo, snapshot)[0][0]


def first_parents(repository):
    return git(repository, "rev-list", "--first-parent", "--reverse", "HEAD").decode().split()


LIBRARY = """#include "lib.h"
/* not a call: helper() */
static int helper(int value) {
    return value + 1;
}

int work(int value) {
    return helper(value) + helper(2);
}
"""


def make_history(repository):
    """Seven first-parent commits: whole, lines moved, nothing to analyse, deleted, merge, unreadable, renamed."""
    os.makedirs(repository)
    git(repository, "init", "-q", "-b", "trunk", ".")
    git(repository, "remote", "add", "origin", "https://user:secret@example.org/app.git")
    write(repository, "src/lib.h", "int work(int value);\n")
    write(repository, "src/lib.c", LIBRARY)
    write(repository, "src/main.c", '#include "lib.h"\nint main(void) {\n    return work(1);\n}\n')
    write(repository, "py/shape.py", "class Shape:\n    def area(self):\n        return 0\n")
    write(
        repository,
        "py/square.py",
        "from shape import Shape\n\n\nclass Square(Shape):\n    def area(self):\n        return self.side()\n\n"
        "    def side(self):\n        return 2\n",
    )
    write(repository, "web/app.ts", "export function start(): void {\n  stop();\n}\nfunction stop() {\n}\n")
    write(repository, "binary.c", b"int x;\0int y;\n")
    write(repository, "latin.py", b"name = 'caf\xe9'\n")
    write(repository, "large.js", "x = 1;\n" * 200000)
    write(repository, "gone.py", "def gone():\n    pass\n")
    write(repository, "README.md", "# words\n")
    os.symlink("src/lib.c", os.path.join(repository, "link.c"))
    commits = 0

    def commit(message):
        nonlocal commits
        commits += 1
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", message, date=f"2026-01-{commits:02d}T12:00:00+02:00")

    commit("Start\n\nWith a body.")
    write(repository, "src/lib.c", "// moved down\n\n" + LIBRARY)
    os.chmod(os.path.join(repository, "src/main.c"), 0o755)
    commit("Move lines; \"quoted\" é")
    write(repository, "README.md", "# more words\n")
    commit("Words only")
    os.remove(os.path.join(repository, "gone.py"))
    commit("Delete")
    git(repository, "checkout", "-q", "-b", "side", "HEAD~1")
    write(repository, "src/side.c", "int side(void) {\n    return work(3);\n}\n")
    commit("On the side")
    write(repository, "src/side.c", "int side(void) {\n    return work(4);\n}\n")
    commit("On the side again")
    git(repository, "checkout", "-q", "trunk")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge side", "side", date="2026-01-07T12:00:00+02:00")
    commits += 1
    write(repository, "web/app.ts", b"now binary \0")
    os.remove(os.path.join(repository, "py/shape.py"))
    os.symlink("square.py", os.path.join(repository, "py/shape.py"))
    commit("Unreadable")
    git(repository, "mv", "src/side.c", "src/aside.c")
    commit("Rename")


class Checks:
    """Each method is one check, in this order; they share the store."""

    def __init__(self):
        self.history = os.path.join(work, "history")
        make_history(self.history)
        self.commits = first_parents(self.history)

    def first_run_makes_one_snapshot_for_each_commit_of_the_first_parent_line(self):
        equal(len(self.commits), 7)
        done = index("app", self.history)
        assert "7 indexed, 0 present" in done.stdout, done.stdout
        assert "skipped (2 binary, 1 too large, 1 not UTF-8, 2 links or submodules)" in done.stdout, done.stdout
        rows = query("SELECT snapshot_id, commit_hash, base_snapshot_id, branch_name FROM cg_snapshots('app')")
        equal(rows, [[c, c, b, "trunk"] for b, c in zip([""] + self.commits[:-1], self.commits)])

    def snapshots_carry_author_subject_parents_and_time(self):
        rows = query("SELECT attrs FROM cg_snapshots('app')")
        attrs = [json.loads(row[0]) for row in rows]
        equal([a["author"] for a in attrs], ["Ada <ada@example.org>"] * 7)
        equal(attrs[0]["message"], "Start")
        equal(attrs[1]["message"], 'Move lines; "quoted" é')
        for commit, attr in zip(self.commits, attrs):
            equal(attr["parents"], git(self.history, "log", "-1", "--format=%P", commit).decode().split())
        equal(len(attrs[4]["parents"]), 2)
        time = "committed_at AT TIME ZONE 'UTC'" if arguments.postgres else "committed_at"
        equal(
            [row[0][:19].replace("T", " ") for row in query(f"SELECT {time} FROM cg_snapshots('app')")][:2],
            ["2026-01-01 10:00:00", "2026-01-02 10:00:00"],
        )

    def the_repository_is_saved_without_the_password_of_its_remote(self):
        equal(
            query("SELECT remote_url, default_branch FROM cg_repositories() WHERE repo_id = 'app'"),
            [["https://example.org/app.git", "trunk"]],
        )

    def every_snapshot_has_the_files_of_its_commit_with_their_blob_ids(self):
        for number, commit in enumerate(self.commits):
            expected = []
            for line in git(self.history, "ls-tree", "-r", commit).decode().splitlines():
                mode, _, blob, path = line.split(None, 3)
                skipped = path in ("binary.c", "latin.py", "large.js") or (path == "web/app.ts" and number >= 5)
                if mode.startswith("100") and not skipped and path.endswith((".c", ".h", ".py", ".ts", ".js")):
                    expected.append([path, blob])
            equal(query("SELECT file_path, file_hash FROM cg_files('app', ?)", commit), sorted(expected))

    def every_chunk_is_the_lines_it_says(self):
        checked = 0
        for commit in self.commits:
            for path, start, end, content in query(
                "SELECT file_path, start_line, end_line, content FROM cg_chunks('app', ?) WHERE kind <> 'file'", commit
            ):
                lines = git(self.history, "show", f"{commit}:{path}").decode().splitlines(keepends=True)
                equal(content, "".join(lines[int(start) - 1 : int(end)]))
                checked += 1
        assert checked > 50, checked

    def chunks_have_fqns_kinds_languages_and_visibility(self):
        rows = query(
            "SELECT kind, fqn, language, symbol_visibility, start_line, end_line FROM cg_chunks('app', ?)",
            self.commits[1],
        )
        for row in (
            ["function", "src.lib.helper", "C", "file", "5", "7"],
            ["function", "src.lib.work", "C", "", "9", "11"],
            ["class", "py.square.Square", "Python", "public", "4", "9"],
            ["file", "src/lib.h", "C++", "", "1", "1"],
            ["method", "py.square.Square.side", "Python", "public", "8", "9"],
            ["function", "web.app.start", "TypeScript", "", "1", "3"],
        ):
            assert row in rows, f"{row} is not in {rows}"

    def references_to_known_definitions_are_dependencies(self):
        sql = "SELECT from_fqn, relationship, to_fqn, confidence FROM cg_dependencies('app', ?)"
        for commit in (self.commits[0], self.commits[1]):
            equal(
                sorted(query(sql, commit)),
                sorted(
                    [
                        ["py.square.Square", "EXTENDS", "py.shape.Shape", "0.9"],
                        ["py.square.Square.area", "CALLS", "py.square.Square.side", "0.9"],
                        ["py/square.py", "IMPORTS", "py.shape.Shape", "0.9"],
                        ["py/square.py", "IMPORTS", "py/shape.py", "0.9"],
                        ["src.lib.work", "CALLS", "src.lib.helper", "0.9"],
                        ["src.main.main", "CALLS", "src.lib.work", "0.9"],
                        ["src/lib.c", "IMPORTS", "src/lib.h", "0.9"],
                        ["src/main.c", "IMPORTS", "src/lib.h", "0.9"],
                        ["web.app.start", "CALLS", "web.app.stop", "0.9"],
                    ]
                ),
            )

    def edges_into_a_file_whose_lines_moved_still_arrive(self):
        for commit, lines in ((self.commits[0], "7-9"), (self.commits[1], "9-11")):
            equal(
                query("SELECT to_chunk_id FROM cg_dependencies('app', ?) WHERE from_fqn = 'src.main.main'", commit),
                [[f"app:src/lib.c:work:{lines}"]],
            )
        equal(
            query("SELECT fqn FROM cg_transitive_dependents('app', ?, 'src.lib.helper')", self.commits[6]),
            [["src.lib.work"], ["src.aside.side"], ["src.main.main"]],
        )

    def a_commit_that_changes_no_source_is_a_snapshot_equal_to_its_base(self):
        equal(root("app", self.commits[2]), root("app", self.commits[1]))
        assert root("app", self.commits[3]) != root("app", self.commits[2])

    def changes_between_commits_are_what_git_says(self):
        sql = "SELECT change, file_path FROM cg_compare_files('app', ?, ?)"
        equal(query(sql, self.commits[0], self.commits[1]), [["modified", "src/lib.c"]])
        equal(query(sql, self.commits[2], self.commits[3]), [["deleted", "gone.py"]])
        equal(query(sql, self.commits[3], self.commits[4]), [["added", "src/side.c"]])
        equal(query(sql, self.commits[4], self.commits[5]), [["deleted", "py/shape.py"], ["deleted", "web/app.ts"]])
        equal(query(sql, self.commits[5], self.commits[6]), [["added", "src/aside.c"], ["deleted", "src/side.c"]])

    def a_second_run_has_nothing_to_do(self):
        before = query("SELECT snapshot_id, root, revision, updated_at FROM cg_snapshots('app')")
        assert "0 indexed, 7 present" in index("app", self.history).stdout
        equal(query("SELECT snapshot_id, root, revision, updated_at FROM cg_snapshots('app')"), before)

    def the_same_history_in_another_repository_has_the_same_roots(self):
        index("app2", self.history, "--quiet")
        for commit in self.commits:
            equal(root("app2", commit), root("app", commit))

    def commits_limits_to_the_newest_and_loads_the_first_of_them_whole(self):
        assert "3 indexed" in index("new", self.history, "--commits", "3", "--branch", "other").stdout
        rows = query("SELECT snapshot_id, base_snapshot_id, branch_name FROM cg_snapshots('new')")
        equal(
            rows,
            [
                [self.commits[4], "", "other"],
                [self.commits[5], self.commits[4], "other"],
                [self.commits[6], self.commits[5], "other"],
            ],
        )
        for commit in self.commits[4:]:
            equal(
                query("SELECT file_path, file_hash FROM cg_files('new', ?)", commit),
                query("SELECT file_path, file_hash FROM cg_files('app', ?)", commit),
            )
        assert "4 indexed, 3 present" in index("new", self.history).stdout
        equal(root("new", self.commits[3]), root("app", self.commits[3]))

    def later_commits_continue_with_the_definitions_of_the_last_snapshot(self):
        write(self.history, "src/later.c", "int later(void) {\n    return work(5) + side();\n}\n")
        git(self.history, "add", "-A")
        git(self.history, "commit", "-q", "-m", "Later", date="2026-01-20T00:00:00Z")
        assert "1 indexed, 7 present" in index("app", self.history).stdout
        equal(
            query("SELECT to_fqn, is_external FROM cg_dependencies_from('app', 'trunk', 'src.later.later')")[0][0],
            "src.aside.side",
        )
        equal(len(query("SELECT to_fqn FROM cg_dependencies_from('app', 'trunk', 'src.later.later')")), 2)
        index("again", self.history)
        equal(root("again", "trunk"), root("app", "trunk"))

    def refs_follow_branches_and_tags_at_every_run(self):
        history, long_name = os.path.join(work, "refs"), "l" * 201
        git(work, "clone", "-q", self.history, history)
        git(history, "checkout", "-q", "-b", "main")
        one, two, three, side = *self.commits[:3], git(self.history, "rev-parse", "side").decode().strip()
        git(history, "tag", "v1", one)
        git(history, "tag", "-a", "-m", "Two", "v2", two)
        git(history, "tag", "both", one)
        git(history, "branch", "both", two)
        git(history, "tag", "of-a-tree", two + "^{tree}")
        git(history, "tag", "not-loaded", side)
        git(history, "tag", long_name, one)
        done = index("refs", history)
        head = git(history, "rev-parse", "HEAD").decode().strip()
        assert f"{long_name}: a ref cannot have this name" in done.stderr, done.stderr
        refs = lambda: query("SELECT ref, snapshot_id FROM cg_refs('refs')")
        default = lambda: query("SELECT default_branch FROM cg_repositories() WHERE repo_id = 'refs'")
        equal(refs(), [["both", two], ["main", head], ["trunk", head], ["v1", one], ["v2", two]])
        equal(default(), [["trunk"]])  # that of the origin
        equal(root("refs", "v2"), root("app", two))

        query("SELECT cg_create_snapshot('refs', 'mine')")
        query("SELECT cg_set_ref('refs', 'of mine', 'mine')")
        before = query("SELECT ref, snapshot_id, updated_at FROM cg_refs('refs')")
        index("refs", history)
        equal(query("SELECT ref, snapshot_id, updated_at FROM cg_refs('refs')"), before)

        git(history, "tag", "-d", "v1", long_name)
        git(history, "branch", "-f", "both", three)
        git(history, "branch", "-f", "trunk", side)
        git(history, "symbolic-ref", "--delete", "refs/remotes/origin/HEAD")
        done = index("refs", history)
        equal(done.stderr, "")
        equal(refs(), [["both", three], ["main", head], ["of mine", "mine"], ["v2", two]])
        equal(default(), [["main"]])
        git(history, "checkout", "-q", "--detach")
        index("refs", history)
        equal(default(), [["main"]])

    def an_interrupted_run_leaves_whole_snapshots_and_can_be_continued(self):
        repository = os.path.join(work, "long")
        os.makedirs(repository)
        git(repository, "init", "-q", "-b", "main", ".")
        stream = []
        for number in range(120):
            stream.append(
                f"commit refs/heads/main\nauthor A <a@b> {1767225600 + number} +0000\n"
                f"committer A <a@b> {1767225600 + number} +0000\ndata 1\nx\n"
            )
            for name in range(20) if number == 0 else [number % 20]:
                text = "".join(
                    f"def f{name}_{i}_{number}():\n    return f{(name + 1) % 20}_{i}_0()\n" for i in range(40)
                )
                stream.append(f"M 100644 inline m{name}.py\ndata {len(text)}\n{text}\n")
        git(repository, "fast-import", "--quiet", data="".join(stream).encode())
        commits = first_parents(repository)
        equal(len(commits), 120)
        interrupted = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            with subprocess.Popen(
                index_command("long", repository), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
            ) as process:
                for _ in range(2):
                    process.stderr.readline()
                process.send_signal(number)
                error = process.stderr.read()
            if process.returncode != 0:
                equal(process.returncode, 130)
                assert "run again to continue" in error, error
                interrupted += 1
            there = [row[0] for row in query("SELECT snapshot_id FROM cg_snapshots('long')")]
            equal(there, commits[: len(there)])
            for snapshot in there[-1:]:
                equal(len(query("SELECT file_path FROM cg_files('long', ?)", snapshot)), 20)
        assert interrupted > 0, "both runs were done before the signal came"
        index("long", repository)
        index("long2", repository)
        equal(len(query("SELECT snapshot_id FROM cg_snapshots('long')")), 120)
        for commit in (commits[0], commits[60], commits[-1]):
            equal(root("long", commit), root("long2", commit))

    def a_kill_leaves_whole_snapshots_too(self):
        repository = os.path.join(work, "long")
        with subprocess.Popen(
            index_command("killed", repository), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        ) as process:
            for _ in range(3):
                process.stderr.readline()
            process.kill()
            process.stderr.read()
        index("killed", repository)
        equal(len(query("SELECT snapshot_id FROM cg_snapshots('killed')")), 120)
        equal(root("killed", "main"), root("long", "main"))

    def a_directory_is_one_snapshot_that_later_runs_bring_up_to_date(self):
        directory = os.path.join(work, "plain")
        write(directory, "a.c", "int a(void) {\n    return 1;\n}\n")
        write(directory, "b/b.c", "int b(void) {\n    return a();\n}\n")
        write(directory, "c.py", "x = 1\n")
        write(directory, ".git.c", "int hidden;\n")
        assert "4 analyzed" in index("plain", directory).stdout
        before = root("plain", "worktree")
        assert "0 analyzed, 4 unchanged" in index("plain", directory).stdout
        equal(root("plain", "worktree"), before)
        write(directory, "a.c", "\nint a(void) {\n    return 2;\n}\n")
        os.remove(os.path.join(directory, "c.py"))
        assert "1 analyzed, 2 unchanged, 1 deleted" in index("plain", directory).stdout
        blob = git(self.history, "hash-object", os.path.join(directory, "a.c")).decode().strip()
        equal(
            query("SELECT file_path, file_hash FROM cg_files('plain', 'worktree') WHERE file_path IN ('a.c', 'c.py')"),
            [["a.c", blob]],
        )
        equal(
            query("SELECT to_chunk_id FROM cg_dependencies_from('plain', 'worktree', 'b.b.b')"), [["plain:a.c:a:2-4"]]
        )
        assert "1 indexed" in index("plain", directory, "--snapshot", "v2", "--base", "worktree").stdout
        equal(root("plain", "v2"), root("plain", "worktree"))
        index("plain", directory, "--snapshot", "v3")
        equal(
            query("SELECT file_path, file_hash FROM cg_files('plain', 'v3')"),
            query("SELECT file_path, file_hash FROM cg_files('plain', 'v2')"),
        )
        assert "no such snapshot" in index("plain", directory, "--snapshot", "v4", "--base", "none", expect=1).stderr

    def a_load_of_many_megabytes_goes_in_several_calls(self):
        directory = os.path.join(work, "wide")
        for number in range(30):
            write(
                directory,
                f"f{number}.py",
                "".join(f"def f{number}_{i}():\n    '''{'x' * 900}'''\n    return f0_{i}()\n" for i in range(700)),
            )
        index("wide", directory, "--quiet")
        equal(query("SELECT cg_count_chunks('wide', 'worktree')"), [[str(30 * 701)]])
        equal(
            query("SELECT count(*) FROM cg_dependencies('wide', 'worktree') WHERE relationship = 'CALLS'"),
            [[str(30 * 700)]],
        )

    def a_dry_run_prints_the_calls_and_writes_nothing(self):
        before = query("SELECT repo_id FROM cg_repositories()")
        done = index("dry", self.history, "--dry-run")
        calls = [json.loads(line) for line in done.stdout.splitlines()]
        equal([c["call"] for c in calls[:3]], ["cg_save_repository", "cg_create_snapshot", "cg_replace_files"])
        equal(calls[2]["arguments"][0], "dry")
        assert "src.lib.work" in [c["fqn"] for f in calls[2]["arguments"][3] for c in f.get("chunks", [])]
        equal(query("SELECT repo_id FROM cg_repositories()"), before)

    def errors_are_one_line_and_an_exit_status(self):
        empty = os.path.join(work, "empty")
        os.makedirs(empty)
        git(empty, "init", "-q", ".")
        cases = [
            (index("app", empty, expect=1), "no commits yet"),
            (index("a" * 201, self.history, expect=1), "repo_id"),
            (index("app", self.history, "--ctags", "/no/such/ctags", expect=1), "universal-ctags"),
        ]
        if arguments.sqlite:
            junk = os.path.join(work, "junk.db")
            write(work, "junk.db", "this is no database, and long enough to be told from an empty one\n" * 20)
            cases += [
                (index("app", self.history, db=junk, expect=1), "as a SQLite database"),
                (index("app", self.history, db=os.path.join(work, "no/such/dir/x.db"), expect=1), "cannot open"),
                (index("app", self.history, "--module", "/no/such/module.so", expect=1), "cannot load"),
            ]
        else:
            cases += [(index("app", self.history, db="postgres://localhost:1/none", expect=1), "cannot connect")]
        for done, text in cases:
            lines = done.stderr.strip().splitlines()
            equal(len(lines), 1)
            assert text in lines[0] and lines[0].startswith("codegraph-index: "), lines
        index("app", "/no/such/place", expect=2)
        index("app", self.history, "--commits", "-1", expect=2)


def main():
    passed = failed = 0
    try:
        checks = Checks()
        for name in [n for n, f in vars(Checks).items() if callable(f) and not n.startswith("_")]:
            try:
                getattr(checks, name)()
                passed += 1
                print("ok    ", name.replace("_", " "), flush=True)
            except Exception as error:  # a failed check must not hide the others
                failed += 1
                print("FAILED", name.replace("_", " "), flush=True)
                print(
                    "  " + str(error),
                    *([] if isinstance(error, (AssertionError, RuntimeError)) else [traceback.format_exc()]),
                    flush=True,
                )
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
