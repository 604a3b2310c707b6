\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Transitive dependencies and dependents: breadth first, one row for each chunk that defines a reached symbol.

-- a -> b, c; b -> d (CALLS, IMPORTS); c -> d, x; d -> a, e; e -> e. d is defined twice, x nowhere, the plain chunk has no FQN.
SELECT cg_save_repository('graph');
SELECT cg_create_snapshot('graph', 'main', NULL, 'trunk');
SELECT cg_replace_files('graph', 'main', 'main', '[
    {"file_path": "a.py", "chunks": [{"fqn": "a", "kind": "function", "content": "a", "end_line": 4}, {"fqn": "b", "kind": "method", "content": "b", "start_line": 5}],
     "dependencies": [{"from_fqn": "a", "to_fqn": "c", "confidence": 0.4}, {"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "b", "to_fqn": "d", "relationship": "IMPORTS"}, {"from_fqn": "b", "to_fqn": "d", "relationship": "CALLS"}]},
    {"file_path": "c.py", "chunks": [{"fqn": "c", "content": "c"}], "dependencies": [{"from_fqn": "c", "to_fqn": "d"}, {"from_fqn": "c", "to_fqn": "x", "relationship": "EXTENDS"}, {"from_fqn": "c", "to_chunk_id": "graph:plain.txt:plain:1-1"}]},
    {"file_path": "d1.py", "chunks": [{"fqn": "d", "content": "d1"}], "dependencies": [{"from_fqn": "d", "to_fqn": "a"}]},
    {"file_path": "d2.py", "chunks": [{"fqn": "d", "content": "d2"}], "dependencies": [{"from_fqn": "d", "to_fqn": "e", "confidence": 0.9}]},
    {"file_path": "e.py", "chunks": [{"fqn": "e", "content": "e"}], "dependencies": [{"from_fqn": "e", "to_fqn": "e"}]},
    {"file_path": "plain.txt", "chunks": [{"name": "plain", "content": "p"}], "dependencies": [{"from_chunk_id": "graph:plain.txt:plain:1-1", "to_fqn": "e", "relationship": "FLOWS"}]}]');

-- by depth, symbol, reader order; via and relationship are the least; the start is left out, although in a cycle
SELECT * FROM cg_transitive_dependencies('graph', 'main', 'a');
SELECT * FROM cg_transitive_dependencies('graph', 'trunk', 'c');
-- a chunk id stands for its symbol: the other chunk of d counts too
SELECT depth, fqn, via, relationship FROM cg_transitive_dependencies('graph', 'main', 'graph:d2.py:d:1-1');
SELECT depth, chunk_id, fqn, via FROM cg_transitive_dependencies('graph', 'main', 'graph:plain.txt:plain:1-1');
-- a self-loop reaches nothing; an external symbol has no dependencies but dependents
SELECT * FROM cg_transitive_dependencies('graph', 'main', 'e');
SELECT * FROM cg_transitive_dependencies('graph', 'main', 'x');
SELECT * FROM cg_transitive_dependents('graph', 'main', 'x');

-- against the arrows
SELECT * FROM cg_transitive_dependents('graph', 'main', 'e');
SELECT depth, chunk_id, via, relationship FROM cg_transitive_dependents('graph', 'main', 'a');

-- depth: 0 gives no rows, NULL has no limit
SELECT depth, fqn FROM cg_transitive_dependencies('graph', 'main', 'a', 0);
SELECT depth, fqn FROM cg_transitive_dependencies('graph', 'main', 'a', 1);
SELECT depth, fqn FROM cg_transitive_dependencies('graph', 'main', 'a', 2);
SELECT count(*) FROM cg_transitive_dependencies('graph', 'main', 'a', 2147483647);
SELECT count(*) FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, NULL, NULL);
-- relationships, blanks allowed, also ones that nothing has
SELECT depth, fqn, chunk_id, relationship FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, 'CALLS');
SELECT depth, fqn, chunk_id, relationship FROM cg_transitive_dependencies('graph', 'main', 'b', NULL, ' IMPORTS ,FLOWS,	EXTENDS');
SELECT depth, fqn FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, 'NOTHING');
SELECT depth, fqn, relationship FROM cg_transitive_dependents('graph', 'main', 'x', NULL, 'EXTENDS');
-- confidence: at least this
SELECT depth, fqn FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, NULL, 0.4);
SELECT depth, fqn FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, NULL, 0.5);
SELECT depth, fqn FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, NULL, 1);
SELECT depth, fqn, via FROM cg_transitive_dependents('graph', 'main', 'd', 1, 'CALLS,IMPORTS', 1);
-- arguments that are wrong
SELECT * FROM cg_transitive_dependencies('graph', 'main', 'a', -1);
SELECT * FROM cg_transitive_dependents('graph', 'main', 'a', NULL, '');
SELECT * FROM cg_transitive_dependents('graph', 'main', 'a', NULL, ' ');
SELECT * FROM cg_transitive_dependents('graph', 'main', 'a', NULL, 'CALLS,');
SELECT * FROM cg_transitive_dependents('graph', 'main', 'a', NULL, 'CALLS,,IMPORTS');
SELECT * FROM cg_transitive_dependents('graph', 'main', 'a', NULL, 'calls');
SELECT * FROM cg_transitive_dependents('graph', 'main', 'a', NULL, 'CALLS IMPORTS');
SELECT * FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, NULL, 1.5);
SELECT * FROM cg_transitive_dependencies('graph', 'main', 'a', NULL, NULL, -0.5);
SELECT * FROM cg_transitive_dependencies('graph', 'main', 'y');
SELECT * FROM cg_transitive_dependents('graph', 'main', 'graph:a.py:a:1-1');
SELECT * FROM cg_transitive_dependents('graph', 'main', '');
SELECT * FROM cg_transitive_dependents('graph', 'main', NULL);
SELECT * FROM cg_transitive_dependents('graph', 'nowhere', 'a');
SELECT * FROM cg_transitive_dependents('nowhere', 'main', 'a');

-- the score is the greatest product over the shortest paths, multiplied from the start; of two edges the greater counts
SELECT cg_save_repository('scores');
SELECT cg_create_snapshot('scores', 'main');
SELECT cg_replace_file('scores', 'main', 'main', 'f', '[{"fqn": "s", "content": ""}, {"fqn": "p", "content": ""}, {"fqn": "q", "content": ""}, {"fqn": "t", "content": ""}, {"fqn": "C.run", "kind": "method", "content": ""}]', '[
    {"from_fqn": "s", "to_fqn": "p", "confidence": 0.5}, {"from_fqn": "s", "to_fqn": "q", "confidence": 0.9}, {"from_fqn": "s", "to_fqn": "zero", "confidence": 0},
    {"from_fqn": "p", "to_fqn": "t"}, {"from_fqn": "q", "to_fqn": "t", "confidence": 0.6}, {"from_fqn": "q", "to_fqn": "t", "relationship": "USES", "confidence": 0.7}, {"from_fqn": "q", "to_fqn": "zero"},
    {"from_fqn": "t", "to_fqn": "s"}, {"from_fqn": "t", "to_fqn": "x", "confidence": 0.1}, {"from_fqn": "t", "to_name": "run", "confidence": 0.3}]');
SELECT depth, fqn, via, relationship, score FROM cg_transitive_dependencies('scores', 'main', 's');
-- only edges that pass the filters count; another direction is another order of factors
SELECT depth, fqn, score FROM cg_transitive_dependencies('scores', 'main', 's', 2, 'CALLS');
SELECT depth, fqn, score FROM cg_transitive_dependencies('scores', 'main', 's', NULL, NULL, 0.5);
SELECT depth, fqn, via, score FROM cg_transitive_dependents('scores', 'main', 'x');
-- a recursive query that walks all paths says the same
WITH RECURSIVE walk(symbol, depth, product) AS (
    SELECT 's', 0, CAST(1 AS double precision)
    UNION ALL SELECT to_fqn, depth + 1, product * confidence FROM walk JOIN cg_dependencies('scores', 'main') ON from_fqn = symbol WHERE depth < 4)
SELECT count(*) AS rows, sum(CASE WHEN r.score = (SELECT max(product) FROM walk w WHERE w.symbol = r.fqn AND w.depth = r.depth) THEN 1 END) AS same
    FROM cg_transitive_dependencies('scores', 'main', 's') r;
SELECT cg_delete_repository('scores');

-- symbols sort by bytes: an upper-case letter first, then lower-case ones, then others
SELECT cg_create_snapshot('graph', 'bytes');
SELECT cg_replace_file('graph', 'bytes', 'bytes', 'f', '[{"fqn": "start", "content": ""}, {"fqn": "b", "content": "", "start_line": 2}, {"fqn": "B", "content": "", "start_line": 3}]', '[{"from_fqn": "start", "to_fqn": "é"}, {"from_fqn": "start", "to_fqn": "b"}, {"from_fqn": "start", "to_fqn": "B"}, {"from_fqn": "start", "to_fqn": "a_b"}, {"from_fqn": "start", "to_fqn": "a.b"}, {"from_fqn": "b", "to_fqn": "z"}, {"from_fqn": "B", "to_fqn": "z", "relationship": "X"}, {"from_fqn": "B", "to_fqn": "z", "relationship": "IMPORTS"}]');
SELECT depth, fqn, via, relationship, is_external FROM cg_transitive_dependencies('graph', 'bytes', 'start');

-- a change of lines in a file in between keeps the graph whole; another snapshot is not touched
SELECT cg_replace_file('graph', 'main', 'next', 'c.py', '[{"fqn": "c", "content": "c", "start_line": 100}]', '[{"from_fqn": "c", "to_fqn": "x"}]');
SELECT depth, fqn, start_line, via FROM cg_transitive_dependencies('graph', 'next', 'a');
SELECT depth, fqn FROM cg_transitive_dependents('graph', 'next', 'x');
SELECT count(*) FROM cg_transitive_dependencies('graph', 'main', 'a');

-- a long chain, by recursion neither of ours nor of the database
SELECT cg_create_snapshot('graph', 'chain');
\if :{?SQLITE}
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1999)
SELECT '[' || group_concat('{"fqn":"n' || n || '","content":""}') || ']' AS chunks, '[' || group_concat('{"from_fqn":"n' || n || '","to_fqn":"n' || (n + 1) || '"}') || ']' AS dependencies FROM numbers \gset
\else
SELECT '[' || string_agg('{"fqn":"n' || n || '","content":""}', ',') || ']' AS chunks, '[' || string_agg('{"from_fqn":"n' || n || '","to_fqn":"n' || (n + 1) || '"}', ',') || ']' AS dependencies FROM generate_series(0, 1999) AS n \gset
\endif
SELECT cg_replace_file('graph', 'chain', 'chain', 'chain', :'chunks', :'dependencies');
SELECT count(*), max(depth) AS max_depth FROM cg_transitive_dependencies('graph', 'chain', 'n0');
SELECT count(*), max(depth) AS max_depth FROM cg_transitive_dependents('graph', 'chain', 'n2000');
SELECT count(*), max(depth) AS max_depth FROM cg_transitive_dependents('graph', 'chain', 'n1000', 100);
