-- The analyzer callback: which function a name means, whose errors and rights apply, and that it may use the database.
\ir checks.psql
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset
CREATE SCHEMA work;
CREATE TABLE work.sources (path text, content text);
INSERT INTO work.sources VALUES ('a', 'content of a'), ('b', 'content of b');

-- VOLATILE PL/pgSQL that reads and writes tables while our writer runs.
CREATE TABLE work.seen (path text);
CREATE FUNCTION work.look_at(path text) RETURNS json LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO seen VALUES (path);
    RETURN (SELECT json_build_object('chunks', json_build_array(json_build_object('content', content, 'fqn', 'q.' || s.path)))
            FROM sources s WHERE s.path = look_at.path);
END $$;
CREATE FUNCTION work.as_text(path text) RETURNS text LANGUAGE sql AS $$ SELECT '{"chunks": [], "file_hash": "text"}' $$;
CREATE FUNCTION work.as_jsonb(path varchar, ignored int DEFAULT 1) RETURNS jsonb LANGUAGE sql AS $$ SELECT '{"chunks": [], "file_hash": "jsonb"}'::jsonb $$;
CREATE FUNCTION work.as_number(path text) RETURNS int LANGUAGE sql AS $$ SELECT 42 $$;
CREATE FUNCTION work.raises(path text) RETURNS text LANGUAGE plpgsql
AS $$ BEGIN RAISE 'cannot read %', path USING ERRCODE = 'XY123', HINT = 'own hint', DETAIL = 'own detail'; END $$;
CREATE FUNCTION work.rows(path text) RETURNS SETOF text LANGUAGE sql AS $$ SELECT 'x' $$;
CREATE PROCEDURE work.procedure(path text) LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION work.two(path text, other text) RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;
CREATE FUNCTION work.refused(path text) RETURNS text LANGUAGE sql AS $$ SELECT '{"chunks": []}' $$;
CREATE FUNCTION work.calls_us(path text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    PERFORM public.cg_save_chunk('r', 'other', json_build_object('file_path', path, 'content', 'from inside'));
    RETURN '{"chunks": [{"content": "outside"}]}';
END $$;
CREATE FUNCTION work.moves_search_path(path text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    PERFORM set_config('search_path', 'work', false);
    RETURN '{"chunks": []}';
END $$;

CREATE FUNCTION pg_temp.run(analyzer text, path text DEFAULT 'a') RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    PERFORM public.cg_create_incremental_snapshot('r', 's', 'new', json_build_array(path)::text, analyzer);
    RETURN 'ok';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE;
END $$;

SET search_path = work;
SELECT pg_temp.check_equal('analyzer: ' || name || coalesce(' is ' || nullif(expected, 'ok'), ' is found'), expected, pg_temp.run(name))
FROM (VALUES ('look_at', 'ok'), ('LOOK_AT', 'ok'), ('work.look_at', 'ok'), ('"work"."look_at"', 'ok'), (' work . look_at ', 'ok'),
             (current_database() || '.work.look_at', 'ok'), ('as_text', 'ok'), ('as_jsonb', 'ok'),
             ('as_number', '22023'), ('two', '42883'), ('rows', '42883'), ('procedure', '42883'), ('"LOOK_AT"', '42883'),
             ('public.look_at', '42883'), ('nowhere.look_at', '42883'), ('otherdb.work.look_at', '42883'), ('a.b.c.d', '42883'),
             ('look_at()', '42883'), ('look_at(path)', '42883'), ('look at', '42883'), ('"', '42883'), ('""', '42883'), ('.', '42883'),
             ('look_at; DROP TABLE sources', '42883'), ('pg_catalog.max', '42883'), ('pg_catalog.row_number', '42883'),
             ('pg_catalog.json', '42883'), ('raises', 'XY123')) AS names(name, expected);
SELECT pg_temp.check('analyzer: it wrote to its own table', count(*) > 0) FROM seen WHERE path = 'a';
SELECT pg_temp.check_equal('analyzer: what it read was saved', 'content of a', content)
FROM public.codegraph_contents WHERE content LIKE 'content%';
SELECT pg_temp.check_equal('analyzer: NULL means that the file is gone', 'ok', pg_temp.run('look_at', 'no such file'));
SELECT public.cg_create_snapshot('r', 'other') AS made \gset
SELECT pg_temp.check_equal('analyzer: it may call our functions', 'ok', pg_temp.run('calls_us'));
SELECT pg_temp.check_equal('analyzer: both calls took effect', '2', count(*)::text)
FROM public.codegraph_contents WHERE content IN ('from inside', 'outside');
SELECT pg_temp.check_equal('analyzer: it may move the search_path', 'ok', pg_temp.run('moves_search_path'));

-- Its own error arrives whole.
DO $$ DECLARE hint text; detail text; BEGIN
    PERFORM public.cg_create_incremental_snapshot('r', 's', 'new', '["a"]', 'raises');
EXCEPTION WHEN SQLSTATE 'XY123' THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT, detail = PG_EXCEPTION_DETAIL;
    CREATE TEMP TABLE raised AS SELECT SQLERRM || '|' || hint || '|' || detail AS text;
END $$;
SELECT pg_temp.check_equal('analyzer: message, hint and detail of its error are its own', 'cannot read a|own hint|own detail', text)
FROM raised;

-- The caller's rights.
CREATE ROLE codegraph_test_analyst;
GRANT USAGE ON SCHEMA work, public TO codegraph_test_analyst;
GRANT ALL ON ALL TABLES IN SCHEMA public TO codegraph_test_analyst;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO codegraph_test_analyst;
REVOKE EXECUTE ON FUNCTION work.refused(text) FROM public;
SET ROLE codegraph_test_analyst;
SELECT pg_temp.check_equal('analyzer: one that the caller may call', 'ok', pg_temp.run('as_text'));
SELECT pg_temp.check_equal('analyzer: one that the caller may not call', '42501', pg_temp.run('refused'));
SELECT pg_temp.check_equal('analyzer: one that reads a table the caller may not read', '42501', pg_temp.run('look_at'));
RESET ROLE;
DROP OWNED BY codegraph_test_analyst;
DROP ROLE codegraph_test_analyst;
SELECT 'ok analyzer: reached the end';
