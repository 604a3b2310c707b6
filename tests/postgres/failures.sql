-- Errors of every origin, caught in every way, leave nothing of the failed call in memory.
\ir checks.psql
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset

-- One failing call of each kind: an argument, a name, JSON, and a request that the database refuses after others.
CREATE TEMP TABLE bad (statement text, sqlstate text);
INSERT INTO bad VALUES
    ($$SELECT cg_save_repository(NULL)$$, '22004'),
    ($$SELECT cg_create_snapshot('nowhere', 's')$$, '42704'),
    ($$SELECT cg_save_chunk('r', 's', '{"file_path": "a", "content": ')$$, '22P02'),
    ($$SELECT cg_save_chunk('r', 's', '{"file_path": "../a", "content": "x"}')$$, '22023'),
    ($$SELECT cg_replace_file('r', 's', 's', 'a', '[{"content": "x"}]', '[{"from_fqn": "f", "to_fqn": "g"}]')$$, '42704');
SELECT pg_temp.check_equal('failures: ' || statement, sqlstate, left(pg_temp.outcome(statement), 5)) FROM bad;

CREATE PROCEDURE pg_temp.fail_often(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    one record;
    ignored text;
BEGIN
    FOR i IN 1..rounds LOOP
        FOR one IN SELECT * FROM bad LOOP
            ignored := pg_temp.outcome(one.statement);
        END LOOP;
        BEGIN  -- a simple expression
            ignored := cg_save_chunk('r', 's', '{"file_path": "a", "content": "x", "importance": 2}');
        EXCEPTION WHEN invalid_parameter_value THEN END;
        BEGIN
            PERFORM cg_save_chunk('r', 's', '{"file_path": "a", "content": "x", "importance": 2}');
        EXCEPTION WHEN invalid_parameter_value THEN END;
        BEGIN  -- succeeds, and is undone from outside
            SELECT cg_save_chunk('r', 's', '{"file_path": "a", "content": "x"}') INTO ignored;
            RAISE division_by_zero;
        EXCEPTION WHEN division_by_zero THEN END;
        PERFORM set_config('codegraph.debug_fail_request', '3', false);  -- past the first statements
        BEGIN
            ignored := cg_save_chunk('r', 's', '{"file_path": "a", "content": "x"}');
        EXCEPTION WHEN internal_error THEN END;
        PERFORM set_config('codegraph.debug_fail_request', '0', false);
    END LOOP;
END $$;
CALL pg_temp.fail_often(300);
SELECT pg_temp.memory() AS before \gset
CALL pg_temp.fail_often(1000);
SELECT pg_temp.check_equal('failures: 9,000 caught errors do not grow the backend', 'under 1 MB',
    CASE WHEN growth < 1024 THEN 'under 1 MB' ELSE growth || ' kB' END) FROM (SELECT pg_temp.memory() - :before) g(growth);
SELECT pg_temp.check_equal('failures: nothing was saved', '0 chunks', count(*) || ' chunks') FROM codegraph_chunks;

-- In a savepoint, and in a cursor that is still open when its subtransaction goes.
SELECT pg_temp.state() AS state \gset
BEGIN;
SAVEPOINT s;
\set ON_ERROR_STOP off
\set VERBOSITY sqlstate
SELECT cg_save_chunk('r', 's', '{"file_path": "a", "content": "x", "importance": 2}') \g /dev/null
\set first :LAST_ERROR_SQLSTATE
ROLLBACK TO s;
DECLARE c CURSOR FOR SELECT cg_save_chunk('r', 's', format('{"file_path": "a", "content": "x", "importance": %s}', i))
    FROM generate_series(1, 2) i;
FETCH 1 c \g /dev/null
FETCH 1 c \g /dev/null
\set second :LAST_ERROR_SQLSTATE
ROLLBACK TO s;
\set VERBOSITY default
\set ON_ERROR_STOP on
SELECT pg_temp.check_equal('failures: in a savepoint, and in an open cursor', '22023 22023', :'first' || ' ' || :'second');
SELECT pg_temp.check_equal('failures: the transaction goes on after a rolled back error', 'r:a:unknown:1-1',
                           cg_save_chunk('r', 's', '{"file_path": "a", "content": "x"}'));
ROLLBACK;
SELECT pg_temp.check_equal('failures: ROLLBACK undoes a call', :'state', pg_temp.state());

-- Nor do calls that succeed.
CREATE PROCEDURE pg_temp.succeed_often(rounds int) LANGUAGE plpgsql AS $$ DECLARE ignored text; BEGIN
    FOR i IN 1..rounds LOOP
        ignored := cg_save_chunk('r', 's', '{"file_path": "a", "content": "x"}');
        PERFORM count(*) FROM cg_chunks('r', 's');
        PERFORM count(*) FROM (SELECT cg_chunks('r', 's')) q;
    END LOOP;
END $$;
CALL pg_temp.succeed_often(300);
SELECT pg_temp.memory() AS before \gset
CALL pg_temp.succeed_often(2000);
SELECT pg_temp.check_equal('failures: 6,000 calls that succeed do not grow the backend', 'under 1 MB',
    CASE WHEN growth < 1024 THEN 'under 1 MB' ELSE growth || ' kB' END) FROM (SELECT pg_temp.memory() - :before) g(growth);
SELECT 'ok failures: reached the end';
