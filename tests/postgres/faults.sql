-- The Nth request of a call fails, for every N, inside PL/pgSQL: the store is as it was, the connection works, and the
-- same call then does what it should have done. tests/faults/faults.py does the same with every writer of the product.
\ir checks.psql

CREATE FUNCTION analyzer(path text) RETURNS jsonb LANGUAGE sql
AS $$ SELECT jsonb_build_object('chunks', jsonb_build_array(jsonb_build_object('content', 'seen ' || path, 'fqn', path))) $$;

-- In this order each call has something to do.
CREATE TEMP TABLE calls (number serial, statement text);
INSERT INTO calls (statement) VALUES
    ($$SELECT cg_save_repository('r')$$),
    ($$SELECT cg_save_repository('r', 'named')$$),
    ($$SELECT cg_create_snapshot('r', 'a', 'c0ffee', 'main')$$),
    ($$SELECT cg_save_chunk('r', 'a', '{"file_path": "a.py", "content": "def f(): g()", "fqn": "a.f"}')$$),
    ($$SELECT cg_save_chunks('r', 'a', '[{"file_path": "b.py", "content": "def g(): pass", "fqn": "b.g"}, {"file_path": "c.py", "content": "", "chunk_id": "c"}]')$$),
    ($$SELECT cg_save_dependency('r', 'a', '{"from_fqn": "a.f", "to_fqn": "b.g"}')$$),
    ($$SELECT cg_save_dependencies('r', 'a', '[{"from_chunk_id": "c", "to_fqn": "outside", "relationship": "IMPORTS", "confidence": 0.5}]')$$),
    ($$SELECT cg_create_snapshot('r', 'b', base_snapshot_id => 'a')$$),
    ($$SELECT cg_replace_file('r', 'a', 'd', 'b.py', '[{"content": "def g(): h()", "fqn": "b.g"}, {"content": "def h(): 1", "fqn": "b.h", "start_line": 2}]', '[{"from_fqn": "b.g", "to_fqn": "b.h"}]')$$),
    ($$SELECT cg_replace_files('r', 'd', 'd', '[{"file_path": "c.py", "deleted": true}, {"file_path": "new.py", "chunks": [{"content": "n"}]}]')$$),
    ($$SELECT cg_create_incremental_snapshot('r', 'd', 'e', '["a.py", {"file_path": "b.py", "file_hash": "1"}]', 'analyzer')$$),
    ($$SELECT cg_soft_delete_file_chunks('r', 'd', 'a.py')$$),
    ($$SELECT cg_restore_file_chunks('r', 'd', 'a.py')$$),
    ($$SELECT cg_update_file_metadata('r', 'd', 'a.py', 'another')$$),
    ($$SELECT cg_delete_snapshot('r', 'b')$$),
    ($$SELECT cg_delete_repository('r')$$);

CREATE FUNCTION pg_temp.fail_every_request(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    before text := pg_temp.state();
    ended text;
BEGIN
    FOR n IN 1..1000 LOOP
        PERFORM set_config('codegraph.debug_fail_request', n::text, false);
        ended := pg_temp.outcome(statement);
        PERFORM set_config('codegraph.debug_fail_request', '0', false);
        IF ended = 'ok' THEN
            IF n = 1 THEN RETURN 'has no requests'; END IF;
            IF pg_temp.state() = before THEN RETURN 'did nothing when it could'; END IF;
            RETURN 'as it should be';
        END IF;
        IF ended <> format('XX000 codegraph: request %s failed on demand', n) THEN RETURN ended; END IF;
        IF pg_temp.state() <> before THEN RETURN format('left something behind after request %s', n); END IF;
    END LOOP;
    RETURN 'never ends';
END $$;
SELECT pg_temp.check_equal('faults: ' || left(statement, 60), 'as it should be', pg_temp.fail_every_request(statement))
FROM (SELECT * FROM calls ORDER BY number) c;

CREATE ROLE codegraph_test_plain;
SET ROLE codegraph_test_plain;
SELECT pg_temp.check_equal('faults: only a superuser may ask for them', '42501',
                           left(pg_temp.outcome('SET codegraph.debug_fail_request = 1'), 5));
RESET ROLE;
DROP ROLE codegraph_test_plain;
SELECT 'ok faults: reached the end';
