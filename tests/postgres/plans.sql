-- What the planner makes of ROWS and COST. EXPLAIN calls no function, so there need not be a snapshot.
\ir checks.psql
CREATE TABLE wanted (path text, number integer);
INSERT INTO wanted SELECT 'f' || i, i FROM generate_series(1, 1000) i;
ANALYZE wanted;

CREATE FUNCTION pg_temp.explained(query text) RETURNS text LANGUAGE plpgsql
AS $$ DECLARE
    line text;
    lines text := '';
BEGIN
    FOR line IN EXECUTE 'EXPLAIN ' || query LOOP lines := lines || line || E'\n'; END LOOP;
    RETURN lines;
END $$;
-- The nodes from the top, `Hash Join, Function Scan on cg_chunks c, Hash, Seq Scan on wanted w`.
CREATE FUNCTION pg_temp.nodes(query text) RETURNS text LANGUAGE sql
AS $$ SELECT string_agg(node[1], ', ' ORDER BY n)
      FROM regexp_matches(pg_temp.explained(query), '([A-Z][A-Za-z_ ]+?)  \(cost', 'g') WITH ORDINALITY AS m (node, n) $$;
CREATE FUNCTION pg_temp.total_cost(query text) RETURNS numeric LANGUAGE sql
AS $$ SELECT substring(pg_temp.explained(query) FROM 'cost=[0-9.]+\.\.([0-9.]+)')::numeric $$;

SELECT pg_temp.check_equal('plans: a join with a user''s table reads the snapshot once and hashes',
    'Hash Join, Function Scan on cg_chunks c, Hash, Seq Scan on wanted w',
    pg_temp.nodes($$SELECT * FROM wanted w JOIN cg_chunks('r', 's') c ON c.file_path = w.path$$));
SELECT pg_temp.check_equal('plans: whichever way it is written', pg_temp.nodes(
    $$SELECT * FROM wanted w JOIN cg_chunks('r', 's') c ON c.file_path = w.path$$), pg_temp.nodes(
    $$SELECT * FROM cg_chunks('r', 's') c JOIN wanted w ON c.file_path = w.path$$));
SELECT pg_temp.check('plans: two table functions are hashed or sorted', pg_temp.nodes(
    $$SELECT * FROM cg_transitive_dependents('r', 's', 'x') d JOIN cg_chunks('r', 's') c ON c.chunk_id = d.chunk_id$$)
    ~ '^(Hash|Merge) Join');
SELECT pg_temp.check_equal('plans: what depends on a row is called for it',
    'Nested Loop, Index Scan using wanted_number on wanted w, Function Scan on cg_file_chunks c', pg_temp.nodes(
    $$SELECT * FROM wanted w CROSS JOIN cg_file_chunks('r', 's', w.path) c WHERE w.number = 7$$))
FROM (SELECT pg_temp.outcome('CREATE INDEX wanted_number ON wanted (number)')) made;

SELECT pg_temp.check('plans: a chunk is far cheaper than a snapshot',
    100 * pg_temp.total_cost($$SELECT * FROM cg_chunk('r', 's', 'x')$$) < pg_temp.total_cost($$SELECT * FROM cg_chunks('r', 's')$$));
SELECT pg_temp.check('plans: also than the graph',
    100 * pg_temp.total_cost($$SELECT * FROM cg_chunk('r', 's', 'x')$$) < pg_temp.total_cost($$SELECT * FROM cg_cycles('r', 's')$$));
SELECT pg_temp.check('plans: and one snapshot does not call for JIT',
    pg_temp.total_cost($$SELECT * FROM cg_chunks('r', 's')$$) < current_setting('jit_above_cost')::numeric / 5);
SELECT pg_temp.check('plans: cheap conditions come before a call',
    pg_temp.explained($$SELECT * FROM wanted WHERE cg_file_hash('r', 's', path) IS NOT NULL AND path LIKE '%7'$$)
    LIKE '%Filter: ((path ~~%AND (cg_file_hash%');
SELECT 'ok plans: reached the end';
