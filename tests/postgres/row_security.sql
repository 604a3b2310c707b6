-- What row-level security hides: what must see everything refuses to see a part, nothing hidden is called damage, and
-- graphs in memory show no more than the tables.
\ir checks.psql
CREATE FUNCTION pg_temp.hint(statement text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE
    hint text;
BEGIN
    EXECUTE statement;
    RETURN 'ok';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN hint;
END $$;
CREATE FUNCTION pg_temp.fill(repo text, snapshot text, target text) RETURNS json LANGUAGE sql AS $$
    SELECT cg_replace_files(repo, snapshot, snapshot, format('[{"file_path": "f.py", "chunks":
        [{"content": "def f", "fqn": "%1$s.f"}, {"content": "def g", "fqn": "%1$s.g", "start_line": 2}],
        "dependencies": [{"from_fqn": "%1$s.f", "to_fqn": "%2$s"}]},
        {"file_path": "g.py", "chunks": [{"content": "def h", "fqn": "%1$s.h"}]}]', repo, target)) $$;
CREATE TEMP TABLE tables AS SELECT relname AS name FROM pg_class WHERE relname LIKE 'codegraph\_%' AND relkind = 'r';
CREATE FUNCTION pg_temp.protect(relation text, condition text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', relation);
    EXECUTE format('CREATE POLICY tested ON %I USING (%s)', relation, condition);
END $$;
CREATE FUNCTION pg_temp.expose(relation text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE format('DROP POLICY tested ON %I', relation);
    EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', relation);
END $$;
SELECT count(*) = 13 AS all_tables FROM tables \gset
SELECT pg_temp.check('row_security: every table is tried', :'all_tables');

SELECT count(cg_save_repository(r)) AS saved FROM unnest('{mine,theirs}'::text[]) r \gset
SELECT cg_create_snapshot('mine', 's') AS saved \gset
SELECT cg_create_snapshot('theirs', 's') AS saved \gset
SELECT count(pg_temp.fill('mine', 's', 'mine.g')) AS filled \gset
SELECT count(pg_temp.fill('theirs', 's', 'theirs.h')) AS filled \gset
SELECT cg_create_snapshot('mine', 'hidden', NULL, NULL, 's') AS saved \gset
SELECT count(cg_replace_file('mine', 'hidden', 'hidden', 'only.py', '[{"content": "only here", "fqn": "mine.only"}]')) AS filled \gset
SELECT count(cg_replace_file('mine', 's', 's', 'old.py', '[{"content": "replaced", "fqn": "mine.old"}]')) AS filled \gset
SELECT count(cg_replace_files('mine', 's', 's', '[{"file_path": "old.py", "deleted": true}]')) AS filled \gset
SELECT cg_index_content('theirs') AS indexed \gset
CREATE ROLE codegraph_test_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO codegraph_test_tenant;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO codegraph_test_tenant;
GRANT SELECT ON tables TO codegraph_test_tenant;
GRANT SET ON PARAMETER codegraph.debug_fail_request TO codegraph_test_tenant;

-- ---- what must see everything
SELECT pg_temp.protect('codegraph_snapshots', $$snapshot_id <> 'hidden'$$);
SELECT pg_temp.state() AS before \gset
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check_equal('row_security: where a snapshot is hidden: ' || asked,
    '42501 query would be affected by row-level security policy for table "codegraph_snapshots"', pg_temp.outcome('SELECT ' || asked))
FROM unnest(ARRAY[$$cg_gc('mine')$$, $$cg_gc()$$, $$cg_prune('mine', 1)$$, $$count(*) FROM cg_export('mine')$$,
    $$count(*) FROM cg_verify('mine')$$, $$count(*) FROM cg_verify()$$, $$cg_delete_repository('mine')$$]) asked;
SELECT pg_temp.check_equal('row_security: the hint says who may',
    'This function must see every row. Run it as the owner of the tables, where they do not FORCE ROW LEVEL SECURITY, or as a role with BYPASSRLS.',
    pg_temp.hint($$SELECT cg_gc('mine')$$));
SELECT pg_temp.check_equal('row_security: others see what they may', 's', string_agg(snapshot_id, ',')) FROM cg_snapshots('mine');
SELECT pg_temp.check_equal('row_security: the caller''s row_security is as before', 'on', current_setting('row_security'));
SET row_security = off;
SELECT pg_temp.check_equal('row_security: who says off is refused by a reader, too', '42501', left(pg_temp.outcome($$SELECT * FROM cg_snapshots('mine')$$), 5));
RESET row_security;
RESET ROLE;
SELECT pg_temp.check_equal('row_security: the refused calls did nothing', :'before', pg_temp.state());
SELECT pg_temp.check_equal('row_security: the owner may', 'ok', pg_temp.outcome($$SELECT cg_gc('mine')$$));
SELECT pg_temp.check_equal('row_security: what the hidden snapshot has is there', 'only here', content) FROM cg_chunk('mine', 'hidden', 'mine.only');
SELECT pg_temp.check_equal('row_security: and all is sound', '0', count(*)::text) FROM cg_verify();
ALTER ROLE codegraph_test_tenant BYPASSRLS;
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check_equal('row_security: so may a role with BYPASSRLS', 'ok', pg_temp.outcome($$SELECT * FROM cg_verify()$$));
RESET ROLE;
ALTER ROLE codegraph_test_tenant NOBYPASSRLS;
SELECT pg_temp.expose('codegraph_snapshots');

-- A policy may hide nothing today and something tomorrow: PostgreSQL refuses it all the same. Each function that must
-- see everything, and the tables that it does not read.
CREATE FUNCTION pg_temp.outcome_undone(statement text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE statement;
    RAISE 'ok' USING ERRCODE = 'AB001';
EXCEPTION WHEN OTHERS THEN
    RETURN CASE SQLSTATE WHEN 'AB001' THEN 'ok' ELSE SQLSTATE || ' ' || SQLERRM END;
END $$;
CREATE FUNCTION pg_temp.not_minded(statement text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE
    relation text;
    outcome text;
    unread text := '';
BEGIN
    FOR relation IN SELECT name FROM tables ORDER BY name LOOP
        PERFORM pg_temp.protect(relation, 'true');
        SET LOCAL ROLE codegraph_test_tenant;
        outcome := pg_temp.outcome_undone(statement);
        RESET ROLE;
        PERFORM pg_temp.expose(relation);
        IF outcome <> format('42501 query would be affected by row-level security policy for table "%s"', relation) THEN
            unread := concat_ws(' ', nullif(unread, ''), substr(relation, 11), nullif(outcome, 'ok'));
        END IF;
    END LOOP;
    RETURN unread;
END $$;
SELECT count(cg_replace_file('mine', 's', 's', 'old.py', '[{"content": "replaced", "fqn": "mine.old"}]')) AS filled \gset
SELECT count(cg_replace_files('mine', 's', 's', '[{"file_path": "old.py", "deleted": true}]')) AS filled \gset
SELECT cg_prune('mine', 1) AS pruned \gset
SELECT pg_temp.check_equal('row_security: cg_gc reads all but refs and the blocks of the content index', 'content_grams refs',
    pg_temp.not_minded($$SELECT cg_gc('mine')$$));
SELECT pg_temp.check_equal('row_security: cg_delete_repository reads every table', '', pg_temp.not_minded($$SELECT cg_delete_repository('mine')$$));
SELECT pg_temp.check_equal('row_security: cg_prune reads few', 'chunks content_grams content_roots content_segments contents definitions files refs symbols tree_nodes',
    pg_temp.not_minded($$SELECT cg_prune('mine', 1)$$));
SELECT pg_temp.check_equal('row_security: cg_export reads what it writes', 'content_grams content_roots content_segments definitions',
    pg_temp.not_minded($$SELECT * FROM cg_export('mine')$$));
SELECT pg_temp.check('row_security: cg_verify reads all of the store',
    pg_temp.not_minded($$SELECT * FROM cg_verify('mine')$$) = '');
SELECT pg_temp.check('row_security: cg_index_content reads what it indexes',
    pg_temp.not_minded($$SELECT cg_index_content('mine')$$) !~ 'files|chunks|contents|content_segments');

-- ---- what is hidden is not damaged
SELECT cg_set_ref('mine', 'ref', 's') AS named \gset
SET codegraph.graph_cache_size = 0;
CREATE TEMP TABLE questions (asked text);
INSERT INTO questions VALUES ($$cg_chunks('mine', 's')$$), ($$cg_chunk('mine', 's', 'mine.f')$$), ($$cg_chunks_by_fqn('mine.f', 'mine')$$),
    ($$cg_file_chunks('mine', 's', 'f.py')$$), ($$cg_files('mine', 's')$$), ($$cg_dependencies('mine', 's')$$),
    ($$cg_dependencies_from('mine', 's', 'mine.f')$$), ($$cg_transitive_dependencies('mine', 's', 'mine.f')$$),
    ($$cg_transitive_dependents('mine', 's', 'mine.g')$$), ($$cg_count_dependents('mine', 's', 'mine.g')$$),
    ($$cg_dependency_path('mine', 's', 'mine.f', 'mine.g')$$), ($$cg_cycles('mine', 's')$$), ($$cg_importance('mine', 's')$$),
    ($$cg_unreferenced('mine', 's')$$), ($$cg_graph_dot('mine', 's', 'mine.f')$$), ($$cg_impact('mine', 's', 'hidden')$$),
    ($$cg_compare_commits('mine', 's', 'hidden')$$), ($$cg_compare_files('mine', 's', 'hidden')$$),
    ($$cg_search_content('def', 50, 'mine', 's')$$), ($$cg_search_content('def')$$), ($$cg_log('mine')$$),
    ($$cg_chunk_history('mine', 'mine.f')$$), ($$cg_snapshots('mine')$$), ($$cg_refs('mine')$$), ($$cg_chunks('mine', 'ref')$$),
    ($$cg_set_ref('mine', 'ref', 'hidden')$$), ($$cg_set_ref('mine', 'ref')$$), ($$cg_stats('mine')$$), ($$cg_file_hash('mine', 's', 'f.py')$$),
    ($$cg_save_chunk('mine', 's', '{"file_path": "f.py", "content": "def f", "fqn": "mine.f", "summary": "x"}')$$),
    ($$cg_replace_file('mine', 's', 's', 'n.py', '[{"content": "def f", "fqn": "mine.f2"}]')$$),
    ($$cg_create_snapshot('mine', 'hidden')$$), ($$cg_save_repository('mine', 'again')$$),
    ($$cg_chunks('mine', 's@{0}')$$), ($$cg_rollback('mine', 's', 0)$$), ($$cg_delete_snapshot('mine', 'hidden')$$);
GRANT SELECT ON questions TO codegraph_test_tenant;
CREATE FUNCTION pg_temp.wrong_words(relation text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE
    words text;
BEGIN
    PERFORM pg_temp.protect(relation, 'false');
    SET LOCAL ROLE codegraph_test_tenant;
    SELECT string_agg(asked || ': ' || outcome, '; ') INTO words
    FROM (SELECT asked, pg_temp.outcome('SELECT * FROM ' || asked) AS outcome FROM questions) answers
    WHERE outcome NOT LIKE 'ok%' AND outcome NOT LIKE '42704%' AND outcome NOT LIKE '42501%';
    RESET ROLE;
    PERFORM pg_temp.expose(relation);
    RETURN words;
END $$;
SELECT pg_temp.check_equal('row_security: nothing hidden in ' || name || ' is called damaged or changed meanwhile', NULL, pg_temp.wrong_words(name))
FROM tables ORDER BY name;

-- What is hidden of a log would stay when its snapshot is gone.
SELECT pg_temp.protect('codegraph_log', 'revision > 0');
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check_equal('row_security: a snapshot is not deleted whose log is hidden in part',
    '42501 cg_delete_snapshot: revisions of snapshot "s" are missing: is it hidden by row-level security?',
    pg_temp.outcome($$SELECT cg_delete_snapshot('mine', 's')$$));
RESET ROLE;
ALTER POLICY tested ON codegraph_log USING (true);
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check_equal('row_security: it is where all is seen', 'ok', pg_temp.outcome_undone($$SELECT cg_delete_snapshot('mine', 'hidden')$$));
RESET ROLE;
SELECT pg_temp.expose('codegraph_log');

-- A policy for SELECT alone shows a snapshot that nobody can write.
ALTER TABLE codegraph_snapshots ENABLE ROW LEVEL SECURITY;
CREATE POLICY tested ON codegraph_snapshots FOR SELECT USING (true);
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check_equal('row_security: what is shown for reading alone: ' || asked, '42501', left(pg_temp.outcome('SELECT ' || asked), 5))
FROM unnest(ARRAY[$$cg_delete_snapshot('mine', 's')$$, $$cg_seal_snapshot('mine', 's')$$,
    $$cg_create_snapshot('mine', 's', 'beef')$$, $$cg_save_chunk('mine', 's', '{"file_path": "f.py", "content": "y"}')$$]) asked;
RESET ROLE;
SELECT pg_temp.expose('codegraph_snapshots');

SELECT pg_temp.protect('codegraph_tree_nodes', 'false');
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check('row_security: the error asks what it suspects',
    pg_temp.outcome($$SELECT * FROM cg_chunks('mine', 's')$$) ~ '^42501 cg_chunks: tree node [0-9a-f]{64} is missing: is it hidden by row-level security\?$');
SELECT pg_temp.check_equal('row_security: and the hint names the table',
    'Row-level security applies to you on codegraph_tree_nodes. A policy must show or hide everything of a repository, in all tables alike.',
    pg_temp.hint($$SELECT * FROM cg_chunks('mine', 's')$$));
RESET ROLE;
SELECT pg_temp.expose('codegraph_tree_nodes');
BEGIN;
DELETE FROM codegraph_tree_nodes;
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check_equal('row_security: without a policy a missing row is damage', 'XX001', left(pg_temp.outcome($$SELECT * FROM cg_chunks('mine', 's')$$), 5));
RESET ROLE;
ROLLBACK;
SELECT pg_temp.protect('codegraph_repositories', $$repo_id = 'theirs'$$);
ALTER POLICY tested ON codegraph_repositories WITH CHECK (true);
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check_equal('row_security: a hidden repository is not saved', '42501 new row violates row-level security policy for table "codegraph_repositories"',
    pg_temp.outcome($$SELECT cg_save_repository('mine')$$));
RESET ROLE;
SELECT pg_temp.expose('codegraph_repositories');

-- ---- a policy by a setting, and graphs in memory
SET codegraph.graph_cache_size = '64MB';
CREATE FUNCTION pg_temp.reached(repo text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(chunk_id, fqn), ',') FROM cg_transitive_dependencies(repo, 's', repo || '.f') $$;
-- Whether a call answers within three requests (the repository, the snapshot, the rights), so without loading.
CREATE FUNCTION pg_temp.is_kept(repo text) RETURNS boolean LANGUAGE plpgsql SET codegraph.debug_fail_request = 4 AS $$ BEGIN
    PERFORM cg_count_dependencies(repo, 's', repo || '.f');
    RETURN true;
EXCEPTION WHEN internal_error THEN
    RETURN false;
END $$;
SELECT pg_temp.check_equal('row_security: without policies', 'mine:f.py:g:2-2', pg_temp.reached('mine'));
SELECT pg_temp.check('row_security: a graph is kept', pg_temp.is_kept('mine'));
SELECT pg_temp.protect('codegraph_files', $$repo_key = (SELECT repo_key FROM codegraph_repositories WHERE repo_id = current_setting('app.tenant', true))$$);
SELECT pg_temp.check('row_security: it is also where the policy is not for the caller', pg_temp.is_kept('mine'));
SET ROLE codegraph_test_tenant;
SET app.tenant = 'mine';
SELECT pg_temp.check_equal('row_security: a tenant sees his own', 'mine:f.py:g:2-2', pg_temp.reached('mine'));
SELECT pg_temp.check('row_security: his graph is not kept', NOT pg_temp.is_kept('mine'));
SET app.tenant = 'theirs';
SELECT pg_temp.check_equal('row_security: and with another setting what that one''s is', 'theirs:g.py:h:1-1', pg_temp.reached('theirs'));
SELECT pg_temp.check_equal('row_security: no longer his own: ' || asked, '42501', left(pg_temp.outcome('SELECT * FROM ' || asked), 5))
FROM questions WHERE asked ~ 'transitive|count_dep|cycles|importance|path|dot|dependencies';
SET app.tenant = 'mine';
SELECT pg_temp.check_equal('row_security: and back', 'mine:f.py:g:2-2', pg_temp.reached('mine'));
SELECT pg_temp.check_equal('row_security: a tenant cannot vouch', '42501', left(pg_temp.outcome('SET codegraph.row_security_by_repository = on'), 5));
RESET ROLE;
SELECT pg_temp.expose('codegraph_files');

-- The superuser vouches: the row of the repository decides.
SELECT pg_temp.protect(name, $$repo_key = current_setting('app.key', true)::bigint$$) FROM tables;
SELECT repo_key AS mine FROM codegraph_repositories WHERE repo_id = 'mine' \gset
SELECT repo_key AS theirs FROM codegraph_repositories WHERE repo_id = 'theirs' \gset
SET codegraph.row_security_by_repository = on;
SET ROLE codegraph_test_tenant;
SET app.key = :mine;
SELECT pg_temp.check_equal('row_security: vouched for, a tenant sees his own', 'mine:f.py:g:2-2', pg_temp.reached('mine'));
SELECT pg_temp.check('row_security: from a graph that is kept', pg_temp.is_kept('mine'));
SELECT pg_temp.check_equal('row_security: and not the other''s', '42704', left(pg_temp.outcome($$SELECT pg_temp.reached('theirs')$$), 5));
SET app.key = :theirs;
SELECT pg_temp.check_equal('row_security: another tenant sees the other''s', 'theirs:g.py:h:1-1', pg_temp.reached('theirs'));
SELECT pg_temp.check_equal('row_security: and not the first one''s, though that is kept', '42704', left(pg_temp.outcome($$SELECT pg_temp.reached('mine')$$), 5));
SELECT pg_temp.check_equal('row_security: a tenant writes', 'theirs:t.py:t:1-1', cg_save_chunk('theirs', 's', '{"file_path": "t.py", "content": "t", "fqn": "theirs.t"}'));
SELECT pg_temp.check_equal('row_security: but not into another''s repository', '42704',
    left(pg_temp.outcome($$SELECT cg_save_chunk('mine', 's', '{"file_path": "t.py", "content": "t", "fqn": "t"}')$$), 5));
RESET ROLE;
SET codegraph.row_security_by_repository = off;
SET ROLE codegraph_test_tenant;
SELECT pg_temp.check('row_security: nobody vouches any more', NOT pg_temp.is_kept('theirs'));
RESET ROLE;
SELECT pg_temp.expose(name) FROM tables;

-- ---- a writer who does not see all indexes nothing
SELECT cg_save_repository('indexed') AS saved \gset
SELECT cg_create_snapshot('indexed', 's') AS saved \gset
SET codegraph.auto_index_content = 2;
SELECT pg_temp.protect('codegraph_contents', 'true');
SET ROLE codegraph_test_tenant;
SELECT count(pg_temp.fill('indexed', 's', 'x')) AS filled \gset
RESET ROLE;
SELECT pg_temp.check_equal('row_security: a writer who may not see all indexes no contents', '0', count(*)::text)
FROM codegraph_content_segments s JOIN codegraph_repositories r USING (repo_key) WHERE repo_id = 'indexed';
SELECT pg_temp.expose('codegraph_contents');

-- ---- SELECT is revoked: warm or cold, the same answer
CREATE FUNCTION pg_temp.answers() RETURNS text[] LANGUAGE sql AS $$
    SELECT array_agg(asked || ': ' || pg_temp.outcome('SELECT * FROM ' || asked) ORDER BY asked)
    FROM questions WHERE asked !~ 'save|replace|create' $$;
CREATE FUNCTION pg_temp.kept_from(relation text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE
    warm text[];
    cold text[];
BEGIN
    EXECUTE format('GRANT SELECT ON %I TO codegraph_test_tenant', relation);
    SET LOCAL ROLE codegraph_test_tenant;
    PERFORM pg_temp.answers();
    RESET ROLE;
    EXECUTE format('REVOKE SELECT ON %I FROM codegraph_test_tenant', relation);
    SET LOCAL ROLE codegraph_test_tenant;
    warm := pg_temp.answers();
    PERFORM set_config('codegraph.graph_cache_size', '0', true);
    cold := pg_temp.answers();
    RESET ROLE;
    PERFORM set_config('codegraph.graph_cache_size', '64MB', true);
    EXECUTE format('GRANT SELECT ON %I TO codegraph_test_tenant', relation);
    RETURN (SELECT string_agg(w || ' | ' || c, '; ') FROM unnest(warm, cold) AS pairs (w, c) WHERE w <> c);
END $$;
SELECT pg_temp.check_equal('row_security: without SELECT on ' || name || ' memory gives nothing more', NULL, pg_temp.kept_from(name))
FROM tables ORDER BY name;
DROP OWNED BY codegraph_test_tenant;
DROP ROLE codegraph_test_tenant;
SELECT 'ok row_security: reached the end';
