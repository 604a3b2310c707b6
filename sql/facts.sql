\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- What a file says of others: candidates, names, sites, aliases and signatures. Binding them is another matter.

SELECT cg_save_repository('facts');
SELECT cg_create_snapshot('facts', 's');

-- A signature is kept as it is.
SELECT cg_save_chunk('facts', 's', '{"file_path": "a.py", "fqn": "a.f", "kind": "function", "signature": "def f(x,  y) -> int", "content": "f\n"}');
SELECT cg_save_chunk('facts', 's', '{"file_path": "a.py", "fqn": "a.g", "kind": "function", "start_line": 3, "content": "g\n"}');
SELECT fqn, symbol_visibility, signature, content FROM cg_chunks('facts', 's');
SELECT signature FROM cg_chunk('facts', 's', 'a.f');
SELECT repo_id, signature FROM cg_chunks_by_fqn('a.f', 'facts');
SELECT signature FROM cg_search_content('f', 50, 'facts', 's');
-- Another signature changes the chunk and the file.
SELECT cg_replace_file('facts', 's', 's', 'b.py', '[{"fqn": "b.f", "signature": "f()", "content": "f\n"}]');
SELECT cg_replace_file('facts', 's', 's', 'b.py', '[{"fqn": "b.f", "signature": "f(x)", "content": "f\n"}]');
SELECT cg_replace_file('facts', 's', 's', 'b.py', '[{"fqn": "b.f", "signature": "f(x)", "content": "f\n"}]');

-- Candidates, a name and sites are kept; sites sorted, each once.
SELECT cg_save_dependencies('facts', 's', '[
    {"from_fqn": "a.f", "to_fqns": ["b.f", "c.f", "d.f"]},
    {"from_fqn": "a.f", "to_fqns": ["b.f"], "relationship": "IMPORTS"},
    {"from_fqn": "a.f", "to_fqn": "x.f", "to_name": "f"},
    {"from_fqn": "a.f", "to_fqns": ["b.f", "x.g"], "to_name": "g", "confidence": 0.5, "sites": [[7], [3, 5, 9], [3], [3, 5], [7], [2, 1]]},
    {"from_fqn": "a.g", "to_name": "open", "sites": [[1000000, 2000000]]}]');
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%{"from":0,"to":["b.f","c.f","d.f"]}%';
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%{"from":0,"to":"b.f","relationship":"IMPORTS"}%';
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%{"from":0,"to":"x.f","to_name":"f"}%';
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%{"from":0,"to":["b.f","x.g"],"to_name":"g","confidence":0.5,"sites":[[2,1],[3],[3,5],[3,5,9],[7]]}%';
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%{"from":1,"to_name":"open","sites":[[1000000,2000000]]}%';
-- Each counts, also the one without candidates, which is in no graph while nothing has its name.
SELECT file_path, dependencies FROM cg_files('facts', 's');
SELECT * FROM cg_dependencies_from('facts', 's', 'a.g');
SELECT fqn, relationship FROM cg_transitive_dependencies('facts', 's', 'a.f') WHERE fqn = 'b.f';
-- Saved again, sites and confidence are replaced; left out, they are none and 1.
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "a.f", "to_fqns": ["b.f", "x.g"], "to_name": "g", "sites": [[9]]}');
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%{"from":0,"to":["b.f","x.g"],"to_name":"g","sites":[[9]]}%';
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "a.f", "to_fqns": ["b.f", "x.g"], "to_name": "g"}');
SELECT count(*) FROM cg_snapshots('facts') WHERE revision = 7;
-- Another order, another name, no name: other dependencies.
SELECT cg_save_dependencies('facts', 's', '[
    {"from_fqn": "a.f", "to_fqns": ["x.g", "b.f"], "to_name": "g"},
    {"from_fqn": "a.f", "to_fqns": ["b.f", "x.g"], "to_name": "h"},
    {"from_fqn": "a.f", "to_fqns": ["b.f", "x.g"]},
    {"from_fqn": "a.f", "to_fqns": ["b.f", "x.g"], "to_name": "g"}]');
SELECT file_path, dependencies FROM cg_files('facts', 's');
-- A chunk id is kept as the FQN of its chunk when it is given as an id, and as it is when it is given as an FQN.
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "b.f", "to_chunk_id": "facts:a.py:f:1-1"}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "b.f", "to_fqn": "facts:a.py:g:3-3"}');
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%"dependencies":[{"from":0,"to":"a.f"},{"from":0,"to":"facts:a.py:g:3-3"}]}%';
SELECT to_chunk_id, to_fqn FROM cg_dependencies_from('facts', 's', 'b.f');

-- Aliases: in their order, each once.
SELECT cg_replace_file('facts', 's', 's', 'c.py', '[{"fqn": "c.C", "kind": "class", "content": "c"}]', '[]', NULL, NULL, '[
    {"fqn": "c.F", "to_fqns": ["b.f", "x.f"]},
    {"fqn": "c.C", "to_fqns": ["b.B"], "members": true},
    {"fqn": "c.F", "to_fqns": ["b.f", "x.f"], "members": false},
    {"fqn": "c.F", "to_fqns": ["x.f", "b.f"]}]');
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%"aliases":[{"fqn":"c.F","to":["b.f","x.f"]},{"fqn":"c.C","to":["b.B"],"members":true},{"fqn":"c.F","to":["x.f","b.f"]}]}%';
-- Aliases alone change a file; the same again changes nothing; another order does.
SELECT cg_replace_files('facts', 's', 's', '[{"file_path": "c.py", "chunks": [{"fqn": "c.C", "kind": "class", "content": "c"}], "aliases": [{"fqn": "c.F", "to_fqns": ["b.f"]}, {"fqn": "c.G", "to_fqns": ["b.f"]}]}]');
SELECT cg_replace_files('facts', 's', 's', '[{"file_path": "c.py", "chunks": [{"fqn": "c.C", "kind": "class", "content": "c"}], "aliases": [{"fqn": "c.F", "to_fqns": ["b.f"]}, {"fqn": "c.G", "to_fqns": ["b.f"]}]}]');
SELECT cg_replace_files('facts', 's', 's', '[{"file_path": "c.py", "chunks": [{"fqn": "c.C", "kind": "class", "content": "c"}], "aliases": [{"fqn": "c.G", "to_fqns": ["b.f"]}, {"fqn": "c.F", "to_fqns": ["b.f"]}]}]');
-- They stay when a chunk or a dependency of their file is saved.
SELECT cg_save_chunk('facts', 's', '{"file_path": "c.py", "fqn": "c.D", "start_line": 5, "content": "d"}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "c.D", "to_fqn": "c.C", "sites": [[5, 1]]}');
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%"dependencies":[{"from":1,"to":"c.C","sites":[[5,1]]}],"aliases":[{"fqn":"c.G","to":["b.f"]},{"fqn":"c.F","to":["b.f"]}]}%';
-- Sites alone change a file.
SELECT cg_replace_file('facts', 's', 's', 'd.py', '[{"fqn": "d.f", "content": "d"}]', '[{"from_fqn": "d.f", "to_fqn": "b.f", "sites": [[1]]}]', 'hash');
SELECT cg_replace_file('facts', 's', 's', 'd.py', '[{"fqn": "d.f", "content": "d"}]', '[{"from_fqn": "d.f", "to_fqn": "b.f", "sites": [[1, 1]]}]', 'hash');

-- A soft deletion takes them away and gives them back.
SELECT cg_snapshot_root('facts', 's') AS root_before \gset
SELECT cg_soft_delete_file_chunks('facts', 's', 'c.py');
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%"is_deleted":true%' AND line LIKE '%"aliases":[{"fqn":"c.G","to":["b.f"]},{"fqn":"c.F","to":["b.f"]}]}%';
SELECT cg_restore_file_chunks('facts', 's', 'c.py');
SELECT count(*) AS is_as_before WHERE cg_snapshot_root('facts', 's') = :'root_before';

-- Own contents: stored where they are not the contents, and checked.
SELECT cg_replace_file('facts', 's', 's', 'own.py', '[
    {"fqn": "own.A", "kind": "class", "start_line": 1, "content": "class A:\n  def f(): pass\n  x = 1\n"},
    {"fqn": "own.A.f", "kind": "method", "start_line": 2, "content": "  def f(): pass\n"},
    {"fqn": "own.B", "kind": "class", "start_line": 5, "end_line": 7, "content": "class B:\n  cut\n"},
    {"fqn": "own.B.g", "kind": "method", "start_line": 6, "content": "  def g(): pass\n"}]');
SELECT c.fqn, CASE WHEN c.own_hash IS NULL THEN 'content' WHEN c.own_hash <> t.hash THEN 'less' END AS own
    FROM codegraph_chunks c JOIN codegraph_files f ON f.repo_key = c.repo_key AND f.file_key = c.file_key JOIN codegraph_repositories r ON r.repo_key = f.repo_key
    JOIN codegraph_contents t ON t.repo_key = c.repo_key AND t.content_key = c.content_key
    WHERE r.repo_id = 'facts' AND f.path = 'own.py' ORDER BY c.file_key, c.ordinal;
SELECT * FROM cg_verify('facts');
-- One chunk is saved: the contents of the others are not at hand.
SELECT cg_save_chunk('facts', 's', '{"file_path": "own.py", "fqn": "own.A.x", "kind": "field", "start_line": 3, "content": "  x = 1\n"}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "own.A", "to_fqn": "own.B"}');
SELECT cg_soft_delete_file_chunks('facts', 's', 'own.py');
SELECT cg_save_chunk('facts', 's', '{"file_path": "own.py", "fqn": "own.A", "kind": "class", "start_line": 1, "content": "class A:\n  def f(): pass\n  x = 1\n"}');
SELECT cg_restore_file_chunks('facts', 's', 'own.py');
SELECT count(*) AS versions, count(DISTINCT c.own_hash) AS own_contents
    FROM codegraph_chunks c JOIN codegraph_files f ON f.repo_key = c.repo_key AND f.file_key = c.file_key JOIN codegraph_repositories r ON r.repo_key = f.repo_key
    WHERE r.repo_id = 'facts' AND f.path = 'own.py' AND c.fqn = 'own.A';
SELECT * FROM cg_verify('facts');

-- Bad input is refused, and nothing is written.
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[{"fqn": "bad.f", "content": "f"}]');
SELECT cg_snapshot_root('facts', 's') AS root_before \gset
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": []}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": "x"}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": [1]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": [null]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": [""]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": ["a", "b", "a"]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": ["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17"]}');
SELECT cg_save_dependency('facts', 's', replace('{"from_fqn": "bad.f", "to_fqns": ["a", "$"]}', '$', replace('aaaaaaaaaaaaaaaaaaaaaaaaa', 'a', '12345678901234567890123456789012345678901')));
SELECT cg_save_dependency('facts', 's', replace('{"from_fqn": "bad.f", "to_fqn": "$"}', '$', replace('aaaaaaaaaaaaaaaaaaaaaaaaa', 'a', '12345678901234567890123456789012345678901')));
SELECT cg_save_dependency('facts', 's', replace('{"from_fqn": "bad.f", "to_name": "$"}', '$', replace('aaaaaaaaaaaaaaaaaaaaaaaaa', 'a', '12345678901234567890123456789012345678901')));
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": ["a"], "to_chunk_id": "facts:a.py:f:1-1"}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqns": ["a"], "to_fqn": "b"}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_name": "f", "to_chunk_id": "facts:a.py:f:1-1"}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "to_name": ""}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_name": null}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[0]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[-1]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[1.5]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[2147483648]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [1]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[1, 0]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[1, null]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[1, 2, 2]]}');
SELECT cg_save_dependency('facts', 's', '{"from_fqn": "bad.f", "to_fqn": "x", "sites": [[1, 2, 3, 4]]}');
SELECT cg_save_dependency('facts', 's', replace('{"from_fqn": "bad.f", "to_fqn": "x", "sites": [$[1]]}', '$', replace(replace(replace(replace(replace('aaaaaaa', 'a', 'bbbbbbbbbb'), 'b', 'cccccccccc'), 'c', 'dddddddddd'), 'd', 'eeeeeeeeee'), 'e', '[1],')));
SELECT cg_save_chunk('facts', 's', '{"file_path": "bad.py", "signature": "", "content": "x"}');
SELECT cg_save_chunk('facts', 's', '{"file_path": "bad.py", "signature": 1, "content": "x"}');
SELECT cg_save_chunk('facts', 's', replace('{"file_path": "bad.py", "content": "x", "signature": "$"}', '$', replace('aaaaaaaaaaaaaaaaaaaaaaa', 'a', replace('bbbbbbbbb', 'b', '1234567890123456789012345678901234567890'))));
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '[{"to_fqns": ["x"]}]');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '[{"fqn": "x"}]');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '[{"fqn": "", "to_fqns": ["x"]}]');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '[{"fqn": "x", "to_fqns": []}]');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '[{"fqn": "x", "to_fqns": ["y", "y"]}]');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '[{"fqn": "x", "to_fqns": ["y"], "members": 1}]');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '[{"fqn": "x", "to_fqns": ["y"], "more": 1}]');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, replace('[{"fqn": "x", "to_fqns": ["$"]}]', '$', replace('aaaaaaaaaaaaaaaaaaaaaaaaa', 'a', '12345678901234567890123456789012345678901')));
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, '{}');
SELECT cg_replace_file('facts', 's', 's', 'bad.py', '[]', '[]', NULL, NULL, 'x');
SELECT cg_replace_files('facts', 's', 's', '[{"file_path": "bad.py", "deleted": true, "aliases": []}]');
SELECT count(*) AS is_as_before WHERE cg_snapshot_root('facts', 's') = :'root_before';

-- What is allowed is kept: aliases onto themselves and in rings, outer separators, a separator alone, calls without end.
SELECT cg_replace_file('facts', 's', 's', 'ring.py', '[{"fqn": ".f", "content": "f"}, {"fqn": "m.", "content": "m", "start_line": 2}, {"fqn": "::", "content": "s", "start_line": 3}]', '[
    {"from_fqn": ".f", "to_fqns": [".", "#", "/", "ring.f()", "()"]}]', NULL, NULL, '[
    {"fqn": "ring.a", "to_fqns": ["ring.a"]}, {"fqn": "ring.b", "to_fqns": ["ring.c"]}, {"fqn": "ring.c", "to_fqns": ["ring.b", "."]},
    {"fqn": ".", "to_fqns": ["::"], "members": true}, {"fqn": "()", "to_fqns": ["()()()()"]}]') ;
SELECT count(*) FROM cg_dependencies('facts', 's') WHERE from_fqn = '.f';
SELECT cg_replace_file('facts', 's', 's', 'call.py', '[]', '[]', NULL, NULL, replace('[{"fqn": "call.a", "to_fqns": ["$"]}]', '$', replace('aaaaaaaa', 'a', replace('bbbbbbbb', 'b', '()()()()()()()()'))));
SELECT cg_replace_file('facts', 's', 's', 'many.py', '[]', '[]', NULL, NULL, replace('[$ {"fqn": "a", "to_fqns": ["b"]}]', '$', replace(replace(replace(replace(replace('aaaaaaa', 'a', 'bbbbbbbbbb'), 'b', 'cccccccccc'), 'c', 'dddddddddd'), 'd', 'eeeeeeeeee'), 'e', '{"fqn": "a", "to_fqns": ["b"]},')));
SELECT count(*) FROM cg_export('facts') WHERE line LIKE '%"aliases":[{"fqn":"a","to":["b"]}]}%';

-- Another database gets the same.
SELECT cg_snapshot_root('facts', 's') AS root_before \gset
CREATE TEMPORARY TABLE facts_lines AS SELECT row_number() OVER () AS number, line FROM cg_export('facts');
SELECT cg_delete_repository('facts');
SELECT count(cg_import(line)) - (SELECT count(*) FROM facts_lines) AS left_out FROM (SELECT line FROM facts_lines ORDER BY number) AS l;
SELECT count(*) AS is_as_before WHERE cg_snapshot_root('facts', 's') = :'root_before';
SELECT count(*) FROM (SELECT row_number() OVER () AS number, line FROM cg_export('facts')) AS again JOIN facts_lines l ON l.number = again.number WHERE l.line <> again.line;
SELECT * FROM cg_verify('facts');
SELECT count(DISTINCT c.own_hash) AS own_contents
    FROM codegraph_chunks c JOIN codegraph_repositories r ON r.repo_key = c.repo_key WHERE r.repo_id = 'facts';
-- What nothing needs any more goes, and what is left is sound.
SELECT cg_replace_files('facts', 's', 's', '[{"file_path": "ring.py", "deleted": true}, {"file_path": "call.py", "deleted": true}, {"file_path": "c.py", "deleted": true}]');
SELECT cg_prune('facts', 1);
SELECT count(*) FROM codegraph_symbols y JOIN codegraph_repositories r ON r.repo_key = y.repo_key WHERE r.repo_id = 'facts' AND y.name IN ('ring.a', 'ring.c', 'c.G', 'b.f', 'g', 'open', 'd.f');
SELECT count(cg_gc('facts'));
SELECT y.name FROM codegraph_symbols y JOIN codegraph_repositories r ON r.repo_key = y.repo_key WHERE r.repo_id = 'facts' AND y.name IN ('ring.a', 'ring.c', 'c.G', 'b.f', 'g', 'open', 'd.f') ORDER BY 1;
SELECT * FROM cg_verify('facts');
DROP TABLE facts_lines;
SELECT cg_delete_repository('facts');
