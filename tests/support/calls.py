"""A sample call of every function of the product, and the store that the calls ask.

The product says which functions there are and which of them write: `functions()` of a database in databases.py. The
tests that call every function (cross/read_only.py, postgres/standby.py) check with `gaps` that CALLS names exactly
these functions. Who adds a function to the product adds its call to CALLS.
"""

import json

from databases import call, outcome

# The arguments of one call for each function, as SQL of both databases. A reader's call has rows in the store that
# `fill` makes, unless FINDS_NOTHING names it. A writer's call succeeds there.
CALLS = {
    # writers (the comments are for the reader: what the product says counts)
    "cg_save_repository": "'x'",
    "cg_delete_repository": "'r'",
    "cg_create_snapshot": "'r', 'c'",
    "cg_delete_snapshot": "'r', 'a'",
    "cg_seal_snapshot": "'r', 'a'",
    "cg_set_ref": "'r', 'trunk', 'a'",
    "cg_rollback": "'r', 'a', 0",
    "cg_prune": "'r', 1",
    "cg_gc": "'r'",
    "cg_repair_sequences": "",
    "cg_save_chunk": "'r', 'b', '{\"file_path\":\"f1\",\"content\":\"w\"}'",
    "cg_save_chunks": "'r', 'b', '[{\"file_path\":\"f1\",\"content\":\"w\"}]'",
    "cg_save_dependency": "'r', 'b', '{\"from_fqn\":\"m1\",\"to_fqn\":\"m9\"}'",
    "cg_save_dependencies": "'r', 'b', '[{\"from_fqn\":\"m1\",\"to_fqn\":\"m9\"}]'",
    "cg_replace_file": "'r', 'b', 'c', 'f1', '[]'",
    "cg_replace_files": "'r', 'b', 'c', '[{\"file_path\":\"f1\",\"deleted\":true}]'",
    "cg_create_incremental_snapshot": "'r', 'b', 'c', '[\"f1\"]', 'sample_analyzer'",
    "cg_soft_delete_file_chunks": "'r', 'b', 'f1'",
    "cg_restore_file_chunks": "'r', 'b', 'f49'",
    "cg_update_file_metadata": "'r', 'b', 'f1', 'hash'",
    "cg_index_content": "'r'",
    "cg_import": "'" + json.dumps({"codegraph_export": 1, "repo_id": "x", "repository": {
        "name": "x", "default_branch": "main", "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z"}}, separators=(",", ":")) + "'",
    # neither
    "cg_config": "'graph_cache_size'",
    # readers
    "cg_repositories": "",
    "cg_snapshots": "'r'",
    "cg_refs": "'r'",
    "cg_files": "'r', 'b'",
    "cg_changed_files": "'r', 'b', '{\"f1\":\"0\"}'",
    "cg_chunks": "'r', 'b'",
    "cg_chunk": "'r', 'b', 'm7'",
    "cg_file_chunks": "'r', 'b', 'f7'",
    "cg_chunk_at": "'r', 'b', 'f7', 1",
    "cg_chunks_by_kind": "'r', 'b', 'function'",
    "cg_chunks_by_fqn": "'m7'",
    "cg_search_content": "'X', 50, 'r', 'b'",
    "cg_file_hash": "'r', 'b', 'f7'",
    "cg_file_content": "'r', 'b', 'f7'",
    "cg_count_chunks": "'r', 'b'",
    "cg_snapshot_root": "'r', 'main'",
    "cg_dependencies": "'r', 'b'",
    "cg_dependencies_from": "'r', 'b', 'm1'",
    "cg_dependencies_to": "'r', 'b', 'external'",
    "cg_references": "'r', 'b', 'external'",
    "cg_aliases": "'r', 'b'",
    "cg_resolve": "'r', 'b', 'm1'",
    "cg_symbols": "'r', 'b'",
    "cg_transitive_dependencies": "'r', 'a', 'm1'",
    "cg_transitive_dependents": "'r', 'b', 'external'",
    "cg_count_dependencies": "'r', 'a', 'm1'",
    "cg_count_dependents": "'r', 'b', 'm3'",
    "cg_dependency_path": "'r', 'a', 'm9', 'm3'",
    "cg_cycles": "'r', 'a'",
    "cg_importance": "'r', 'b'",
    "cg_unreferenced": "'r', 'b'",
    "cg_impact": "'r', 'a', 'b'",
    "cg_graph_dot": "'r', 'b', 'm1'",
    "cg_graph_mermaid": "'r', 'b', 'm1'",
    "cg_compare_commits": "'r', 'a', 'b'",
    "cg_compare_dependencies": "'r', 'a', 'b'",
    "cg_compare_files": "'r', 'a', 'b'",
    "cg_chunk_history": "'r', 'm7'",
    "cg_log": "'r'",
    "cg_export": "'r'",
    "cg_stats": "",
    "cg_status": "",
    "cg_verify": "",
    "cg_version": "",
}
FINDS_NOTHING = {"cg_verify"}  # the store is sound
# Tells of the connection too, so that two connections get different answers.
DEPENDS_ON_CONNECTION = {"cg_status"}
# The product marks these as it marks writers, since they have an effect, but they touch no table: a read-only database
# answers them.
TOUCHES_NO_TABLE = {"cg_config"}


def sample(name):
    return f"{name}({CALLS[name]})"


def gaps(functions):
    """Returns what is wrong between CALLS and the functions of the product."""
    return [f"the product has {name}, but no call of it is in CALLS in tests/support/calls.py"
            for name in sorted(functions.keys() - CALLS.keys())] + [
        f"CALLS in tests/support/calls.py has a call of {name}, but the product has no such function"
        for name in sorted(CALLS.keys() - functions.keys())]


def same(sql, one, other):
    """Tells whether two answers of a statement agree."""
    if any(name in sql for name in DEPENDS_ON_CONNECTION):
        return isinstance(one, str) == isinstance(other, str)
    return one == other


def sampled(functions):
    """Returns the names of the functions that a read-only database answers, and of those that it refuses. A function
    without a sample call is in neither: `gaps` tells it."""
    known = [name for name in CALLS if name in functions]
    refused = [name for name in known if functions[name] and name not in TOUCHES_NO_TABLE]
    return [name for name in known if name not in refused], refused


def fill(database):
    """Saves a ring of 50 functions, one a file, as the snapshot a of the repository r, and a changed copy of it as b,
    which has a ref."""
    database.define_analyzer("sample_analyzer")
    database.rows(call("cg_save_repository", "r"))
    database.rows(call("cg_create_snapshot", "r", "a", None, "main"))
    database.rows(call("cg_replace_files", "r", "a", "a", json.dumps([{
        "file_path": f"f{f}", "file_hash": f"hash {f}",
        "chunks": [{"content": "x", "fqn": f"m{f}", "kind": "function"}],
        "dependencies": [{"from_fqn": f"m{f}", "to_fqn": f"m{(f + 1) % 50}"},
                         {"from_fqn": f"m{f}", "to_fqn": "external"}],
        "aliases": [{"fqn": f"alias{f}", "to_fqns": [f"m{f}"]}] if f % 10 == 0 else []} for f in range(50)])))
    database.rows(call("cg_replace_file", "r", "a", "b", "f7",
                       '[{"content":"y","fqn":"m7"},{"content":"z","start_line":2}]', "[]", "hash of b"))
    database.rows(call("cg_soft_delete_file_chunks", "r", "b", "f49"))
    database.rows(call("cg_set_ref", "r", "v1", "b"))


def problems_where_all_is_allowed(database, asked, refused):
    """Returns what is wrong with the calls on a database that may be written: a reader without rows, a writer that
    fails. `asked` has the readers' statements by name, `refused` the writers'. Nothing stays written."""
    problems = []
    for name, sql in asked.items():
        answer = outcome(database, sql)
        if isinstance(answer, str) or bool(answer) == (name in FINDS_NOTHING):
            problems.append((sql, answer))
    for sql in refused.values():
        database.rows("BEGIN")
        answer = outcome(database, sql)
        database.rows("ROLLBACK")
        if isinstance(answer, str):
            problems.append((sql, answer))
    return problems
