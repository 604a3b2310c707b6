-- Library and extension are of one version, or every call says that they are not. The catalog is changed as ALTER
-- EXTENSION UPDATE changes it: the version, and at least one function.
\ir checks.psql
CREATE FUNCTION pg_temp.update_to(version text) RETURNS void LANGUAGE plpgsql
AS $$ BEGIN
    UPDATE pg_extension SET extversion = version WHERE extname = 'codegraph';
    EXECUTE format('ALTER FUNCTION cg_version() COST %s', 10 + extract(epoch FROM clock_timestamp())::integer % 1000);
END $$;
CREATE FUNCTION pg_temp.hint_of(statement text) RETURNS text LANGUAGE plpgsql
AS $$ DECLARE
    hint text;
BEGIN
    EXECUTE statement;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN hint;
END $$;
SELECT extversion AS version, '0A000 codegraph: the extension in this database is version 0.0.9, and the library that this '
    || 'connection has loaded is version ' || extversion AS refusal
FROM pg_extension WHERE extname = 'codegraph' \gset

SELECT pg_temp.check_equal('version: of one version they work', 'ok', pg_temp.outcome($$SELECT cg_save_repository('r')$$));
SELECT pg_temp.update_to('0.0.9');
SELECT pg_temp.check_equal('version: a scalar function says so in the middle of a session', :'refusal',
    pg_temp.outcome($$SELECT cg_save_repository('r')$$));
SELECT pg_temp.check_equal('version: a table function too', :'refusal', pg_temp.outcome('SELECT * FROM cg_repositories()'));
SELECT pg_temp.check_equal('version: and each later call', :'refusal', pg_temp.outcome('SELECT cg_version()'));
SELECT pg_temp.check('version: the hint helps in either direction',
    pg_temp.hint_of('SELECT cg_version()') ~ 'run ALTER EXTENSION codegraph UPDATE.*install the library of version 0\.0\.9.*reconnect');
SELECT pg_temp.update_to(:'version');
SELECT pg_temp.check_equal('version: the update of the extension mends it', 'ok', pg_temp.outcome('SELECT cg_version()'));

BEGIN;
SELECT pg_temp.update_to('0.0.9');
SELECT pg_temp.check_equal('version: an update in this transaction is seen', :'refusal', pg_temp.outcome('SELECT cg_version()'));
ROLLBACK;
SELECT pg_temp.check_equal('version: and its end too', 'ok', pg_temp.outcome('SELECT cg_version()'));
SELECT 'ok version: reached the end';
