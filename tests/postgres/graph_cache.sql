-- What a graph that is kept in memory could get wrong: rights, transactions that end otherwise, a store that was dropped.
\ir checks.psql
CREATE FUNCTION pg_temp.fill(repo text, snapshot text, target text) RETURNS void LANGUAGE sql AS $$
    SELECT cg_replace_file(repo, snapshot, snapshot, 'f',
        '[{"content":"x","fqn":"a"},{"content":"y","fqn":"b","start_line":2},{"content":"z","fqn":"c","start_line":3}]',
        format('[{"from_fqn":"a","to_fqn":"%s"}]', target)) $$;
CREATE FUNCTION pg_temp.reached(repo text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(chunk_id, fqn), ',') FROM cg_transitive_dependencies(repo, 's', 'a') $$;
SET codegraph.graph_cache_size = '64MB';
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset
SELECT pg_temp.fill('r', 's', 'b') AS saved \gset

SELECT pg_temp.check_equal('graph_cache: the graph is warm', '1', count(*)::text) FROM cg_dependencies('r', 's');
SELECT pg_temp.check_equal('graph_cache: and answers', 'r:f:b:2-2', pg_temp.reached('r'));
CREATE ROLE codegraph_test_nobody;
SET ROLE codegraph_test_nobody;
SELECT pg_temp.check_equal('graph_cache: without rights, though warm: ' || statement, '42501', left(pg_temp.outcome(statement), 5))
FROM (VALUES ($$SELECT * FROM cg_transitive_dependencies('r', 's', 'a')$$), ($$SELECT cg_count_dependents('r', 's', 'b')$$),
    ($$SELECT * FROM cg_cycles('r', 's')$$), ($$SELECT * FROM cg_importance('r', 's')$$),
    ($$SELECT * FROM cg_unreferenced('r', 's')$$), ($$SELECT * FROM cg_dependency_path('r', 's', 'a', 'b')$$),
    ($$SELECT * FROM cg_dependencies('r', 's')$$), ($$SELECT * FROM cg_impact('r', 's', 's')$$),
    ($$SELECT cg_graph_dot('r', 's', 'a')$$), ($$SELECT cg_graph_mermaid('r', 's', 'a')$$)) AS asked (statement);
RESET ROLE;
-- Only what finds the snapshot, and nothing of what is in it: the graph must not stand in for that right.
GRANT SELECT ON codegraph_repositories, codegraph_snapshots TO codegraph_test_nobody;
SET ROLE codegraph_test_nobody;
SELECT pg_temp.check_equal('graph_cache: with rights to the snapshots alone: ' || statement, '42501', left(pg_temp.outcome(statement), 5))
FROM (VALUES ($$SELECT * FROM cg_transitive_dependencies('r', 's', 'a')$$), ($$SELECT cg_count_dependents('r', 's', 'b')$$),
    ($$SELECT * FROM cg_cycles('r', 's')$$), ($$SELECT * FROM cg_importance('r', 's')$$),
    ($$SELECT * FROM cg_dependency_path('r', 's', 'a', 'b')$$)) AS asked (statement);
RESET ROLE;
SELECT pg_temp.check_equal('graph_cache: the owner is answered as before', 'r:f:b:2-2', pg_temp.reached('r'));
DROP OWNED BY codegraph_test_nobody;
DROP ROLE codegraph_test_nobody;

BEGIN;
SELECT pg_temp.fill('r', 's', 'c') AS saved \gset
SELECT pg_temp.check_equal('graph_cache: a replacement counts at once', 'r:f:c:3-3', pg_temp.reached('r'));
SAVEPOINT inner_one;
SELECT pg_temp.fill('r', 's', 'external') AS saved \gset
SELECT pg_temp.check_equal('graph_cache: and so does one in a savepoint', 'external', pg_temp.reached('r'));
ROLLBACK TO inner_one;
SELECT pg_temp.check_equal('graph_cache: the savepoint is undone', 'r:f:c:3-3', pg_temp.reached('r'));
ROLLBACK;
SELECT pg_temp.check_equal('graph_cache: the transaction is undone', 'r:f:b:2-2', pg_temp.reached('r'));
SELECT pg_temp.check_equal('graph_cache: nothing points at what it pointed at', '0', cg_count_dependents('r', 's', 'c')::text);

-- Equal content has an equal root. Default chunk ids name the repository.
SELECT cg_save_repository('other') AS saved \gset
SELECT cg_create_snapshot('other', 's') AS saved \gset
SELECT pg_temp.fill('other', 's', 'b') AS saved \gset
SELECT pg_temp.check('graph_cache: two repositories have one root', cg_snapshot_root('r', 's') = cg_snapshot_root('other', 's'));
SELECT pg_temp.check_equal('graph_cache: the second shows its own chunk ids', 'other:f:b:2-2', pg_temp.reached('other'));
SELECT pg_temp.check_equal('graph_cache: and the first its own', 'r:f:b:2-2', pg_temp.reached('r'));
SELECT pg_temp.check_equal('graph_cache: in importance too', 'other', string_agg(DISTINCT split_part(chunk_id, ':', 1), ','))
FROM cg_importance('other', 's');

-- The same numbers of rows and snapshots again, with other content.
DROP EXTENSION codegraph CASCADE;
CREATE EXTENSION codegraph;
SELECT pg_temp.check_equal('graph_cache: after the extension was dropped and made', '42704',
    left(pg_temp.outcome($$SELECT * FROM cg_transitive_dependencies('r', 's', 'a')$$), 5));
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset
SELECT pg_temp.fill('r', 's', 'c') AS saved \gset
SELECT pg_temp.check_equal('graph_cache: the new store has its own graph', 'r:f:c:3-3', pg_temp.reached('r'));
-- The same content, and so the same root, in a store that has lost its first repository's number.
DROP EXTENSION codegraph CASCADE;
CREATE EXTENSION codegraph;
SELECT cg_save_repository('renamed') AS saved \gset
SELECT cg_create_snapshot('renamed', 's') AS saved \gset
SELECT pg_temp.fill('renamed', 's', 'c') AS saved \gset
SELECT pg_temp.check_equal('graph_cache: an equal root in a new store', 'renamed:f:c:3-3', pg_temp.reached('renamed'));
SELECT 'ok graph_cache: reached the end';
