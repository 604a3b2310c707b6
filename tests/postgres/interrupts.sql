-- Work that takes long can be cancelled, leaves nothing behind, and can be done again.
\ir checks.psql
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset
CREATE TEMP TABLE input AS SELECT json_agg(json_build_object('file_path', 'f' || f, 'chunks',
    (SELECT json_agg(json_build_object('content', repeat('some text ', 50) || f || ' ' || c, 'fqn', 'm' || f || '.c' || c, 'start_line', c)) FROM generate_series(1, 20) c)))::text AS files
FROM generate_series(1, 1500) f;
SELECT pg_temp.state() AS state \gset

CREATE FUNCTION pg_temp.slow(path text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
SET statement_timeout = '100ms';
SELECT pg_temp.check_equal('interrupts: a large write', '57014', left(pg_temp.outcome($$SELECT cg_replace_files('r', 's', 's', files) FROM input$$), 5));
RESET statement_timeout;
SELECT pg_temp.check_equal('interrupts: it left nothing behind', :'state', pg_temp.state());
SET statement_timeout = '100ms';
SELECT pg_temp.check_equal('interrupts: a slow analyzer', '57014',
    left(pg_temp.outcome($$SELECT cg_create_incremental_snapshot('r', 's', 'new', '["a"]', 'pg_temp.slow')$$), 5));
RESET statement_timeout;
SELECT pg_temp.check_equal('interrupts: that left nothing behind either', :'state', pg_temp.state());
SELECT pg_temp.check_equal('interrupts: the same write, given time', '30000', cg_replace_files('r', 's', 's', files)->>'chunks_inserted') FROM input;
SELECT pg_temp.check_equal('interrupts: the search_path is the caller''s', '"$user", public', current_setting('search_path'));
SELECT 'ok interrupts: reached the end';
