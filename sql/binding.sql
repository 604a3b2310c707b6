\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- What files say of each other is bound when a snapshot is read.

SELECT cg_save_repository('binding');
SELECT cg_create_snapshot('binding', 'empty');

-- A re-export, a base class, a typed variable and a returned type.
SELECT cg_replace_files('binding', 'empty', 'app', '[
    {"file_path": "flask/__init__.py", "chunks": [], "aliases": [{"fqn": "flask.Flask", "to_fqns": ["flask.app.Flask"]}, {"fqn": "flask", "to_fqns": ["flask.helpers"], "members": true}]},
    {"file_path": "flask/app.py", "chunks": [
        {"fqn": "flask.app.Flask", "kind": "class", "content": "class Flask(App)", "language": "python"},
        {"fqn": "flask.app.Flask.run", "kind": "method", "content": "def run", "start_line": 2, "language": "python"},
        {"fqn": "flask.app.Flask.test_client", "kind": "method", "content": "def test_client", "start_line": 3, "language": "python"}],
     "aliases": [{"fqn": "flask.app.Flask", "to_fqns": ["flask.base.App"], "members": true}, {"fqn": "flask.app.Flask.test_client()", "to_fqns": ["flask.testing.Client"]}]},
    {"file_path": "flask/base.py", "chunks": [
        {"fqn": "flask.base.App", "kind": "class", "content": "class App", "language": "python"},
        {"fqn": "flask.base.App.route", "kind": "method", "content": "def route", "start_line": 2, "language": "python"},
        {"fqn": "flask.base.App._hidden", "kind": "method", "content": "def _hidden", "start_line": 3, "symbol_visibility": "private", "language": "python"}]},
    {"file_path": "flask/helpers.py", "chunks": [{"fqn": "flask.helpers.url_for", "kind": "function", "content": "def url_for", "language": "python"}]},
    {"file_path": "flask/testing.py", "chunks": [
        {"fqn": "flask.testing.Client", "kind": "class", "content": "class Client", "language": "python"},
        {"fqn": "flask.testing.Client.get", "kind": "method", "content": "def get", "start_line": 2, "language": "python"}]},
    {"file_path": "use.py", "chunks": [{"fqn": "use.main", "kind": "function", "content": "def main", "language": "python"}, {"fqn": "use.app", "kind": "variable", "content": "app = Flask()", "start_line": 9, "language": "python"}],
     "aliases": [{"fqn": "use.app", "to_fqns": ["flask.Flask"], "members": true}],
     "dependencies": [
        {"from_fqn": "use.main", "to_fqns": ["use.Flask", "flask.Flask"], "sites": [[3, 5, 10]]},
        {"from_fqn": "use.main", "to_fqn": "use.app.route", "sites": [[5, 1], [4], [4, 7]]},
        {"from_fqn": "use.main", "to_fqn": "use.app._hidden"},
        {"from_fqn": "use.main", "to_fqn": "flask.Flask().test_client().get"},
        {"from_fqn": "use.main", "to_fqn": "flask.url_for"},
        {"from_fqn": "use.main", "to_fqns": ["use.x.run", "builtins.run"], "to_name": "run", "confidence": 0.5},
        {"from_fqn": "use.main", "to_name": "get", "relationship": "READS"},
        {"from_fqn": "use.main", "to_name": "nothing"},
        {"from_fqn": "use.main", "to_fqns": ["os.path", "posixpath"], "relationship": "IMPORTS"}]}]');
SELECT to_fqn, to_chunk_id, relationship, confidence, is_external, candidates FROM cg_dependencies('binding', 'app');
SELECT * FROM cg_aliases('binding', 'app');
SELECT cg_resolve('binding', 'app', 'use.app.run'), cg_resolve('binding', 'app', 'flask.Flask()'), cg_resolve('binding', 'app', 'flask.Flask.route()');
SELECT cg_resolve('binding', 'app', 'use.app._hidden'), cg_resolve('binding', 'app', 'nothing'), cg_resolve('binding', 'app', ''), cg_resolve('binding', 'app', '()');
SELECT cg_resolve('binding', 'app', 'binding:use.py:main:1-1') AS is_no_fqn;
SELECT cg_resolve('binding', 'app', replace('$', '$', replace('aaaaaaaaaaaaaaaaaaaaaaaaa', 'a', '12345678901234567890123456789012345678901'))) AS too_long;

-- Every reader of the graph stands on it.
SELECT depth, fqn, via, relationship, is_external FROM cg_transitive_dependencies('binding', 'app', 'use.main');
SELECT fqn FROM cg_transitive_dependents('binding', 'app', 'flask.base.App.route');
SELECT cg_count_dependents('binding', 'app', 'flask.testing.Client.get'), cg_count_dependencies('binding', 'app', 'use.main');
SELECT step, fqn, relationship FROM cg_dependency_path('binding', 'app', 'use.main', 'flask.app.Flask');
SELECT fqn FROM cg_unreferenced('binding', 'app');
SELECT cg_graph_mermaid('binding', 'app', 'flask.helpers.url_for');
SELECT fqn, kind, name, start_line FROM cg_symbols('binding', 'app', 'class');
SELECT * FROM cg_symbols('binding', 'app') WHERE file_path = 'use.py';

-- The places of references; a dependency without sites has the line of its chunk.
SELECT * FROM cg_references('binding', 'app', 'flask.base.App.route');
SELECT * FROM cg_references('binding', 'app', 'flask.testing.Client.get');
SELECT file_path, line, column_from, column_to, confidence FROM cg_references('binding', 'app', 'flask.app.Flask');
SELECT count(*) FROM cg_references('binding', 'app', 'flask.app.Flask.run', 0.25);
SELECT count(*) FROM cg_references('binding', 'app', 'flask.app.Flask.run', 0.5);

-- Edges do not depend on the order of saving.
SELECT cg_replace_file('binding', 'empty', 'parts', 'use.py', '[{"fqn": "use.main", "content": "def main"}]', '[{"from_fqn": "use.main", "to_fqns": ["lib.f", "old.f"]}]');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');
SELECT cg_replace_file('binding', 'parts', 'parts', 'old.py', '[{"fqn": "old.f", "content": "f"}]');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');
SELECT cg_replace_file('binding', 'parts', 'parts', 'lib/__init__.py', '[]', '[]', NULL, NULL, '[{"fqn": "lib.f", "to_fqns": ["lib.impl.f"]}]');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');
SELECT cg_replace_file('binding', 'parts', 'parts', 'lib/impl.py', '[{"fqn": "lib.impl.f", "content": "f"}]');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');
-- A soft-deleted file defines nothing, and its aliases do not count.
SELECT cg_soft_delete_file_chunks('binding', 'parts', 'lib/__init__.py');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');
SELECT count(*) FROM cg_aliases('binding', 'parts');
SELECT cg_restore_file_chunks('binding', 'parts', 'lib/__init__.py');
SELECT cg_soft_delete_file_chunks('binding', 'parts', 'lib/impl.py');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');
SELECT cg_soft_delete_file_chunks('binding', 'parts', 'old.py');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');
SELECT cg_restore_file_chunks('binding', 'parts', 'lib/impl.py');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'parts');

-- Rings end, and a first target that stands wins.
SELECT cg_replace_file('binding', 'empty', 'rings', 'a', '[{"fqn": "a.f", "content": "f"}]', '[{"from_fqn": "a.f", "to_fqn": "r.x"}, {"from_fqn": "a.f", "to_fqn": "m.x"}, {"from_fqn": "a.f", "to_fqn": "m.a.f"}]', NULL, NULL,
    '[{"fqn": "r.x", "to_fqns": ["s.x"]}, {"fqn": "s.x", "to_fqns": ["r.x", "nowhere", "a.f"]}, {"fqn": "m", "to_fqns": ["m", "n"], "members": true}, {"fqn": "n", "to_fqns": ["m"], "members": true}, {"fqn": "m.a", "to_fqns": ["a"]}]');
SELECT to_fqn, is_external, candidates FROM cg_dependencies('binding', 'rings');
SELECT fqn, members, resolved FROM cg_aliases('binding', 'rings');

-- What was saved is one JSON array, whatever the names are.
SELECT cg_replace_file('binding', 'empty', 'texts', 'a', '[{"fqn": "a.f", "content": "f"}]', '[{"from_fqn": "a.f", "to_fqns": ["q\"", "b\\", "\b\f\n\r\t\u0001\u001f", "é"], "to_name": "n\"x"}]');
SELECT candidates FROM cg_dependencies('binding', 'texts');

-- Questions about what nobody would write end soon. Outer separators divide nothing, and calls of calls go inwards.
SELECT cg_replace_file('binding', 'empty', 'odd', 'a', '[{"fqn": ".f", "content": "f"}, {"fqn": "m.", "content": "m"}, {"fqn": "::", "content": "s"}, {"fqn": "C", "kind": "class", "content": "c"}]', '[]', NULL, NULL,
    '[{"fqn": ".", "to_fqns": ["::"]}, {"fqn": "/", "to_fqns": ["#", "m."]}, {"fqn": "C", "to_fqns": ["::"], "members": true}, {"fqn": "x", "to_fqns": ["x"]}]');
SELECT cg_resolve('binding', 'odd', '.f'), cg_resolve('binding', 'odd', 'm.'), cg_resolve('binding', 'odd', '.'), cg_resolve('binding', 'odd', '/'), cg_resolve('binding', 'odd', '#'), cg_resolve('binding', 'odd', 'C.'), cg_resolve('binding', 'odd', 'C.::.f'), cg_resolve('binding', 'odd', 'x');
SELECT replace(replace('aaaaaaaa', 'a', 'bbbbbbbb'), 'b', '()()()()()()()()') AS calls \gset
SELECT cg_resolve('binding', 'odd', :'calls') AS calls, cg_resolve('binding', 'odd', 'C' || replace(:'calls', '()()()()()()()()()()()()()()()()', '()')) AS instance, cg_resolve('binding', 'odd', 'x' || :'calls') AS too_long;
-- A ring of 100,000 aliases in one file, and a chain as long: no question goes further than 1,000 paths.
\if :{?SQLITE}
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 99999)
SELECT '[' || group_concat('{"fqn":"r' || n || '","to_fqns":["r' || ((n + 1) % 100000) || '"]}') || ']' AS ring FROM numbers \gset
\else
SELECT '[' || string_agg('{"fqn":"r' || n || '","to_fqns":["r' || ((n + 1) % 100000) || '"]}', ',') || ']' AS ring FROM generate_series(0, 99999) AS n \gset
\endif
SELECT cg_replace_file('binding', 'empty', 'many', 'a', '[{"fqn": "f", "content": "f"}]', '[{"from_fqn": "f", "to_fqn": "r0.x"}, {"from_fqn": "f", "to_fqn": "r99000"}]', NULL, NULL, :'ring');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'many');
SELECT cg_replace_file('binding', 'many', 'many', 'b', '[{"fqn": "r99999", "content": ""}]');
SELECT to_fqn, is_external FROM cg_dependencies('binding', 'many');
SELECT cg_resolve('binding', 'many', 'r99000'), cg_resolve('binding', 'many', 'r98999'), cg_resolve('binding', 'many', 'r99999()');
SELECT cg_delete_repository('binding');
