\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_count_dependencies and cg_count_dependents: how many symbols the traversals reach.

-- r -> a, b (0.3); a -> d (CALLS, IMPORTS); b -> d (FLOWS), x (EXTENDS, 0.5); d -> r, the plain chunk (READS); s -> s.
-- d is defined twice, x nowhere, the plain chunk has no FQN.
SELECT cg_save_repository('counts');
SELECT cg_create_snapshot('counts', 'main', NULL, 'trunk');
SELECT cg_replace_files('counts', 'main', 'main', '[
    {"file_path": "a.py", "chunks": [{"fqn": "a", "content": "a"}], "dependencies": [{"from_fqn": "a", "to_fqn": "d"}, {"from_fqn": "a", "to_fqn": "d", "relationship": "IMPORTS"}]},
    {"file_path": "b.py", "chunks": [{"fqn": "b", "content": "b"}], "dependencies": [{"from_fqn": "b", "to_fqn": "d", "relationship": "FLOWS"}, {"from_fqn": "b", "to_fqn": "x", "relationship": "EXTENDS", "confidence": 0.5}]},
    {"file_path": "d1.py", "chunks": [{"fqn": "d", "content": "d1"}], "dependencies": [{"from_fqn": "d", "to_fqn": "r"}]},
    {"file_path": "d2.py", "chunks": [{"fqn": "d", "content": "d2"}], "dependencies": [{"from_fqn": "d", "to_chunk_id": "counts:plain.txt:plain:1-1", "relationship": "READS"}]},
    {"file_path": "plain.txt", "chunks": [{"name": "plain", "content": "p"}]},
    {"file_path": "r.py", "chunks": [{"fqn": "r", "content": "r"}], "dependencies": [{"from_fqn": "r", "to_fqn": "a"}, {"from_fqn": "r", "to_fqn": "b", "confidence": 0.3}]},
    {"file_path": "s.py", "chunks": [{"fqn": "s", "content": "s"}], "dependencies": [{"from_fqn": "s", "to_fqn": "s"}]}]');

-- symbols, not chunks: d counts once; the start is not counted, although in a cycle; externals are
SELECT cg_count_dependencies('counts', 'main', 'r');
SELECT cg_count_dependents('counts', 'main', 'r');
SELECT count(*) AS rows, count(DISTINCT coalesce(fqn, chunk_id)) AS symbols FROM cg_transitive_dependencies('counts', 'main', 'r');
SELECT cg_count_dependencies('counts', 'trunk', 'b') AS b, cg_count_dependencies('counts', 'main', 'counts:d2.py:d:1-1') AS d;
-- nothing to reach: external, without dependencies, a self-loop alone
SELECT cg_count_dependencies('counts', 'main', 'x') AS x, cg_count_dependencies('counts', 'main', 'counts:plain.txt:plain:1-1') AS plain, cg_count_dependencies('counts', 'main', 's') AS s, cg_count_dependents('counts', 'main', 's') AS s_in;
SELECT cg_count_dependents('counts', 'main', 'x') AS x, cg_count_dependents('counts', 'main', 'counts:plain.txt:plain:1-1') AS plain;

-- depth: 0 counts nothing, NULL has no limit
SELECT cg_count_dependencies('counts', 'main', 'r', 0) AS d0, cg_count_dependencies('counts', 'main', 'r', 1) AS d1, cg_count_dependencies('counts', 'main', 'r', 2) AS d2, cg_count_dependencies('counts', 'main', 'r', 3) AS d3, cg_count_dependencies('counts', 'main', 'r', NULL) AS no_limit, cg_count_dependencies('counts', 'main', 'r', 2147483647) AS far;
SELECT cg_count_dependents('counts', 'main', 'r', 0) AS d0, cg_count_dependents('counts', 'main', 'r', 1) AS d1, cg_count_dependents('counts', 'main', 'r', 2) AS d2, cg_count_dependents('counts', 'main', 'r', NULL, NULL, NULL) AS no_limit;
-- relationships, also ones that nothing has
SELECT cg_count_dependencies('counts', 'main', 'r', NULL, 'CALLS') AS calls, cg_count_dependencies('counts', 'main', 'r', NULL, 'FLOWS') AS flows, cg_count_dependencies('counts', 'main', 'b', NULL, ' FLOWS ,READS') AS flows_reads, cg_count_dependents('counts', 'main', 'd', NULL, 'IMPORTS') AS imports_in, cg_count_dependents('counts', 'main', 'd', NULL, 'NOTHING') AS none;
-- confidence: at least this
SELECT cg_count_dependencies('counts', 'main', 'r', NULL, NULL, 0.3) AS c30, cg_count_dependencies('counts', 'main', 'r', NULL, NULL, 0.31) AS c31, cg_count_dependencies('counts', 'main', 'b', NULL, NULL, 0.5) AS b50, cg_count_dependencies('counts', 'main', 'b', NULL, NULL, 0.51) AS b51, cg_count_dependents('counts', 'main', 'x', 2, NULL, 0.5) AS x50, cg_count_dependents('counts', 'main', 'x', 2, NULL, 1) AS x100;

-- whatever is asked, as many as the symbols of the traversal
WITH starts(start) AS (VALUES ('r'), ('a'), ('b'), ('d'), ('s'), ('x'), ('counts:plain.txt:plain:1-1')), depths(depth) AS (VALUES (0), (1), (2), (3), (NULL)),
    lists(list) AS (VALUES ('CALLS'), ('CALLS,FLOWS'), ('IMPORTS,READS,EXTENDS'), (NULL)), floors(least) AS (VALUES (0), (0.4), (1), (NULL))
SELECT count(*) AS questions,
    sum(abs(cg_count_dependencies('counts', 'main', start, depths.depth, list, least) - (SELECT count(DISTINCT coalesce(fqn, chunk_id)) FROM cg_transitive_dependencies('counts', 'main', start, depths.depth, list, least)))) AS wrong_dependencies,
    sum(abs(cg_count_dependents('counts', 'main', start, depths.depth, list, least) - (SELECT count(DISTINCT coalesce(fqn, chunk_id)) FROM cg_transitive_dependents('counts', 'main', start, depths.depth, list, least)))) AS wrong_dependents
FROM starts, depths, lists, floors;

-- a later snapshot counts what it has: without d2.py the plain chunk is not reached; the old snapshot is as it was
SELECT cg_replace_files('counts', 'main', 'next', '[{"file_path": "d2.py", "deleted": true}]');
SELECT cg_count_dependencies('counts', 'next', 'r') AS next, cg_count_dependencies('counts', 'main', 'r') AS main;
SELECT cg_soft_delete_file_chunks('counts', 'next', 'd1.py');
SELECT cg_count_dependencies('counts', 'next', 'r') AS r, cg_count_dependents('counts', 'next', 'd') AS d_in, cg_count_dependencies('counts', 'next', 'd') AS d;

-- arguments that are wrong
SELECT cg_count_dependencies('counts', 'main', 'r', -1);
SELECT cg_count_dependents('counts', 'main', 'r', -1);
SELECT cg_count_dependencies('counts', 'main', 'r', NULL, '');
SELECT cg_count_dependents('counts', 'main', 'r', NULL, 'CALLS,');
SELECT cg_count_dependents('counts', 'main', 'r', NULL, 'calls');
SELECT cg_count_dependencies('counts', 'main', 'r', NULL, NULL, 1.5);
SELECT cg_count_dependents('counts', 'main', 'r', NULL, NULL, -0.5);
SELECT cg_count_dependencies('counts', 'main', 'y');
SELECT cg_count_dependents('counts', 'main', 'y', 0);
SELECT cg_count_dependencies('counts', 'main', '');
SELECT cg_count_dependencies('counts', 'main', NULL);
SELECT cg_count_dependents('counts', NULL, 'r');
SELECT cg_count_dependents(NULL, 'main', 'r');
SELECT cg_count_dependencies('counts', 'nowhere', 'r');
SELECT cg_count_dependents('nowhere', 'main', 'r');
