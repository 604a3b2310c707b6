#!/usr/bin/python3
"""Damages each kind of stored thing, in both databases: cg_verify names it, the same in both, and every reader either
answers as before or says *data corrupted* (XX001, SQLITE_CORRUPT). What a reader cannot see, because only the digest of
a file version or another table tells it, is listed here and must be no more and no less than that. Then random damage.
Ends with `N passed, N failed`.

usage: damage.py [--sqlite MODULE] [--only sqlite|postgres] [--seed N]      PostgreSQL is the server that the PG* variables name
"""
import argparse
import hashlib
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Postgres, Report, Sqlite, call, default_module, quoted  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402

CORRUPT = {"sqlite": 11, "postgres": "XX001"}
CHUNKS = {
    "chunks": "cg_chunks('r', 'b')", "all chunks": "cg_chunks('r', 'b', true)", "chunk": "cg_chunk('r', 'b', 'm7')",
    "chunk by id": "cg_chunk('r', 'b', 'id one')", "file chunks": "cg_file_chunks('r', 'b', 'dir/f7.py')",
    "chunk at": "cg_chunk_at('r', 'b', 'dir/f7.py', 2)",
    "kind": "cg_chunks_by_kind('r', 'b', 'function')", "fqn": "cg_chunks_by_fqn('m7')",
    "unreferenced": "cg_unreferenced('r', 'b')", "search": "cg_search_content('def m7(', 50, 'r', 'b')"}
FILES = {
    "files": "cg_files('r', 'b')", "changed files": "cg_changed_files('r', 'b', '{\"dir/f1.py\":\"0\"}')",
    "file hash": "cg_file_hash('r', 'b', 'dir/f7.py')", "count": "cg_count_chunks('r', 'b')",
    "file content": "cg_file_content('r', 'b', 'dir/f7.py')", "compare files": "cg_compare_files('r', 'a', 'b')"}
GRAPH = {
    "dependencies": "cg_dependencies('r', 'b')", "from": "cg_dependencies_from('r', 'b', 'm7')",
    "to": "cg_dependencies_to('r', 'b', 'm7')", "references": "cg_references('r', 'b', 'm7')",
    "aliases": "cg_aliases('r', 'b')", "resolve": "cg_resolve('r', 'b', 'm7')", "symbols": "cg_symbols('r', 'b')",
    "reached": "cg_transitive_dependencies('r', 'b', 'm6')",
    "near": "cg_transitive_dependencies('r', 'b', 'm6', 2)", "dependents": "cg_transitive_dependents('r', 'b', 'm7')",
    "count dependencies": "cg_count_dependencies('r', 'b', 'm6')", "count dependents": "cg_count_dependents('r', 'b', 'm9')",
    "path": "cg_dependency_path('r', 'b', 'm6', 'm8')", "cycles": "cg_cycles('r', 'b')",
    "importance": "cg_importance('r', 'b')", "impact": "cg_impact('r', 'a', 'b')",
    "dot": "cg_graph_dot('r', 'b', 'm7')", "mermaid": "cg_graph_mermaid('r', 'b', 'm7')"}
COMPARE = {"compare": "cg_compare_commits('r', 'a', 'b')", "compare back": "cg_compare_commits('r', 'b', 'a')",
           "compare dependencies": "cg_compare_dependencies('r', 'a', 'b')"}
REFS = {"refs": "cg_refs('r')", "root of a ref": "cg_snapshot_root('r', 'v1')"}
SNAPSHOTS = {"snapshots": "cg_snapshots('r')", "root": "cg_snapshot_root('r', 'b')", "log": "cg_log('r')",
             "past": "cg_count_chunks('r', 'b@{1}')", "history": "cg_chunk_history('r', 'm7')"}
OTHERS = {"repositories": "cg_repositories()", "other chunks": "cg_chunks('other', 'b')",
          "other graph": "cg_dependencies('other', 'b')"}
SCALARS = {"cg_file_content", "cg_file_hash", "cg_count_chunks", "cg_snapshot_root", "cg_count_dependencies", "cg_count_dependents",
           "cg_graph_dot", "cg_graph_mermaid", "cg_resolve"}
# Whole stores and repositories, which have tests of their own; and what reads nothing.
NOT_ASKED = {"cg_export", "cg_stats", "cg_status", "cg_verify", "cg_version"}
READERS = {**CHUNKS, **FILES, **GRAPH, **COMPARE, **SNAPSHOTS, **REFS, **OTHERS}


def fill(database, repo):
    """Some eighty files, so that trees have two levels."""
    def chunk(n, **more):
        return {"content": f"def m{n}(): pass", "fqn": f"m{n}", "kind": "function", "language": "python",
                "symbol_visibility": "public", "summary": f"does {n}", "importance": 0.25, "attrs": {"n": n}, **more}
    files = [{"file_path": f"dir/f{n}.py", "file_hash": f"hash {n}", "attrs": {"size": n}, "chunks": [
        chunk(n), {"content": f"# {n}", "start_line": 3, "name": "note"}],
        "dependencies": [{"from_fqn": f"m{n}", "to_fqn": f"m{(n + 1) % 80}"},
                         {"from_fqn": f"m{n}", "to_fqn": "external", "relationship": "IMPORTS", "confidence": 0.5}]}
        for n in range(80)]
    files[20]["dependencies"].append({"from_fqn": "m20", "to_fqn": "m19"})
    files[3]["aliases"] = [{"fqn": "alias", "to_fqns": ["m8"]}]
    files.append({"file_path": "dir/names.py", "chunks": [], "aliases": [{"fqn": "other name", "to_fqns": ["m40"]}]})
    files[6]["dependencies"].append({"from_fqn": "m6", "to_fqn": "other name", "relationship": "USES"})
    files[3]["chunks"].append(chunk("id", chunk_id="id one", start_line=9))
    files[4]["chunks"].append({"content": "misleading", "chunk_id": f"{repo}:dir/f5.py:x:1-1", "start_line": 12})
    for sql in (call("cg_save_repository", repo), call("cg_create_snapshot", repo, "a", "c0ffee", "main"),
                call("cg_replace_files", repo, "a", "a", json.dumps(files)),
                call("cg_update_file_metadata", repo, "a", "dir/empty.py", "hash of nothing"),
                call("cg_soft_delete_file_chunks", repo, "a", "dir/f10.py"),
                call("cg_replace_file", repo, "a", "b", "dir/f7.py", json.dumps([
                    chunk(7, content="def m7(): return 1", start_line=2), {"content": "z", "start_line": 5},
                    {"content": "zz", "start_line": 5}]),
                     json.dumps([{"from_fqn": "m7", "to_fqn": "m8"}, {"from_fqn": "m7", "to_fqn": "m9"}])),
                call("cg_soft_delete_file_chunks", repo, "b", "dir/f11.py"),
                call("cg_save_chunk", repo, "b", json.dumps({"file_path": "dir/f12.py", "content": "more", "fqn": "m12b",
                                                             "start_line": 20})),
                call("cg_set_ref", repo, "main", "b"), call("cg_set_ref", repo, "v1", "b")):
        database.rows(sql)


class Damaged:
    """A filled database whose damage is taken back by a rollback."""

    def __init__(self, database):
        self.database, self.name, self.in_damage = database, database.name, False
        for repo in "r", "other":
            fill(database, repo)
        database.rows("SELECT cg_config('graph_cache_size', '0')")  # a kept graph would answer from before the damage
        self.sound = {reader: self.answer(sql) for reader, sql in READERS.items()}
        self.repo_key = self.one("SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'r'")
        self.tables = {table: self.columns(table) for (table,) in database.tables()}

    def columns(self, table):
        sql = (f"SELECT name, type FROM pragma_table_info('{table}')" if self.name == "sqlite" else
               "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
               f" AND attrelid = '{table}'::regclass")
        return dict(self.database.rows(sql))

    def answer(self, sql):
        """The rows, or the failure."""
        if self.in_damage:
            self.database.rows("SAVEPOINT reader")
        try:
            return self.database.rows(("SELECT " if sql.split("(")[0] in SCALARS else "SELECT * FROM ") + sql)
        except Failure as failure:
            return failure
        finally:
            if self.in_damage:
                self.database.rows("ROLLBACK TO reader")
                self.database.rows("RELEASE reader")

    def one(self, sql):
        rows = self.database.rows(sql)
        assert len(rows) >= 1, sql
        return rows[0][0]

    def hex(self, sql):
        return self.one(sql).removeprefix("\\x")

    def bytes(self, hexadecimal):
        return f"x'{hexadecimal}'" if self.name == "sqlite" else f"'\\x{hexadecimal}'::bytea"

    def truth(self, value):
        return str(int(value)) if self.name == "sqlite" else str(bool(value)).lower()

    def newest(self, path, column="file_key"):
        """Of the newest version of a file."""
        return self.hex(f"SELECT {column} FROM codegraph_files WHERE repo_key = {self.repo_key}"
                        f" AND path = '{path}' ORDER BY file_key DESC LIMIT 1")

    def with_damage(self, statements):
        """What cg_verify and every reader say while this is done."""
        self.database.rows("BEGIN")
        self.in_damage = True
        try:
            for statement in statements:
                self.database.rows(statement)
            return self.answer("cg_verify()"), {reader: self.answer(sql) for reader, sql in READERS.items()}
        finally:
            self.in_damage = False
            self.database.rows("ROLLBACK")

    def wrong(self, answers):
        """Readers that neither answer as before nor say data corrupted."""
        return {reader: answer for reader, answer in answers.items() if answer != self.sound[reader]
                and not (isinstance(answer, Failure) and answer.code == CORRUPT[self.name])}

    def told(self, answers):
        return {reader for reader, answer in answers.items() if isinstance(answer, Failure)}


def flipped(hexadecimal, at):
    """One bit of one byte changed."""
    data = bytearray.fromhex(hexadecimal)
    data[at % len(data)] ^= 1
    return data.hex()


# ---- the damages: a name, the statements, what cg_verify says (patterns: each matches, and all rows are matched), and the
# readers that give wrong rows because they cannot see it: exactly these

# A row of codegraph_chunks is only told to be wrong by the digest of its file version, which takes the outline and the
# names of all targets; those who read these too (cg_chunk, comparisons, writers) check it.
ROWS = {"chunk at", "chunks", "all chunks", "file chunks", "fqn", "kind", "search"}
LINES_OF_ROWS = ROWS | {"file content"}
# What is looked up by name is found by the hash of the name and the definitions alone.
BY_FQN = {"chunk", "fqn", "history"}
LOG = {"log"}
# Graphs take names by key and do not hash them.
BY_KEY = {"dependencies", "dependents", "dot", "from", "impact", "importance", "mermaid", "near", "path", "reached",
          "references", "resolve", "symbols", "to"}
# Only the aliases of a file without live chunks tell whether it is live, and what they are bound to tells it then.
BY_ALIAS = {"aliases", "changed files", "count dependencies", "cycles", "dependencies", "files", "importance", "near",
            "reached"}
NOTHING = set()
# A snapshot that looks like a sound one, or is said not to be there: whatever these say.
ANY = frozenset(READERS) - frozenset(OTHERS)

def update(d, table, column, value, where):
    return [f"UPDATE codegraph_{table} SET {column} = {value} WHERE repo_key = {d.repo_key} AND {where}"]


def delete(d, table, where):
    return [f"DELETE FROM codegraph_{table} WHERE repo_key = {d.repo_key} AND {where}"]


def file_is(d, path="dir/f7.py"):
    return f"file_key = {d.newest(path)}"


def chunk_is(d, ordinal=0, path="dir/f7.py"):
    return f"{file_is(d, path)} AND ordinal = {ordinal}"


def content_key(d, ordinal=0):
    return d.one(f"SELECT content_key FROM codegraph_chunks WHERE repo_key = {d.repo_key} AND {chunk_is(d, ordinal)}")


VERSION = r"file version [0-9a-f]{64} of dir/(f\d+|names)\.py"
DIGEST = (VERSION, "it does not match its digest")


def chunk_damages(d):
    """Each column of a row of codegraph_chunks, and the readers that show or use it."""
    differ = lambda field: (VERSION, rf"chunk 0: its row and the outline differ in {field}")
    cases = {
        "start_line": ("3", [DIGEST, differ("start_line")], LINES_OF_ROWS),
        "end_line": ("3", [DIGEST, differ("end_line")], LINES_OF_ROWS),
        "kind": ("'class'", [DIGEST, differ("kind")], ROWS),
        "name": ("'other'", [DIGEST, differ("name")], ROWS),
        "language": ("'c'", [DIGEST, differ("language")], ROWS),
        "symbol_visibility": ("NULL", [DIGEST], ROWS),
        "signature": ("'x'", [DIGEST], ROWS),
        "own_hash": (d.bytes("11" * 32), [(VERSION, "chunk 0: its own_hash is not that of its own content")], NOTHING),
        "summary": ("'x'", [DIGEST], ROWS),
        "importance": ("0.5", [DIGEST], ROWS),
        "attrs": ("'{}'", [DIGEST], ROWS),
        "number": ("2", [DIGEST, differ("number")], ROWS),
        "fqn": ("'m70'", [DIGEST, differ("the symbol"), differ("name"),
                          ('definition of "m70" in dir/f7.py', "it is missing, as an FQN")], ROWS),
        "is_deleted": (d.truth(True), [DIGEST, differ("is_deleted"), (r"tree node \w+", r"file version \w+ has 2 live chunks, not 3")],
                       NOTHING),
        "ordinal": ("7", [(VERSION, "chunk 0: its row is missing"),
                          (VERSION, "there is a row of chunk 7, which it has not")], NOTHING),
        "file_key": ("999999", [(VERSION, "chunk 0: its row is missing"),
                                ("chunks", "rows that belong to no file version: 1")], NOTHING),
    }
    for column, (value, findings, unseen) in cases.items():
        yield f"chunk {column}", update(d, "chunks", column, value, chunk_is(d)), findings, unseen
    yield ("chunk content_key", update(d, "chunks", "content_key", 999999, chunk_is(d)),
           [(VERSION, "chunk 0: its content is missing")], NOTHING)
    yield ("chunk content_key of another", update(d, "chunks", "content_key", content_key(d, 1), chunk_is(d)), [DIGEST], LINES_OF_ROWS)
    yield ("chunk explicit_id", [
        f"UPDATE codegraph_chunks SET explicit_id = 'id two', number = NULL WHERE repo_key = {d.repo_key} AND {chunk_is(d)}"],
        [DIGEST, differ("explicit_id"), ('definition of "id two" in dir/f7.py', "it is missing, as a chunk id")], ROWS)
    yield ("chunk with neither id nor number", update(d, "chunks", "number", "NULL", chunk_is(d)),
           [(VERSION, "chunk 0: it needs either an explicit id or a number")], NOTHING)
    yield ("chunk row missing", delete(d, "chunks", chunk_is(d)), [(VERSION, "chunk 0: its row is missing")], NOTHING)
    columns = [column for column in d.tables["codegraph_chunks"] if column != "ordinal"]
    yield ("chunk row extra", [
        f"INSERT INTO codegraph_chunks (ordinal, {', '.join(columns)}) SELECT 3, {', '.join(columns)} FROM codegraph_chunks"
        f" WHERE repo_key = {d.repo_key} AND {chunk_is(d)}"],
        [(VERSION, "there is a row of chunk 3, which it has not")], NOTHING)


def file_damages(d):
    outline = d.newest("dir/f7.py", "outline")
    seal = [(VERSION, "a file version's outline does not match its seal")]
    for at in 0, 5, 12, len(outline) // 2 - 1:
        yield f"outline byte {at} flipped", update(d, "files", "outline", d.bytes(flipped(outline, at)), file_is(d)), seal, NOTHING
    yield "outline cut", update(d, "files", "outline", d.bytes(outline[:-6]), file_is(d)), seal, NOTHING
    yield "outline empty", update(d, "files", "outline", d.bytes(""), file_is(d)), seal, NOTHING
    yield ("outline of another file", update(d, "files", "outline", d.bytes(d.newest("dir/f6.py", "outline")), file_is(d)),
           seal, NOTHING)
    yield "file missing", delete(d, "files", file_is(d)), [
        (VERSION, "it is missing"), ("chunks", "rows that belong to no file version: 3")], NOTHING
    other = d.bytes("22" * 32)
    yield "file digest", update(d, "files", "digest", other, file_is(d)), [
        *seal, (VERSION, "it is missing")], NOTHING
    yield "file path", update(d, "files", "path", "'dir/f77.py'", file_is(d)), [
        DIGEST, (VERSION, "chunk [12]: its row and the outline differ in the symbol"),
        (r"tree node \w+", r"file version \w+ is not one of dir/f7.py"),
        ('definition of "m7" in dir/f77.py', "it is missing, as an FQN")], NOTHING
    yield "file file_hash", update(d, "files", "file_hash", "'x'", file_is(d)), [DIGEST], {
        "files", "file hash", "compare files"}
    yield "file attrs", update(d, "files", "attrs", "'{}'", file_is(d, "dir/f8.py")), [DIGEST], {"files"}
    yield "file is_deleted", update(d, "files", "is_deleted", d.truth(True), file_is(d)), [
        DIGEST, (r"tree node \w+", r"file version \w+ has 0 live chunks, not 3")], NOTHING
    # What has no live chunk has none either way: only its aliases tell.
    yield "file is_deleted, without live chunks", update(d, "files", "is_deleted", d.truth(True), file_is(d, "dir/names.py")), [
        DIGEST], BY_ALIAS
    for column in "chunk_count", "dependency_count":
        for value in -1, 0, 1000000000000000:
            what = {"chunk_count": "chunks", "dependency_count": "dependencies"}[column]
            unseen = {"files"} if column == "dependency_count" and value >= 0 else NOTHING
            yield (f"file {column} {value}", update(d, "files", column, value, file_is(d)),
                   [(VERSION, f"it counts {value} {what}, its outline .*")], unseen)


def content_damages(d):
    key = content_key(d)
    content = d.hex(f"SELECT hash FROM codegraph_contents WHERE repo_key = {d.repo_key} AND content_key = {key}")
    is_it = f"hash = {d.bytes(content)}"
    lost = (VERSION, "chunk 0: its content is missing")
    yield "content changed", update(d, "contents", "content", "'def m7(): return 2'", is_it), [
        (f"content {content}", "its text does not match its hash")], NOTHING
    yield "content missing", delete(d, "contents", is_it), [lost], NOTHING
    yield "content key", update(d, "contents", "content_key", 999999, is_it), [lost], NOTHING
    yield "content hash", update(d, "contents", "hash", d.bytes("33" * 32), is_it), [
        DIGEST, ("content (33){32}", "its text does not match its hash")], NOTHING
    yield "content hash short", update(d, "contents", "hash", d.bytes("33" * 31), is_it), [
        (VERSION, "chunk 0: its hash is not 32 bytes long"), ("content (33){31}", "its hash is not 32 bytes long")], NOTHING


def symbol_damages(d):
    key = lambda name: d.one(f"SELECT symbol_key FROM codegraph_symbols WHERE repo_key = {d.repo_key} AND name = '{name}'")
    yield "symbol renamed", update(d, "symbols", "name", "'m7000'", f"symbol_key = {key('m7')}"), [
        ('symbol "m7000"', "its name does not match its hash"), DIGEST,
        (VERSION, "chunk 0: its row and the outline differ in the symbol")], BY_KEY
    yield "symbol missing", delete(d, "symbols", f"symbol_key = {key('m7')}"), [
        ("definitions", "rows that refer to a missing symbol: 1"), (VERSION, "chunk 0: its symbol is missing"),
        (VERSION, r"dependency \d: the symbol of its target is missing"),
        ('definition of "m7" in dir/f7.py', "it is missing, as an FQN")], BY_FQN
    yield "symbol of a kind missing", delete(d, "symbols", f"symbol_key = {key('function')}"), [
        (VERSION, r"chunk \d: the symbol of its kind is missing")], NOTHING
    yield "symbol of a relationship missing", delete(d, "symbols", f"symbol_key = {key('IMPORTS')}"), [
        (VERSION, r"dependency \d: the symbol of its relationship is missing")], NOTHING
    yield "symbol hash", update(d, "symbols", "name_hash", d.bytes("44" * 32), f"symbol_key = {key('m7')}"), [
        ('symbol "m7"', "its name does not match its hash"),
        ('definition of "m7" in dir/f7.py', "it is missing, as an FQN")], BY_FQN
    yield "definition missing", delete(d, "definitions", f"symbol_key = {key('m7')}"), [
        ('definition of "m7" in dir/f7.py', "it is missing, as an FQN")], BY_FQN
    yield "definition of an id missing", delete(d, "definitions", f"symbol_key = {key('id one')}"), [
        ('definition of "id one" in dir/f3.py', "it is missing, as a chunk id")], {"chunk by id"}
    yield "definition of misleading ids missing", delete(d, "definitions", f"symbol_key = {key('')}"), [
        ('definition of "" in dir/f4.py', "it is missing, as a chunk id")], NOTHING
    yield "definition elsewhere", update(d, "definitions", "path", "'dir/f6.py'", f"symbol_key = {key('m7')}"), [
        ('definition of "m7" in dir/f7.py', "it is missing, as an FQN")], BY_FQN


def tree_damages(d):
    root = d.hex(f"SELECT root FROM codegraph_snapshots WHERE repo_key = {d.repo_key} AND snapshot_id = 'b'")
    body = lambda hash: d.hex(f"SELECT body FROM codegraph_tree_nodes WHERE repo_key = {d.repo_key} AND hash = {d.bytes(hash)}")
    first_leaf = body(root)[body(root).index(first_child(body(root))):][:64]
    changed = r"its body does not match its hash"
    for name, hash in ("root", root), ("leaf", first_leaf):
        for at in 0, 1, 2, 9, 40, len(body(hash)) // 2 - 1:
            yield (f"{name} byte {at} flipped",
                   update(d, "tree_nodes", "body", d.bytes(flipped(body(hash), at)), f"hash = {d.bytes(hash)}"),
                   [(f"tree node {hash}", changed)], NOTHING)
        yield f"{name} empty", update(d, "tree_nodes", "body", d.bytes(""), f"hash = {d.bytes(hash)}"), [
            (f"tree node {hash}", changed)], NOTHING
        yield f"{name} missing", delete(d, "tree_nodes", f"hash = {d.bytes(hash)}"), [
            (f"tree node {hash}", "it is missing") if name == "leaf" else
            ("(snapshot b|log of b revision 3)", f"its root {root} is missing")], NOTHING
    yield ("leaf under another hash", update(d, "tree_nodes", "hash", d.bytes("55" * 32), f"hash = {d.bytes(first_leaf)}"),
           [(f"tree node {first_leaf}", "it is missing"), ("tree node (55){32}", changed)], NOTHING)


def first_child(body):
    """The hash of the first entry of a node's body: format, level, count, shared, rest, key, hash."""
    data = bytes.fromhex(body)
    assert data[1] > 0 and data[2] < 128, "an inner node"
    return data[5 + data[4]:][:32].hex()


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            return value, at


def as_varint(value):
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + as_varint(value >> 7)


def decoded_node(body):
    """Level and entries (key, hash, number)."""
    data, entries, key = bytes.fromhex(body), [], b""
    count, at = varint(data, 2)
    for _ in range(count):
        shared, at = varint(data, at)
        rest, at = varint(data, at)
        key = key[:shared] + data[at:at + rest]
        at += rest
        number, end = varint(data, at + 32)
        entries.append((key, data[at:at + 32], number))
        at = end
    return data[1], entries


def encoded_node(level, entries):
    body, before = bytes([1, level]) + as_varint(len(entries)), b""
    for key, digest, number in entries:
        shared = 0
        while shared < min(len(before), len(key)) and before[shared] == key[shared]:
            shared += 1
        body += as_varint(shared) + as_varint(len(key) - shared) + key[shared:] + digest + as_varint(number)
        before = key
    return body


def forged_trees(d):
    """Trees whose hashes are right and which are not the tree of their keys, under the root of b."""
    where = f"repo_key = {d.repo_key} AND snapshot_id = 'b'"
    [(key, root)] = d.database.rows(f"SELECT snapshot_key, root FROM codegraph_snapshots WHERE {where}")
    body = lambda hash: d.hex(f"SELECT body FROM codegraph_tree_nodes WHERE repo_key = {d.repo_key} AND hash = {d.bytes(hash)}")
    level, top = decoded_node(body(root.removeprefix("\\x")))
    assert level == 1 and len(top) >= 3
    leaves = [decoded_node(body(digest.hex()))[1] for _, digest, _ in top]

    def tree(leaves, change=lambda top: None):
        bodies = [encoded_node(0, leaf) for leaf in leaves]
        top = [[leaf[-1][0], hashlib.sha256(body).digest(), len(leaf)] for leaf, body in zip(leaves, bodies)]
        change(top)
        bodies.append(encoded_node(1, top))
        new_root = d.bytes(hashlib.sha256(bodies[-1]).hexdigest())
        return [f"INSERT INTO codegraph_tree_nodes (repo_key, hash, body) VALUES ({d.repo_key},"
                f" {d.bytes(hashlib.sha256(body).hexdigest())}, {d.bytes(body.hex())}) ON CONFLICT DO NOTHING" for body in bodies
                ] + [f"UPDATE codegraph_snapshots SET root = {new_root} WHERE {where}",
                     f"UPDATE codegraph_log SET root_after = {new_root} WHERE repo_key = {d.repo_key} AND snapshot_key = {key}"
                     " AND revision = 3"]

    def in_leaf(number, at, **changes):
        changed = [list(leaf) for leaf in leaves]
        path, digest, live = changed[number][at]
        changed[number][at] = (changes.get("path", path), changes.get("digest", digest), changes.get("live", live))
        return changed

    def set_number(top):
        top[1][2] += 1

    def set_last_key(top):
        top[1][0] += b"x"

    def set_level_of_last(top):
        top[-1] = [b"zz", bytes.fromhex(root.removeprefix("\\x")), 82]

    node = "tree node [0-9a-f]{64}"
    not_cut = (node, "its keys and those of tree node [0-9a-f]{64} are not cut there")
    too_long = (node, "its keys belong into more than one node")
    missing = ("file version [0-9a-f]{64} of .*", "it is missing")
    above = lambda what: (node, f"tree node [0-9a-f]{{64}} has another {what} than the node above it says")
    assert tree(leaves)[-2].count(root.removeprefix("\\x")) == 1, "unchanged, it is the same tree"
    first, second = leaves[0], leaves[1]
    yield "forged: two nodes in one", tree([first + second, *leaves[2:]]), [too_long], ANY
    yield "forged: a node in two", tree([first[:len(first) // 2], first[len(first) // 2:], *leaves[1:]]), [not_cut], ANY
    yield "forged: cut one item earlier", tree([first[:-1], first[-1:] + second, *leaves[2:]]), [not_cut], ANY
    yield "forged: cut one item later", tree([first + second[:1], second[1:], *leaves[2:]]), [not_cut], ANY
    yield "forged: keys overlap", tree([first, first[:1] + second, *leaves[2:]]), [
        (node, "its keys overlap with those of .*")], ANY
    yield "forged: number of entries", tree(leaves, set_number), [above("number of entries")], ANY
    yield "forged: last key", tree(leaves, set_last_key), [above("last key")], ANY
    yield "forged: level", tree(leaves, set_level_of_last), [above("level")], ANY
    yield "forged: live chunks", tree(in_leaf(0, 0, live=9)), [(node, r"file version \w+ has \d live chunks, not 9")], ANY
    yield "forged: file version unknown", tree(in_leaf(0, 0, digest=b"8" * 32)), [missing], ANY
    yield ("forged: file version of another file", tree(in_leaf(0, 0, digest=first[1][1], live=first[1][2])),
           [(node, r"file version \w+ is not one of dir/.*")], ANY)


def history_damages(d):
    snapshot = f"snapshot_id = 'b'"
    key = d.one(f"SELECT snapshot_key FROM codegraph_snapshots WHERE repo_key = {d.repo_key} AND {snapshot}")
    root_of_a = d.bytes(d.hex(f"SELECT root FROM codegraph_snapshots WHERE repo_key = {d.repo_key} AND snapshot_id = 'a'"))
    log = lambda revision: f"snapshot_key = {key} AND revision = {revision}"
    yield "root unknown", update(d, "snapshots", "root", d.bytes("66" * 32), snapshot), [
        ("snapshot b", "its root (66){32} is missing"), ("snapshot b", "its root is not the one that its log ends with")], {
        "snapshots", "root", "root of a ref"}
    yield "root short", update(d, "snapshots", "root", d.bytes("66" * 31), snapshot), [
        ("snapshot b", "its root is not 32 bytes long")], NOTHING
    yield "root of another snapshot", update(d, "snapshots", "root", root_of_a, snapshot), [
        ("snapshot b", "its root is not the one that its log ends with")], ANY
    yield "revision", update(d, "snapshots", "revision", 2, snapshot), [
        ("snapshot b", "its revision is 2, its log ends at 3")], {"snapshots"}
    yield "log newest row missing", delete(d, "log", log(3)), [
        ("snapshot b", "its revision is 3, its log ends at 2"),
        ("snapshot b", "its root is not the one that its log ends with")], LOG
    yield "log row missing", delete(d, "log", log(1)), [("log of b", "revisions are missing between 0 and 2")], LOG
    yield "log pruned", delete(d, "log", log(0)), [], LOG
    yield "log missing", delete(d, "log", f"snapshot_key = {key}"), [("log of b", "its newest row is missing")], LOG
    yield "log root_after", update(d, "log", "root_after", d.bytes("77" * 32), log(1)), [
        ("log of b revision 1", "its root (77){32} is missing"),
        ("log of b revision 2", "its root_before is not the root of the revision before")], LOG
    yield "log root_before", update(d, "log", "root_before", "NULL", log(2)), [
        ("log of b revision 2", "it has no root_before|its root_before is not the root of the revision before")], LOG
    yield "log revision", update(d, "log", "revision", 9, log(3)), [
        ("log of b", "revisions are missing between 2 and 9"), ("snapshot b", "its revision is 3, its log ends at 9")], LOG
    yield "log time", update(d, "log", "logged_at", 5, log(3)), [
        ("log of b revision 3", "it is logged at an earlier time than the revision before")], LOG
    yield "snapshot missing", delete(d, "snapshots", snapshot), [
        ("log", "rows that belong to no snapshot: 4"), ("ref (main|v1)", "its snapshot is missing")], ANY
    of_ref = "ref = 'v1'"
    yield "ref to nothing", update(d, "refs", "snapshot_key", 123456789, of_ref), [("ref v1", "its snapshot is missing")], NOTHING
    other = d.one("SELECT snapshot_key FROM codegraph_snapshots WHERE snapshot_id = 'a' AND repo_key <> " + d.repo_key)
    yield "ref to another repository", update(d, "refs", "snapshot_key", other, of_ref), [
        ("ref v1", 'its snapshot is one of repository "other"')], NOTHING
    yield "ref with steps", update(d, "refs", "ref", "'v1~1'", of_ref), [("ref v1~1", 'its name "v1~1" must not have ~')], ANY
    yield ("format newer", [f"UPDATE codegraph_repositories SET format = 99 WHERE repo_key = {d.repo_key}"], [
        ("repository", "its format is 99, this version of codegraph reads up to \\d+")], ANY)


def type_damages(d):
    """SQLite lets a column hold any type."""
    if d.name != "sqlite":
        return
    text, blob = "'text'", "x'00ff'"
    of_table = {"files": file_is(d), "chunks": chunk_is(d), "snapshots": "snapshot_id = 'b'",
                "contents": f"content_key = {content_key(d)}",
                "symbols": "name = 'm7'", "tree_nodes": "hash = (SELECT root FROM codegraph_snapshots WHERE snapshot_id = 'b'"
                f" AND repo_key = {d.repo_key})",
                "refs": "ref = 'v1'", "log": f"revision = 2 AND snapshot_key = (SELECT snapshot_key FROM codegraph_snapshots WHERE snapshot_id = 'b'"
                       f" AND repo_key = {d.repo_key})"}
    unseen = {("snapshots", "snapshot_id"): ANY, ("symbols", "name_hash"): BY_FQN, ("log", "snapshot_key"): LOG,
              ("refs", "ref"): ANY}
    rowids = {"files": "file_key", "snapshots": "snapshot_key", "symbols": "symbol_key", "contents": "content_key"}
    for table, where in of_table.items():
        for column, kind in d.tables[f"codegraph_{table}"].items():
            if column in ("repo_key", rowids.get(table)):
                continue
            value = text if kind in ("BLOB", "INTEGER", "REAL") else blob
            yield f"type of {table}.{column}", update(d, table, column, value, where), [(".*", ".*")], unseen.get((table, column), NOTHING)


def all_damages(d):
    for group in chunk_damages, file_damages, content_damages, symbol_damages, tree_damages, forged_trees, history_damages, type_damages:
        yield from group(d)


def unmatched(findings, patterns):
    """What of the rows of cg_verify no pattern matches, and what pattern matches none."""
    if isinstance(findings, Failure):
        return [findings]
    findings = [row for row in findings if row[0] is not None]  # a greater key than the sequence has given
    matches = lambda row, pattern: row[0] == "r" and all(re.fullmatch(p, r, re.S) for p, r in zip(pattern, row[1:]))
    return ([("not expected", row) for row in findings if not any(matches(row, p) for p in patterns)]
            + [("not found", p) for p in patterns if not any(matches(row, p) for row in findings)])


def differences(wrong, unseen):
    """What readers say though they should see the damage; and who is listed here but sees it."""
    if unseen is ANY:
        return [item for item in wrong.items() if item[0] not in ANY]
    return ([item for item in wrong.items() if item[0] not in unseen or isinstance(item[1], Failure) and unseen is not BY_KEY]
            + [("is listed as unseen, but seen", reader) for reader in unseen - set(wrong)])


# ---- random damage

def random_damage(d, source):
    """One value of one row changed, so that what is hashed differs."""
    column_of = {"tree_nodes": ["hash", "body"], "contents": ["content_key", "hash", "content"],
                 "files": ["digest", "path", "attrs", "is_deleted", "chunk_count", "outline"],
                 "chunks": ["ordinal", "start_line", "end_line", "kind", "name", "content_key", "is_deleted", "attrs"],
                 "symbols": ["name_hash", "name"], "definitions": ["symbol_key", "path"], "snapshots": ["root", "revision"],
                 "log": ["revision", "root_after"]}
    keys = {"tree_nodes": ["hash"], "contents": ["hash"], "files": ["file_key"], "chunks": ["file_key", "ordinal"],
            "symbols": ["symbol_key"], "definitions": ["symbol_key", "as_id", "path"], "snapshots": ["snapshot_key"],
            "log": ["snapshot_key", "revision"]}
    table = source.choice(sorted(column_of))
    column = source.choice(column_of[table])
    kinds = d.tables[f"codegraph_{table}"]
    literal = lambda name, value: (d.bytes(value.removeprefix("\\x")) if kinds[name].lower() in ("blob", "bytea")
                                   else "'" + value.replace("'", "''") + "'")
    rows = d.database.rows(f"SELECT {', '.join(keys[table] + [column])} FROM codegraph_{table} WHERE repo_key = {d.repo_key}"
                           f" ORDER BY {', '.join(keys[table])}")
    *key, value = source.choice(rows)
    where = " AND ".join(f"{name} = {literal(name, part)}" for name, part in zip(keys[table], key))
    if kinds[column].lower() in ("blob", "bytea"):
        data = value.removeprefix("\\x")
        size = len(data) // 2
        changed = d.bytes(source.choice([flipped(data, source.randrange(size)), data[:2 * source.randrange(size)],
                                         data + "00", source.randbytes(size).hex()]))
    elif kinds[column].lower() == "text":
        changed = quoted(value + "x" if source.random() < 0.5 or len(value) < 2 else value[:-1])
    elif column == "is_deleted":
        changed = d.truth(value in ("0", "f"))
    else:
        changed = source.choice([int(value) + 1, int(value) + source.randrange(1, 2**40), -1 - int(value)])
    return f"{table}.{column} = {str(changed)[:60]} where {where[:80]}", update(d, table, column, changed, where), table


def check_random(d, seed, rounds, report):
    source = Random(seed)
    problems = []
    for _ in range(rounds):
        name, statements, table = random_damage(d, source)
        try:
            findings, answers = d.with_damage(statements)
        except Failure as failure:  # a key that is there already
            if failure.code not in (19, "23505"):
                problems.append((name, failure))
            continue
        if isinstance(findings, Failure) or not findings:
            problems.append((name, "cg_verify", findings))
        wrong = d.wrong(answers)
        if table in ("tree_nodes", "contents"):
            problems += [(name, item) for item in wrong.items()]
        unknown = (1, "42704") if table in ("symbols", "snapshots") else ()  # a name that is no longer there
        problems += [(name, item) for item in wrong.items() if isinstance(item[1], Failure) and item[1].code not in unknown]
    report.check(f"{d.name}: random damage, seed {seed}", problems)


def reader_gaps(database):
    readers = {name for name, writes in database.functions().items() if not writes} - NOT_ASKED
    asked = {sql.split("(")[0] for sql in READERS.values()}
    return [f"{name} is a reader without a question in READERS in tests/cross/damage.py" for name in sorted(readers - asked)] + [
        f"{name} in READERS in tests/cross/damage.py is no reader" for name in sorted(asked - readers)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    arguments = parse_arguments(parser, 1, 2)
    report = Report()
    databases = []
    if arguments.only != "postgres":
        databases.append(Sqlite(arguments.sqlite))
    if arguments.only != "sqlite":
        databases.append(Postgres("codegraph_damage"))
    said = {}
    for database in databases:
        d = Damaged(database)
        report.check(f"{d.name}: every reader of the product is asked", reader_gaps(database))
        report.check(f"{d.name}: every reader has rows", [i for i in d.sound.items() if not i[1] or isinstance(i[1], Failure)])
        report.check(f"{d.name}: what is sound is found to be", d.answer("cg_verify()"))
        report.check(f"{d.name}: in one repository too", d.answer("cg_verify('r')"))
        for name, statements, patterns, unseen in all_damages(d):
            findings, answers = d.with_damage(statements)
            report.check(f"{d.name}: {name}: cg_verify names it", unmatched(findings, patterns))
            report.check(f"{d.name}: {name}: readers see it", differences(d.wrong(answers), unseen))
            of_repositories = lambda row: row[0] is not None  # SQLite has no sequences
            said.setdefault(name, []).append(findings if isinstance(findings, Failure) else
                                             list(filter(of_repositories, findings)))
        for seed in arguments.seeds:
            check_random(d, seed, 100, report)
        report.check(f"{d.name}: it was all taken back", d.answer("cg_verify()"))
        database.close()
    report.check("cg_verify says the same in both databases",
                 [(name, both) for name, both in said.items() if len(both) == 2 and both[0] != both[1]])
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
