-- Triggers of users' on our tables run as on any table: under the caller's search_path and settings.
\ir checks.psql
CREATE SCHEMA app;
CREATE TABLE app.audit (relation name, action text, path text, scans text, who name DEFAULT current_user);
CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO audit VALUES (TG_TABLE_NAME, TG_OP, current_setting('search_path'), concat_ws(' ',
        current_setting('enable_seqscan'), current_setting('enable_hashjoin'), current_setting('jit'), current_setting('row_security')));
    RETURN NULL;
END $$;
CREATE TEMP TABLE tables AS SELECT relname AS name FROM pg_class WHERE relname LIKE 'codegraph\_%' AND relkind = 'r';
CREATE FUNCTION pg_temp.on_each_table(command text) RETURNS void LANGUAGE plpgsql AS $$ DECLARE
    relation text;
BEGIN
    FOR relation IN SELECT name FROM tables LOOP EXECUTE format(command, relation); END LOOP;
END $$;
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset
SELECT count(cg_replace_file('r', 's', 's', 'f.py', '[{"content": "f", "fqn": "f"}]')) AS filled \gset

SELECT pg_temp.on_each_table('CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION app.note()');
SET search_path = app, public;
SET enable_hashjoin = off;
SELECT pg_temp.check_equal('triggers: an audit trigger lets ' || call || ' pass', 'ok', pg_temp.outcome('SELECT ' || call))
FROM unnest(ARRAY[$$cg_save_repository('r', 'renamed')$$, $$cg_save_repository('new')$$, $$cg_create_snapshot('r', 't', NULL, NULL, 's')$$,
    $$cg_replace_file('r', 't', 't', 'f.py', '[{"content": "g", "fqn": "g"}, {"content": "h", "fqn": "h", "start_line": 2}]', '[{"from_fqn": "g", "to_fqn": "h"}]')$$,
    $$cg_save_chunk('r', 't', '{"file_path": "f.py", "content": "i", "fqn": "i", "start_line": 3}')$$, $$cg_rollback('r', 't', 1)$$,
    $$cg_delete_snapshot('r', 't')$$, $$cg_index_content('r')$$, $$cg_gc('r')$$, $$cg_delete_repository('r')$$]) WITH ORDINALITY AS c (call, n);
SELECT pg_temp.check_equal('triggers: the trigger ran for every table', '12', count(DISTINCT relation)::text) FROM audit;
SELECT pg_temp.check_equal('triggers: under the caller''s search_path and settings', 'app, public on off on on',
    string_agg(DISTINCT concat_ws(' ', path, scans), '; ')) FROM audit;
RESET enable_hashjoin;

-- What a trigger sets stays set, and a trigger may call our functions.
CREATE FUNCTION app.count_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM set_config('app.logged', (SELECT count(*) FROM cg_log(TG_ARGV[0]))::text, false);
    RETURN NULL;
END $$;
CREATE TRIGGER counted AFTER INSERT ON codegraph_log FOR EACH ROW EXECUTE FUNCTION app.count_log('new');
SELECT cg_create_snapshot('new', 's') AS saved \gset
SELECT pg_temp.check_equal('triggers: a trigger calls a reader of ours, which sees the new row', '1', current_setting('app.logged'));
DROP TRIGGER counted ON codegraph_log;

-- A trigger that fails stops the call, with its own error and the statement that it failed in.
CREATE FUNCTION app.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'AB001', MESSAGE = 'no'; END $$;
CREATE TRIGGER refused BEFORE INSERT ON codegraph_contents FOR EACH ROW EXECUTE FUNCTION app.refuse();
SELECT pg_temp.check_equal('triggers: an error of a trigger is what it says', 'AB001 no',
    pg_temp.outcome($$SELECT cg_save_chunk('new', 's', '{"file_path": "x", "content": "x"}')$$));
CREATE FUNCTION pg_temp.context(statement text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE
    context text;
BEGIN
    EXECUTE statement;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
    RETURN context;
END $$;
SELECT pg_temp.check('triggers: its context names the statement',
    pg_temp.context($$SELECT cg_save_chunk('new', 's', '{"file_path": "x", "content": "x"}')$$) ~ 'SQL statement "\s*INSERT INTO public.codegraph_contents');
DROP TRIGGER refused ON codegraph_contents;

-- A rule makes several statements of one. They run under our settings.
DROP TRIGGER audited ON codegraph_log;
CREATE RULE told AS ON DELETE TO codegraph_log DO ALSO INSERT INTO app.audit VALUES ('rule', old.operation, NULL, NULL);
SELECT cg_create_snapshot('new', 'ruled') AS saved \gset
SELECT cg_delete_snapshot('new', 'ruled') AS deleted \gset
SELECT pg_temp.check_equal('triggers: a rule counts, too', 'create', action) FROM audit WHERE relation = 'rule';
DROP RULE told ON codegraph_log;

-- A hostile search_path is in force while our statements run, and while they must be planned anew.
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.refuse() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'hijacked'; END $$;
CREATE FUNCTION hostile.equal(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE FUNCTION hostile.equal(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE FUNCTION hostile.equal(bytea, bytea) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE OPERATOR hostile.= (FUNCTION = hostile.equal, LEFTARG = bigint, RIGHTARG = bigint);
CREATE OPERATOR hostile.= (FUNCTION = hostile.equal, LEFTARG = text, RIGHTARG = text);
CREATE OPERATOR hostile.= (FUNCTION = hostile.equal, LEFTARG = bytea, RIGHTARG = bytea);
CREATE FUNCTION hostile.has_table_privilege(oid, text) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE FUNCTION hostile.row_security_active(oid) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.refuse()';
CREATE FUNCTION hostile.count() RETURNS bigint LANGUAGE sql AS 'SELECT hostile.refuse()::int::bigint';
SET search_path = hostile, app, pg_catalog, public;
CREATE FUNCTION pg_temp.works() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    RETURN pg_temp.outcome($q$SELECT public.cg_save_chunk('new', 's', pg_catalog.format('{"file_path": "x", "content": "%s", "fqn": "f"}', pg_catalog.clock_timestamp()))$q$)
        OPERATOR(pg_catalog.||) pg_temp.outcome($q$SELECT public.cg_count_dependents('new', 's', 'f')$q$)
        OPERATOR(pg_catalog.||) pg_temp.outcome($q$SELECT public.cg_gc('new')$q$);
END $$;
SELECT pg_temp.check_equal('triggers: under a hostile search_path', 'okokok', pg_temp.works());
SELECT pg_temp.on_each_table('ALTER TABLE public.%I ALTER COLUMN repo_key SET STATISTICS 50');
SELECT pg_temp.check_equal('triggers: also when every plan must be made anew', 'okokok', pg_temp.works());
SELECT pg_temp.on_each_table('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY');
SELECT pg_temp.check_equal('triggers: and read anew', 'okokok', pg_temp.works());
RESET search_path;
SELECT 'ok triggers: reached the end';
