-- A hostile search_path: tables, functions and operators of the caller in front of what our statements mean.
\ir checks.psql
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset

CREATE SCHEMA hostile;
CREATE FUNCTION hostile.refuse() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'hijacked'; END $$;
CREATE FUNCTION hostile.equal(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE FUNCTION hostile.equal(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE FUNCTION hostile.equal(bytea, bytea) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE OPERATOR hostile.= (FUNCTION = hostile.equal, LEFTARG = bigint, RIGHTARG = bigint);
CREATE OPERATOR hostile.= (FUNCTION = hostile.equal, LEFTARG = text, RIGHTARG = text);
CREATE OPERATOR hostile.= (FUNCTION = hostile.equal, LEFTARG = bytea, RIGHTARG = bytea);
CREATE FUNCTION hostile.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT CASE WHEN hostile.refuse() THEN NULL::timestamptz END';
CREATE FUNCTION hostile.coalesce(text, text) RETURNS text LANGUAGE sql AS 'SELECT hostile.refuse()::text';
CREATE FUNCTION hostile.unnest(anyarray) RETURNS SETOF anyelement LANGUAGE plpgsql AS $$ BEGIN RAISE 'hijacked'; END $$;
CREATE TABLE hostile.codegraph_snapshots ();
CREATE TEMP TABLE codegraph_repositories ();
CREATE TEMP TABLE codegraph_chunks ();

SET search_path = hostile, pg_temp, pg_catalog, public;
SELECT pg_temp.check_equal('search_path: the hostile operators work on their author', 'P0001 hijacked',
                           pg_temp.outcome($$SELECT 1::bigint = 1::bigint$$));
SELECT pg_temp.check_equal('search_path: a writer is not hijacked', 'r:a.py:f:1-1',
    public.cg_save_chunk('r', 's', '{"file_path": "a.py", "content": "x", "fqn": "a.f"}'));
SELECT pg_temp.check_equal('search_path: nor is one with batches', '{"files_checked":2',
    pg_catalog.left(public.cg_replace_files('r', 's', 's',
        '[{"file_path": "b.py", "chunks": [{"content": "y", "fqn": "b.g"}]}, {"file_path": "a.py", "deleted": true}]')::text, 18));
SELECT pg_temp.check_equal('search_path: the caller''s is back after a call', 'hostile, pg_temp, pg_catalog, public',
                           pg_catalog.current_setting('search_path'));
SELECT pg_temp.check_equal('search_path: an error is what it would be', '42704',
    pg_catalog.left(pg_temp.outcome($$SELECT public.cg_save_chunk('r', 'nowhere', '{"file_path": "a", "content": "x"}')$$), 5));
SELECT pg_temp.check_equal('search_path: the caller''s is back after an error', 'hostile, pg_temp, pg_catalog, public',
                           pg_catalog.current_setting('search_path'));
SET search_path = '';
SELECT pg_temp.check_equal('search_path: it may be empty', 'r',  public.cg_save_repository('r', 'renamed'));

CREATE FUNCTION hostile.settings(path text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    RETURN json_build_object('chunks', json_build_array(json_build_object('content',
        concat_ws(' ', current_setting('search_path'), current_setting('enable_seqscan'), current_setting('jit')))));
END $$;
SET search_path = hostile;
SET enable_seqscan = on;
SET jit = on;
SELECT public.cg_create_incremental_snapshot('r', 's', 't', '["z"]', 'settings') AS counts \gset
RESET search_path;
SELECT pg_temp.check_equal('search_path: an analyzer runs under the caller''s settings', 'hostile on on', content)
FROM public.codegraph_contents WHERE content LIKE 'hostile%';
SELECT 'ok search_path: reached the end';
