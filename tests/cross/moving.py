#!/usr/bin/python3
"""Repositories move from SQLite to PostgreSQL and back: every reader, root, log row and time is as it was, and each
export has the same bytes. Lines that are cut, changed, missing or in another order are refused and write nothing. The
commands of docs/export.md do what it says.

usage: moving.py [--sqlite MODULE] [--seed N]      PostgreSQL is the server that the PG* variables name
"""

import argparse
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import random_calls
from export_format import with_its_hash
from databases import ROOT, Failure, Postgres, Report, Sqlite, call, default_module, quoted
from randomness import Random, parse_arguments

SEEDS, STEPS = (1, 2, 3, 4), 120
random_calls.PATHS += ["it's \"odd\"/\\n\u0001.py", "\U0001f600/\u00fc\n.py"]
random_calls.FQNS += ["quote'd.\"f\"", "new\nline.\U00010348", "back\\slash.\u007f"]
random_calls.CONTENTS += ["\t'\"\\\r\n\u0001\u001f\u007f\u2028\U0001f600", "{\"json\": [1]}\n" * 40]
READERS = [  # of a snapshot; compared with all columns, times too
    "SELECT * FROM cg_files({at})", "SELECT * FROM cg_chunks({at}, true)", "SELECT * FROM cg_dependencies({at})",
    "SELECT cg_snapshot_root({at}), cg_count_chunks({at})", "SELECT * FROM cg_cycles({at})",
    "SELECT * FROM cg_importance({at})", "SELECT * FROM cg_unreferenced({at})"]
PAST = ["SELECT {chunk} FROM cg_chunks({repo}, {snapshot})", "SELECT cg_snapshot_root({repo}, {snapshot})"]
STORED = {  # without keys, which are each database's own
    "repositories": "repo_id, name, remote_url, local_path, default_branch, format, created_at, updated_at",
    "snapshots": "snapshot_id, commit_hash, branch_name, base_snapshot_id, {root}, revision, CAST(sealed AS int), "
                 "committed_at, attrs, created_at, updated_at",
    "refs": "ref, updated_at",
    "log": "revision, operation, file_count, actor, logged_at, {root_before}, {root_after}"}


def decorate(database, history):
    """What random histories do not make: metadata of snapshots, rollbacks, a pruned log, garbage, sealed ones."""
    repo, chooser = history.repo, history.random
    database.rows(call("cg_save_repository", repo, "N\u00e4me\n'\"", "https://example.org/\U0001f600", None, "tr\u00fcnk"))
    for number, name in enumerate(sorted(history.snapshots)):
        database.rows(call("cg_create_snapshot", repo, name, chooser.choice([None, f"c0ffee{number}"]),
                           chooser.choice([None, "", "main", "d\u00e9v"]), None,
                           chooser.choice([None, "2020-02-29T12:00:00.123Z", "1969-12-31T23:59:59Z"]),
                           chooser.choice([None, '{"author": "\u00e9 \\ud83d\\ude00", "n": 1e400, "n": [[]]}'])))
    database.rows(call("cg_create_snapshot", repo, "empty, sealed", None, "main"))
    for ref in "v1", "tr\u00fcnk", "empty, sealed":
        database.rows(call("cg_set_ref", repo, ref, chooser.choice(sorted(history.snapshots))))
    for name, revision in database.rows(f"SELECT snapshot_id, revision FROM cg_snapshots({quoted(repo)}) WHERE revision > 4")[::2]:
        database.rows(call("cg_rollback", repo, name, int(revision) - 2))
    database.rows(call("cg_prune", repo, 5))
    database.rows(call("cg_create_snapshot", repo, "gone", None, None, chooser.choice(sorted(history.snapshots))))
    database.rows(call("cg_save_chunk", repo, "gone", '{"file_path": "a.py", "content": "nothing reaches this", "fqn": "gone"}'))
    for name in ("gone",):
        database.rows(call("cg_delete_snapshot", repo, name))


def seal(database, history):
    database.rows(call("cg_seal_snapshot", history.repo, "empty, sealed"))
    database.rows(call("cg_seal_snapshot", history.repo, sorted(history.snapshots)[0]))


def filled(module, seed):
    database, history = Sqlite(module), random_calls.History(seed, f"r\u00e9po '{seed}' \U0001f4e6")
    database.rows("SELECT cg_config('actor', 'an \"actor\"')")
    database.rows(call("cg_save_repository", history.repo))
    for _ in range(STEPS):
        sql, apply = history.next_call()
        if not isinstance(random_calls.outcome(database, sql), str):
            apply()
    decorate(database, history)
    seal(database, history)
    return database, history


def exported(database, repo):
    return [line for line, in database.rows(f"SELECT line FROM cg_export({quoted(repo)})")]


def take(database, line):
    return int(database.rows(call("cg_import", line))[0][0])


def stored(database, repo):
    """The rows of the tables that exports carry as they are."""
    hexed = (lambda column: f"lower(hex({column}))") if database.name == "sqlite" else (
        lambda column: f"coalesce(encode({column}, 'hex'), '')")
    names = {column: hexed(column) for column in ("root", "root_before", "root_after")}
    key = f"(SELECT repo_key FROM codegraph_repositories WHERE repo_id = {quoted(repo)})"
    order = {"repositories": "repo_id", "snapshots": "snapshot_key", "refs": "ref", "log": "snapshot_key, revision"}
    return {table: database.rows(f"SELECT {columns.format(**names)} FROM codegraph_{table} WHERE repo_key = {key}"
                                 f" ORDER BY {order[table]}") for table, columns in STORED.items()}


def counted(database, repo):
    [row] = database.rows(f"SELECT * FROM cg_stats({quoted(repo)})")
    return row


def differences(what, one, other):
    return [] if one == other else [f"{what}:\n      {str(a)[:600]}\n      {str(b)[:600]}"
                                    for a, b in zip(list(one) + [None], list(other) + [None]) if a != b][:3] or [what]


def there_and_back(module, seed, report):
    source, history = filled(module, seed)
    repo, lines = history.repo, exported(source, history.repo)
    report.check(f"seed {seed}: every hash is what docs/storage.md says", [line for line in lines
        if (parsed := json.loads(line)) != with_its_hash(json.loads(line)) or (parsed.get("content", {}).get("text") == "nothing reaches this")])
    postgres, back = Postgres("codegraph_moving"), Sqlite(module)
    written = [take(postgres, line) for line in lines]
    again = exported(postgres, repo)
    report.check(f"seed {seed}: PostgreSQL exports the {len(lines)} lines it imported",
                 differences("lines", lines, again))
    returned = [take(back, line) for line in again]
    report.check(f"seed {seed}: SQLite exports them too", differences("lines", lines, exported(back, repo)))
    report.check(f"seed {seed}: both write the same numbers of rows", differences("rows", written, returned))
    report.check(f"seed {seed}: repository, snapshots and log are as they were",
                 differences("PostgreSQL", stored(source, repo).items(), stored(postgres, repo).items())
                 + differences("SQLite", stored(source, repo).items(), stored(back, repo).items()))
    questions = random_calls.readers(history) + [
        reader.format(chunk=random_calls.CHUNK, repo=quoted(repo), snapshot=quoted(f"{name}@{{{revision}}}"))
        for name in sorted(history.snapshots)[:6] for revision in range(12) for reader in PAST]
    questions += [f"SELECT snapshot_id, change, chunk_id, content_hash FROM cg_chunk_history({quoted(repo)}, {quoted(fqn)})"
                  for fqn in random_calls.FQNS] + [f"SELECT ref, snapshot_id FROM cg_refs({quoted(repo)})"]
    report.check(f"seed {seed}: {len(questions)} readers answer alike in all three",
                 random_calls.differing(source, postgres, questions) + random_calls.differing(source, back, questions))
    exact = [reader.format(at=f"{quoted(repo)}, {quoted(name)}") for name in history.snapshots for reader in READERS]
    exact += [f"SELECT * FROM cg_snapshots({quoted(repo)})", f"SELECT * FROM cg_log({quoted(repo)})", f"SELECT * FROM cg_refs({quoted(repo)})",
              "SELECT * FROM cg_repositories()"]
    report.check(f"seed {seed}: {len(exact)} readers answer with the same columns in SQLite",
                 random_calls.differing(source, back, exact))
    report.check(f"seed {seed}: nothing but what is reached has moved",
                 differences("rows", counted(back, repo), counted(postgres, repo)))
    report.check(f"seed {seed}: what arrived is sound", [row for database in (postgres, back)
                                                         for row in database.rows("SELECT * FROM cg_verify()")])
    # The histories go on in the same way.
    both = []
    for _ in range(20):
        sql, apply = history.next_call()
        outcomes = [random_calls.outcome(database, sql) for database in (source, postgres, back)]
        if outcomes[0] != outcomes[1] or outcomes[0] != outcomes[2]:
            both.append(f"{sql}: {outcomes}")
        if not isinstance(outcomes[0], str):
            apply()
    both += random_calls.differing(source, postgres, random_calls.readers(history))
    both += random_calls.differing(source, back, random_calls.readers(history))
    report.check(f"seed {seed}: what follows is the same in all three", both)
    for database in source, postgres, back:
        database.close()
    return lines


# ---- lines that are not those of an export

def small_export(module):
    """Something of everything, in few lines, with trees of more than one node."""
    database, repo = Sqlite(module), "s"
    database.rows(call("cg_save_repository", repo))
    database.rows(call("cg_create_snapshot", repo, "a", "c0ffee", "main", None, "2020-01-01T00:00:00Z", '{"x":[1]}'))
    files = [{"file_path": f"f{i:02}", "chunks": [{"content": "same"}]} for i in range(60)]
    files[0] = {"file_path": "f00", "attrs": {"mode": "644"}, "chunks": [
        {"fqn": "m.f", "content": "one", "kind": "function", "summary": "\u00e9", "importance": 0.25},
        {"content": "two", "chunk_id": "own id"}, {"content": "two"}],
        "dependencies": [{"from_fqn": "m.f", "to_fqn": "m.g", "confidence": 0.5}, {"from_fqn": "m.f", "to_fqn": "m.f"}]}
    database.rows(call("cg_replace_files", repo, "a", "a", json.dumps(files)))
    database.rows(call("cg_replace_file", repo, "a", "b", "f01", '[{"content": "other"}]'))
    database.rows(call("cg_soft_delete_file_chunks", repo, "b", "f02"))
    lines = exported(database, repo)
    database.close()
    return lines


def mutations(line, chooser):
    """Texts that are not the line, by some distance."""
    for _ in range(3):
        yield line[:chooser.randrange(len(line))]
    for _ in range(6):
        at = chooser.randrange(len(line))
        yield line[:at] + chooser.choice('{}[]",:0a\\ \u00e9\u0001-9e.') + line[at + 1:]
        yield line[:at] + line[at + 1 + chooser.randrange(4):]
        yield line[:at] + line[at:at + chooser.randrange(1, 40)] + line[at:]
    for _ in range(12):
        value = json.loads(line)
        places = list(values_in(value))
        container, key = chooser.choice(places)
        change = chooser.randrange(4)
        if change == 0:
            del container[key]
        elif change == 1:
            other, other_key = chooser.choice(places)
            container[key] = json.loads(json.dumps(other[other_key]))
        elif change == 2:
            container[key] = chooser.choice([None, 0, 1, -1, 2 ** 31, 2 ** 63, 2 ** 70, 0.5, 1e300, "", "x", "a" * 2000, "0" * 64, [], {}, True,
                                             False, "\u0000", "../x", "s:f00:unknown:1-1", "2020-01-01T00:00:00Z"])
        elif isinstance(container, dict):
            container["unknown"] = 1
        else:
            container.append(container[key])
        yield json.dumps(value, ensure_ascii=chooser.random() < 0.5)
    yield from ("", "{}", "[]", "null", "1", line + line, line + "x", "[" * 3000, "{\"repo_id\":\"s\"}", "\ufeff" + line)


def values_in(value):
    for key, member in (value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(member, (dict, list)):
            yield from values_in(member)


def meaning(line):
    """What no hash protects left out: nothing for the other lines."""
    value = json.loads(line)
    for kind in "content", "file", "tree_node":
        if kind in value:
            value[kind].pop("indexed_at", None)
            value[kind] = {key: member for key, member in value[kind].items() if member is not None}
            for chunk in value[kind].get("chunks", []):
                for key in [key for key, member in chunk.items() if member in (None, False)]:
                    del chunk[key]
            for key in ("attrs", "is_deleted", "file_hash"):
                if value[kind].get(key) in ({}, False):
                    del value[kind][key]
            return value
    return None


def hostile(database, lines, seed, report, count):
    """Every line changed at random, where the lines before it are imported: an error and nothing written, or no other
    content."""
    chooser, problems, refused, taken = Random(seed), [], 0, 0
    known = ("22P02", "22023", "42704", "42710", "0A000", "23505") if database.name != "sqlite" else (
        sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT)
    for line in lines:
        before = database.dump()
        for changed in chooser.sample(list(mutations(line, chooser)), count):
            if changed == line:
                continue
            database.rows("BEGIN")
            try:
                take(database, changed)
                taken += 1
                if meaning(line) is not None and meaning(changed) not in (meaning(line), None):
                    problems.append(f"taken: {changed[:500]}\n      instead of {line[:500]}")
            except Failure as failure:
                refused += 1
                if failure.code not in known or "cg_import: " not in failure.text:
                    problems.append(f"{failure}: {changed[:500]}")
                if database.name == "sqlite" and database.dump() != before:
                    problems.append(f"refused, but written: {changed[:500]}")
            database.rows("ROLLBACK")
        if database.dump() != before:
            problems.append(f"before {line[:500]}: another state after ROLLBACK")
        take(database, line)
    if exported(database, "s") != lines:
        problems.append("the export is another one afterwards")
    report.check(f"{database.name}, seed {seed}: {refused} changed lines are refused, {taken} that say nothing wrong are taken", problems)
    report.check(f"{database.name}: both happened", [] if refused > 50 and taken > 0 else [(refused, taken)])


def kind_of(line):
    return next(key for key in json.loads(line) if key not in ("repo_id", "codegraph_export"))


def import_all(module, lines):
    """The first error, or None."""
    database = Sqlite(module)
    try:
        for line in lines:
            take(database, line)
        return None
    except Failure as failure:
        return failure.text
    finally:
        database.close()


def order_and_gaps(module, lines, report):
    gaps = [line for i, line in enumerate(lines) if import_all(module, lines[:i] + lines[i + 1:]) is None and i + 1 < len(lines)]
    report.check(f"none of {len(lines) - 1} lines can be missing", gaps)
    early = [line for line in lines[2:] if kind_of(line) in ("file", "tree_node", "snapshot", "revision", "ref", "end")
             and import_all(module, [lines[0], line]) is None]
    report.check("no line comes before what it refers to", early)
    chooser, problems, refused = Random(5), [], 0
    for _ in range(60):
        i, j = sorted(chooser.sample(range(len(lines)), 2))
        database = Sqlite(module)
        try:
            for line in lines[:i] + [lines[j]] + lines[i + 1:j] + [lines[i]] + lines[j + 1:]:
                take(database, line)
            if sorted(exported(database, "s")) != sorted(lines):
                problems.append(f"{lines[i][:200]} and {lines[j][:200]} swapped")
        except Failure:
            refused += 1
        database.close()
    report.check(f"of 60 orders {refused} are refused, the others give the same export", problems)


def repeated(databases, lines, report):
    for database in databases:
        problems = []
        for end in range(1, len(lines)):
            if take(database, lines[end - 1]) and take(database, lines[end - 1]) != 0:
                problems.append(f"written again: {lines[end - 1]}")
        for line in lines[:-1]:
            if take(database, line) != 0:
                problems.append(f"written again from the start: {line}")
        for sql in (f"SELECT * FROM cg_snapshots('s')", call("cg_create_snapshot", "s", "x"), call("cg_save_repository", "s"),
                    f"SELECT * FROM cg_export('s')", "SELECT * FROM cg_stats('s')"):
            text = random_calls.outcome(database, sql)
            if "the import of repository \"s\" has not ended" not in str(text):
                problems.append(f"before the last line, {sql}: {text}")
        if database.rows("SELECT * FROM cg_repositories()"):
            problems.append("listed before the last line")
        take(database, lines[-1])
        if take(database, lines[-1]) != 0:
            problems.append("the last line, when it came again")
        for line in lines[:-1]:
            text = random_calls.outcome(database, call("cg_import", line))
            if "repository \"s\" exists already" not in str(text):
                problems.append(f"after the last line: {text}")
        if exported(database, "s") != lines:
            problems.append("the export is another one")
        database.rows(call("cg_delete_repository", "s"))
        take(database, lines[0])
        take(database, lines[1])
        database.rows(call("cg_delete_repository", "s"))
        report.check(f"{database.name}: lines can come again until the last; then that one can", problems)


def small_ones(module, report):
    for what, calls in {"an empty repository": [], "empty snapshots": [call("cg_create_snapshot", "e", "a"), call("cg_create_snapshot", "e", "b", None, "x", "a")]}.items():
        source, target = Sqlite(module), Sqlite(module)
        for sql in [call("cg_save_repository", "e"), *calls]:
            source.rows(sql)
        lines = exported(source, "e")
        for line in lines:
            take(target, line)
        report.check(f"{what} moves", differences("lines", lines, exported(target, "e")) + differences(
            "stored", stored(source, "e").items(), stored(target, "e").items()))


# ---- lines whose hashes fit and that say something wrong

def forgeries(lines):
    """(what the error says, line) for a database in which all contents, file versions and nodes are imported."""
    parsed = [json.loads(line) for line in lines]
    file = next(line for line in parsed if "file" in line and len(line["file"]["chunks"]) > 2)
    live = next(line for line in parsed if "file" in line and len(line["file"]["chunks"]) == 1)
    leaves = [line for line in parsed if "tree_node" in line and line["tree_node"]["level"] == 0]
    root = next(line for line in parsed if "tree_node" in line and line["tree_node"]["level"] == 1)
    entries = {leaf["tree_node"]["hash"]: leaf["tree_node"]["entries"] for leaf in leaves}
    halves = [entries[hash_] for _, hash_, _ in root["tree_node"]["entries"]]

    def changed(line, change):
        copy = json.loads(json.dumps(line))
        change(copy.get("file") or copy["tree_node"])
        return json.dumps(with_its_hash(copy), ensure_ascii=False)

    def node(level, of):
        return with_its_hash({"repo_id": "s", "tree_node": {"hash": "", "level": level, "entries": of}})

    def above(nodes):
        return [[n["tree_node"]["entries"][-1][0], n["tree_node"]["hash"],
                 len(n["tree_node"]["entries"]) if n["tree_node"]["level"] == 0 else sum(e[2] for e in n["tree_node"]["entries"])]
                for n in nodes]

    yield None, changed(file, lambda f: None)  # what is there already
    chunk = lambda **fields: lambda f: f["chunks"][0].update(fields)
    for error, change in {
            "must be relative": lambda f: f.update(file_path="a/../b"), "file_hash must not be empty": lambda f: f.update(file_hash=""),
            "unknown content": chunk(content_hash="ab" * 32), "is before start_line": chunk(start_line=9),
            "must not be empty": chunk(kind=""), "(2000 bytes) is longer than 1024 bytes": chunk(fqn="x" * 2000), "from 0 to 1": chunk(importance=1.5),
            "contains the character U+0000": chunk(summary="\0"), "is the computed one": chunk(chunk_id="s:f00:f:1-1#3"),
            "an integer from 1 to": chunk(end_line=2 ** 31), "starts in chunk 3 of 3": lambda f: f["dependencies"][0].update({"from": 3}),
            "is not of the form": lambda f: f["dependencies"][0].update(relationship="calls"),
            "to must not be empty": lambda f: f["dependencies"][0].update(to=""),
            "to \"xxx": lambda f: f["dependencies"][0].update(to="x" * 2000), "confidence must be": lambda f: f["dependencies"][0].update(confidence=-1),
            "has a chunk that is not": lambda f: f.update(is_deleted=True)}.items():
        yield error, changed(file, change)
    yield "duplicate chunk id", changed(live, lambda f: f["chunks"].append(dict(f["chunks"][0])))
    yield "another number of chunks", changed(leaves[0], lambda n: n["entries"][0].__setitem__(2, n["entries"][0][2] + 1))
    yield "the digest of another path", changed(leaves[0], lambda n: n["entries"][0].__setitem__(1, n["entries"][1][1]))
    yield "the digest of another path", changed(leaves[0], lambda n: n["entries"][0].__setitem__(0, "e"))
    yield "unknown file version", changed(leaves[0], lambda n: n["entries"][0].__setitem__(1, "ab" * 32))
    yield "must ascend", changed(root, lambda n: n["entries"].reverse())
    yield "another last key", changed(root, lambda n: n["entries"][-1].__setitem__(0, "z"))
    yield "another number of entries", changed(root, lambda n: n["entries"][0].__setitem__(2, 1))
    yield "another level", changed(root, lambda n: n.update(level=2))
    yield "unknown tree node", changed(root, lambda n: n["entries"][0].__setitem__(1, "ab" * 32))
    yield "are too few", changed(root, lambda n: n["entries"].pop(0))
    yield "is not cut by the rule", json.dumps(node(0, sum(halves, [])))
    pieces = [node(0, halves[0][:12]), node(0, halves[0][12:])] + [node(0, half) for half in halves[1:]]
    yield None, json.dumps(pieces[0])  # a map of its own
    yield None, json.dumps(pieces[1])
    yield "is not cut by the rule", json.dumps(node(1, above(pieces)))
    yield "is after the current one", json.dumps({"repo_id": "s", "revision": {
        "snapshot_id": "a", "revision": 7, "operation": "x", "file_count": 0, "logged_at": "2030-01-01T00:00:00Z",
        "root_before": "ab" * 32, "root_after": root["tree_node"]["hash"]}})


def forged(database, lines, report):
    problems, count = [], 0
    snapshot = next(i for i, line in enumerate(lines) if kind_of(line) == "snapshot")
    for line in lines[:snapshot + 1]:
        take(database, line)
    for error, line in forgeries(lines):
        count += 1
        text = random_calls.outcome(database, call("cg_import", line))
        if isinstance(text, str) != (error is not None) or (error and error not in text):
            problems.append(f"{error}: {text}: {line[:300]}")
    report.check(f"{database.name}: what {count} lines with fitting hashes say is checked", problems)
    # Two nodes too many were taken, and are counted.
    for line in lines[snapshot + 1:-1]:
        take(database, line)
    text = random_calls.outcome(database, call("cg_import", lines[-1]))
    report.check(f"{database.name}: the last line counts", [] if "tree nodes" in str(text) else [text])
    database.rows(call("cg_delete_repository", "s"))


# ---- the commands of docs/export.md

def commands():
    text = (ROOT / "docs/export.md").read_text(encoding="utf-8")
    return re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M)


def run_shell(command, folder, module, database):
    replaced = command.replace("build/sqlite/codegraph", module.removesuffix(".so")).replace("-d code", f"-d {database}")
    return subprocess.run(["bash", "-o", "pipefail", "-c", replaced], cwd=folder, capture_output=True, text=True)


def documented(module, report):
    to_postgres, to_sqlite = commands()
    with tempfile.TemporaryDirectory() as folder:
        source, history = filled(module, 7)
        path = pathlib.Path(folder) / "code.db"
        for sql in ("UPDATE codegraph_repositories SET repo_id = repo_id", f"VACUUM INTO {quoted(str(path))}"):
            source.rows(sql)
        lines = exported(source, history.repo)
        app = lambda command: command.replace("'app'", quoted(history.repo).replace('"', '\\"'))
        postgres = Postgres("codegraph_moving")
        first = run_shell(app(to_postgres), folder, module, "codegraph_moving")
        there = exported(postgres, history.repo) if first.returncode == 0 else []
        report.check("the command to PostgreSQL moves a repository", [] if there == lines else [first])
        path.unlink()
        second = run_shell(app(to_sqlite), folder, module, "codegraph_moving")
        back = Sqlite(module)
        back.connection = sqlite3.connect(path, isolation_level=None)
        back.connection.enable_load_extension(True)
        back.connection.load_extension(module)
        report.check("the command to SQLite moves it back",
                     [] if second.returncode == 0 and exported(back, history.repo) == lines else [second])
        third = run_shell(app(to_sqlite), folder, module, "codegraph_moving")
        report.check("it fails where the repository exists", [] if third.returncode != 0 and "exists already" in third.stderr else [third])
        for database in source, postgres, back:
            database.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    arguments = parse_arguments(parser, *SEEDS)
    module = arguments.sqlite
    report = Report()
    for seed in arguments.seeds:
        there_and_back(module, seed, report)
    small_ones(module, report)
    lines = small_export(module)
    order_and_gaps(module, lines, report)
    sqlite, postgres = Sqlite(module), Postgres("codegraph_moving")
    hostile(sqlite, lines, 11, report, 40)
    hostile(postgres, lines, 12, report, 6)
    for database in sqlite, postgres:
        database.rows(call("cg_delete_repository", "s"))
        forged(database, lines, report)
    repeated((sqlite, postgres), lines, report)
    for database in sqlite, postgres:
        database.close()
    documented(module, report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
