#!/usr/bin/python3
"""A SQLite file that is opened with mode=ro, also as immutable: every reader answers as on the connection that wrote it,
and a writer says SQLITE_READONLY. Ends with `N passed, N failed`."""
import argparse
import json
import pathlib
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from databases import Failure, Report, Sqlite, call, default_module  # noqa: E402

READERS = [
    "cg_repositories()", "cg_snapshots('r')", "cg_files('r', 'b')", "cg_changed_files('r', 'b', '{\"f1\":\"0\"}')",
    "cg_chunks('r', 'b')", "cg_chunk('r', 'b', 'm7')", "cg_file_chunks('r', 'b', 'f7')",
    "cg_chunks_by_kind('r', 'b', 'function')", "cg_search_content('X', 50, 'r', 'b')", "cg_chunks_by_fqn('m7')", "cg_dependencies('r', 'b')",
    "cg_dependencies_from('r', 'b', 'm1')", "cg_dependencies_to('r', 'b', 'external')",
    "cg_transitive_dependencies('r', 'a', 'm1')", "cg_transitive_dependents('r', 'b', 'external')",
    "cg_dependency_path('r', 'a', 'm9', 'm3')", "cg_cycles('r', 'a')", "cg_importance('r', 'b')",
    "cg_unreferenced('r', 'b')", "cg_impact('r', 'a', 'b')", "cg_compare_commits('r', 'a', 'b')",
    "cg_compare_files('r', 'a', 'b')", "cg_log('r')", "cg_chunk_history('r', 'm7')",
    "cg_export('r')", "cg_stats()"]
EMPTY = ["cg_verify()"]  # what is sound has no rows
SCALARS = ["cg_file_hash('r', 'b', 'f7')", "cg_count_chunks('r', 'b')", "cg_snapshot_root('r', 'main')",
           "cg_count_dependencies('r', 'a', 'm1')", "cg_count_dependents('r', 'b', 'm3')",
           "cg_graph_dot('r', 'b', 'm1')", "cg_graph_mermaid('r', 'b', 'm1')", "cg_version()"]
WRITERS = ["cg_save_repository('x')", "cg_create_snapshot('r', 'c')", "cg_soft_delete_file_chunks('r', 'b', 'f1')",
           "cg_replace_file('r', 'b', 'c', 'f1', '[]')", "cg_delete_snapshot('r', 'a')",
           "cg_import('{\"codegraph_export\":1,\"repo_id\":\"x\",\"repository\":{\"name\":\"x\",\"default_branch\":\"main\","
           "\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-01-01T00:00:00Z\"}}')"]
NEITHER = {"cg_config"}


class File(Sqlite):
    def __init__(self, module, uri):
        self.connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        self.connection.enable_load_extension(True)
        self.connection.load_extension(module)


def fill(database):
    database.rows(call("cg_save_repository", "r"))
    database.rows(call("cg_create_snapshot", "r", "a", None, "main"))
    database.rows(call("cg_replace_files", "r", "a", "a", json.dumps([{
        "file_path": f"f{f}", "chunks": [{"content": "x", "fqn": f"m{f}", "kind": "function"}],
        "dependencies": [{"from_fqn": f"m{f}", "to_fqn": f"m{(f + 1) % 50}"},
                         {"from_fqn": f"m{f}", "to_fqn": "external"}]} for f in range(50)])))
    database.rows(call("cg_replace_file", "r", "a", "b", "f7",
                       '[{"content":"y","fqn":"m7"},{"content":"z","start_line":2}]'))


def outcome(database, sql):
    try:
        return database.rows(sql)
    except Failure as error:
        return str(error)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", default=default_module())
    module = parser.parse_args().sqlite
    report = Report()
    asked = ["SELECT * FROM " + reader for reader in READERS + EMPTY] + ["SELECT " + scalar for scalar in SCALARS]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "store.db"
        writer = File(module, f"file:{path}?mode=rwc")
        fill(writer)
        expected = {sql: outcome(writer, sql) for sql in asked}
        report.check("every reader has rows", [
            item for item in expected.items() if isinstance(item[1], str) or bool(item[1]) == (item[0].split()[-1] in EMPTY)])
        named = {sql.split("(")[0].split()[-1] for sql in asked} | NEITHER
        known = {name for (name,) in writer.rows(
            "SELECT name FROM pragma_module_list WHERE name LIKE 'cg~_%' ESCAPE '~'")}
        report.check("no table function is missing here", sorted(known - named))
        writer.close()
        for options in "mode=ro", "mode=ro&immutable=1":
            reader = File(module, f"file:{path}?{options}")
            for sql in asked:
                answer = outcome(reader, sql)
                report.check(f"{options}: {sql}", [] if answer == expected[sql] else [("got", answer, "not", expected[sql])])
            for call_text in WRITERS:
                answer = outcome(reader, "SELECT " + call_text)
                report.check(f"{options}: {call_text} is refused",
                             [] if str(answer).startswith(f"{sqlite3.SQLITE_READONLY}: ") else [answer])
            reader.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
