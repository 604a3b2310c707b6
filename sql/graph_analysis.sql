\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Counts, paths, cycles, importance, what nothing depends on, and the impact of a change.

-- a -> b, c (0.4); b -> d (CALLS, IMPORTS); c -> d, x (EXTENDS), the plain chunk; d -> a, e (0.9); e -> e; plain -> e (FLOWS).
-- d is defined twice, x nowhere, the plain chunk has no FQN; lonely only calls itself, top calls a.
SELECT cg_save_repository('an');
SELECT cg_create_snapshot('an', 'main', NULL, 'trunk');
SELECT cg_replace_files('an', 'main', 'main', '[
    {"file_path": "a.py", "chunks": [{"fqn": "a", "kind": "function", "content": "a", "end_line": 4}, {"fqn": "b", "kind": "method", "content": "b", "start_line": 5}],
     "dependencies": [{"from_fqn": "a", "to_fqn": "c", "confidence": 0.4}, {"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "b", "to_fqn": "d", "relationship": "IMPORTS"}, {"from_fqn": "b", "to_fqn": "d", "relationship": "CALLS"}]},
    {"file_path": "c.py", "chunks": [{"fqn": "c", "content": "c"}], "dependencies": [{"from_fqn": "c", "to_fqn": "d"}, {"from_fqn": "c", "to_fqn": "x", "relationship": "EXTENDS"}, {"from_fqn": "c", "to_chunk_id": "an:plain.txt:plain:1-1"}]},
    {"file_path": "d1.py", "chunks": [{"fqn": "d", "content": "d1"}], "dependencies": [{"from_fqn": "d", "to_fqn": "a"}]},
    {"file_path": "d2.py", "chunks": [{"fqn": "d", "content": "d2"}], "dependencies": [{"from_fqn": "d", "to_fqn": "e", "confidence": 0.9}]},
    {"file_path": "e.py", "chunks": [{"fqn": "e", "content": "e"}], "dependencies": [{"from_fqn": "e", "to_fqn": "e"}]},
    {"file_path": "plain.txt", "chunks": [{"name": "plain", "content": "p"}], "dependencies": [{"from_chunk_id": "an:plain.txt:plain:1-1", "to_fqn": "e", "relationship": "FLOWS"}]},
    {"file_path": "top.py", "chunks": [{"fqn": "lonely", "content": "l"}, {"fqn": "top", "content": "t", "start_line": 2}],
     "dependencies": [{"from_fqn": "lonely", "to_fqn": "lonely"}, {"from_fqn": "top", "to_fqn": "a"}]}]');

-- the number of symbols, not of chunks, and without the start
SELECT cg_count_dependencies('an', 'main', 'a'), cg_count_dependents('an', 'main', 'a');
SELECT cg_count_dependencies('an', 'trunk', 'a', 1), cg_count_dependencies('an', 'main', 'a', 2), cg_count_dependencies('an', 'main', 'a', 0);
SELECT cg_count_dependencies('an', 'main', 'an:plain.txt:plain:1-1'), cg_count_dependents('an', 'main', 'x');
SELECT cg_count_dependencies('an', 'main', 'a', NULL, 'CALLS'), cg_count_dependencies('an', 'main', 'a', NULL, 'CALLS, EXTENDS', 0.5);
SELECT cg_count_dependencies('an', 'main', 'nowhere');
SELECT cg_count_dependents('an', 'main', NULL);
SELECT cg_count_dependents('an', 'main', 'a', -1);
SELECT cg_count_dependents('an', 'main', 'a', 1, 'calls');
SELECT cg_count_dependents('an', 'main', 'a', 1, NULL, 1.5);

-- the shortest path: of two equally long ones the one through the least symbol, by the least relationship
SELECT * FROM cg_dependency_path('an', 'main', 'a', 'd');
SELECT * FROM cg_dependency_path('an', 'main', 'top', 'x');
SELECT * FROM cg_dependency_path('an', 'main', 'c', 'e');
SELECT * FROM cg_dependency_path('an', 'main', 'a', 'd', 'IMPORTS');
SELECT step, fqn, relationship FROM cg_dependency_path('an', 'main', 'a', 'e', 'FLOWS, CALLS');
-- from itself to itself, also where a cycle leads back; to what cannot be reached; to what is not there
SELECT * FROM cg_dependency_path('an', 'main', 'd', 'an:d2.py:d:1-1');
SELECT * FROM cg_dependency_path('an', 'main', 'e', 'a');
SELECT * FROM cg_dependency_path('an', 'main', 'e', 'nowhere');
SELECT * FROM cg_dependency_path('an', 'main', 'x', 'x');
SELECT * FROM cg_dependency_path('an', 'main', 'nowhere', 'e');
SELECT * FROM cg_dependency_path('an', 'main', 'a', NULL);
SELECT * FROM cg_dependency_path('an', 'main', 'a', 'e', '');

-- cycles by their least symbol: a, b, c and both chunks of d are one, e and lonely depend on themselves
SELECT * FROM cg_cycles('an', 'main');
SELECT * FROM cg_cycles('an', 'main', 'FLOWS');
SELECT DISTINCT cycle, fqn FROM cg_cycles('an', 'main', 'CALLS,IMPORTS') WHERE cycle = 1 ORDER BY fqn;
SELECT * FROM cg_cycles('an', 'nowhere');

-- importance: c and b have the same incoming edges, and so equal scores; the plain chunk is listed, x is not but takes part
SELECT fqn, chunk_id, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('an', 'main');
-- without edges all are equal, and in the order of symbols
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('an', 'main', 'NEVER_USED');
SELECT count(*) FROM cg_importance('an', 'main', 'lower');

-- what nothing but itself depends on
SELECT chunk_id, file_path, fqn, content FROM cg_unreferenced('an', 'main');
SELECT chunk_id FROM cg_unreferenced('an', 'main', 'IMPORTS, EXTENDS');
SELECT chunk_id FROM cg_unreferenced('an', 'main', '');

-- the impact of a change: e is modified, plain.txt deleted; c still refers to what is gone
SELECT cg_replace_files('an', 'main', 'next', '[
    {"file_path": "e.py", "chunks": [{"fqn": "e", "content": "another e"}], "dependencies": [{"from_fqn": "e", "to_fqn": "e"}]},
    {"file_path": "plain.txt", "deleted": true}]');
SELECT change, fqn, old_chunk_id, new_chunk_id FROM cg_compare_commits('an', 'main', 'next');
SELECT depth, chunk_id, fqn, via, relationship FROM cg_impact('an', 'main', 'next');
SELECT depth, chunk_id, via FROM cg_impact('an', 'main', 'next', 1);
SELECT depth, chunk_id, via FROM cg_impact('an', 'main', 'next', NULL, 'CALLS', 0.95);
-- nothing changed, nothing breaks
SELECT count(*) FROM cg_impact('an', 'main', 'main');
SELECT count(*) FROM cg_impact('an', 'main', 'nowhere');
SELECT count(*) FROM cg_impact('an', 'main', 'next', -2);

-- soft-deleted files have no part in any of it
SELECT cg_soft_delete_file_chunks('an', 'next', 'top.py');
SELECT chunk_id FROM cg_unreferenced('an', 'next');
SELECT count(*) FROM cg_cycles('an', 'next') WHERE fqn = 'lonely';
SELECT cg_count_dependencies('an', 'next', 'top');
