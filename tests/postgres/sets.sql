-- Table functions wherever SQL allows them: in FROM, in the select list, under LIMIT, in joins and cursors, spilling.
\ir checks.psql
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset
SELECT cg_save_chunks('r', 's', (SELECT json_agg(json_build_object('file_path', 'f' || i % 50, 'content', repeat('x', 100) || i,
                                                                   'fqn', 'q.' || i, 'start_line', i)) FROM generate_series(1, 5000) i)) AS saved \gset

SELECT pg_temp.check_equal('sets: in FROM', '5000', count(*)::text) FROM cg_chunks('r', 's');
SELECT pg_temp.check_equal('sets: in the select list', '5000', count(*)::text) FROM (SELECT cg_chunks('r', 's')) q;
SELECT pg_temp.check_equal('sets: a column of it in the select list', '5000', count(DISTINCT fqn)::text)
FROM (SELECT (cg_chunks('r', 's')).fqn) q;
SELECT pg_temp.check_equal('sets: LIMIT', '3', count(*)::text) FROM (SELECT * FROM cg_chunks('r', 's') LIMIT 3) q;
SELECT pg_temp.check_equal('sets: LIMIT in the select list', '3', count(*)::text) FROM (SELECT cg_chunks('r', 's') LIMIT 3) q;
SELECT pg_temp.check_equal('sets: no row', '0', count(*)::text) FROM cg_chunk('r', 's', 'no such chunk');
SELECT pg_temp.check_equal('sets: with ordinality', '5000', max(n)::text) FROM cg_chunks('r', 's') WITH ORDINALITY AS c
    (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, n);
SELECT pg_temp.check_equal('sets: for each row of another', '50:100', count(*) || ':' || max(c.found))
FROM cg_files('r', 's') f, LATERAL (SELECT count(*) AS found FROM cg_file_chunks('r', 's', f.file_path)) c;
SELECT pg_temp.check_equal('sets: twice in a join', '5000', count(*)::text)
FROM cg_chunks('r', 's') a JOIN cg_chunks('r', 's') b USING (chunk_id);
SELECT pg_temp.check_equal('sets: two in ROWS FROM', '5000', count(*)::text) FROM ROWS FROM (cg_chunks('r', 's'), cg_repositories()) t;
SET work_mem = '64kB';
SELECT pg_temp.check_equal('sets: more than work_mem', '5000', count(*)::text) FROM cg_chunks('r', 's');
SET temp_file_limit = '64kB';
SELECT pg_temp.check_equal('sets: more than temp_file_limit', '53400',
    left(pg_temp.outcome($$SELECT count(*) FROM cg_chunks('r', 's'), LATERAL (SELECT 1) x$$), 5));
RESET temp_file_limit;
RESET work_mem;

-- An open cursor keeps its rows while what it read is deleted, and outlives a failed subtransaction.
BEGIN;
DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT fqn FROM cg_chunks('r', 's') ORDER BY start_line;
FETCH 1 FROM c \g /dev/null
SAVEPOINT s;
SELECT pg_temp.check_equal('sets: an error beside an open cursor', '42704', left(pg_temp.outcome($$SELECT * FROM cg_chunks('r', 'nowhere')$$), 5));
ROLLBACK TO s;
SELECT cg_delete_snapshot('r', 's') AS deleted \gset
FETCH 1 FROM c \gset
SELECT pg_temp.check_equal('sets: an open cursor keeps its rows', 'q.2', :'fqn');
COMMIT;
FETCH LAST FROM c \gset
SELECT pg_temp.check_equal('sets: also past the transaction, when held', 'q.5000', :'fqn');
SELECT pg_temp.check_equal('sets: the snapshot is gone', '42704', left(pg_temp.outcome($$SELECT * FROM cg_chunks('r', 's')$$), 5));

SELECT cg_create_snapshot('r', 't', attrs => '{"a": 1}') AS made \gset
SELECT pg_temp.check_equal('sets: JSON is json, a time timestamptz, a name text', 'json, timestamp with time zone, text',
    concat_ws(', ', pg_typeof(attrs), pg_typeof(created_at), pg_typeof(snapshot_id))) FROM cg_snapshots('r');
SELECT pg_temp.check('sets: a time is now', abs(extract(epoch FROM clock_timestamp() - created_at)) < 60) FROM cg_snapshots('r');
SELECT 'ok sets: reached the end';
