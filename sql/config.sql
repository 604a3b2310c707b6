\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Settings of the connection.

SELECT cg_config('graph_cache_size'), cg_config('auto_index_content');
SELECT cg_config('graph_cache_size', '64MB');
SELECT cg_config('graph_cache_size', NULL);
SELECT cg_config('graph_cache_size', '1024');
SELECT cg_config('graph_cache_size', ' 3 kB ');
SELECT cg_config('graph_cache_size', '2GB');
SELECT cg_config('graph_cache_size', '2047GB');
SELECT cg_config('graph_cache_size', '1TB');
SELECT cg_config('graph_cache_size', '0');
-- told in the greatest unit that leaves a whole number
SELECT cg_config('graph_cache_size', '1');
SELECT cg_config('graph_cache_size', '1025');
SELECT cg_config('graph_cache_size', '1048576kB');
SELECT cg_config('graph_cache_size', '2147483647');
SELECT cg_config('graph_cache_size', '0GB');
-- what is no size changes nothing
SELECT cg_config('graph_cache_size', '-1');
SELECT cg_config('graph_cache_size', '64 mb');
SELECT cg_config('graph_cache_size', '1.5GB');
SELECT cg_config('graph_cache_size', '2TB');
SELECT cg_config('graph_cache_size', '2147483648');
SELECT cg_config('graph_cache_size', '99999999999999999999');
SELECT cg_config('graph_cache_size', '');
SELECT cg_config('graph_cache_size', ' ');
SELECT cg_config('graph_cache_size', 'MB');
SELECT cg_config('graph_cache_size', '64MB64');
SELECT cg_config('graph_cache_size', '0x10');
SELECT cg_config('graph_cache_size', '+1');
SELECT cg_config('graph_cache_size', 'much');
\if :{?SQLITE}
\set state 22023
\else
\set state :LAST_ERROR_SQLSTATE
\endif
\echo :state
SELECT cg_config('graph_cache_size');
-- a number of contents
SELECT cg_config('auto_index_content', '0');
SELECT cg_config('auto_index_content');
SELECT cg_config('auto_index_content', NULL);
SELECT cg_config('auto_index_content', ' 7 ');
SELECT cg_config('auto_index_content', '1000000');
SELECT cg_config('auto_index_content', '1000001');
SELECT cg_config('auto_index_content', '-1');
SELECT cg_config('auto_index_content', '64kB');
SELECT cg_config('auto_index_content', '1.5');
SELECT cg_config('auto_index_content', '');
SELECT cg_config('auto_index_content', 'all');
SELECT cg_config('auto_index_content', '99999999999999999999');
\if :{?SQLITE}
\set state 22023
\else
\set state :LAST_ERROR_SQLSTATE
\endif
\echo :state
SELECT cg_config('auto_index_content');
-- what is no setting, by its exact name
SELECT cg_config('no_such_setting');
SELECT cg_config('no_such_setting', '1');
SELECT cg_config('Actor');
SELECT cg_config('codegraph.graph_cache_size');
SELECT cg_config('');
\if :{?SQLITE}
\set state 22023
\else
\set state :LAST_ERROR_SQLSTATE
\endif
\echo :state
SELECT cg_config(NULL);
SELECT cg_config(NULL, '1');
\if :{?SQLITE}
\set state 22004
\else
\set state :LAST_ERROR_SQLSTATE
\endif
\echo :state

-- nothing kept, and the answer is the same
SELECT cg_save_repository('cf');
SELECT cg_create_snapshot('cf', 'main');
SELECT cg_replace_file('cf', 'main', 'main', 'f', '[{"fqn": "a", "content": ""}, {"fqn": "b", "content": "", "start_line": 2}]', '[{"from_fqn": "a", "to_fqn": "b"}]');
SELECT fqn FROM cg_transitive_dependencies('cf', 'main', 'a');
SELECT fqn FROM cg_transitive_dependents('cf', 'main', 'b');
SELECT cg_count_dependents('cf', 'main', 'b'), (SELECT max(step) FROM cg_dependency_path('cf', 'main', 'a', 'b')) AS steps, (SELECT count(*) FROM cg_importance('cf', 'main')) AS symbols;
SELECT cg_config('graph_cache_size', '256MB');
SELECT fqn FROM cg_transitive_dependents('cf', 'main', 'b');
SELECT cg_config('graph_cache_size', '1kB');
SELECT fqn FROM cg_transitive_dependents('cf', 'main', 'b');
SELECT fqn FROM cg_transitive_dependents('cf', 'main', 'b');

-- SET and SHOW are the same in PostgreSQL
\if :{?SQLITE}
SELECT cg_config('graph_cache_size', '8MB') AS shown, '16MB' AS told, cg_config('auto_index_content', '8') AS number_shown, '16' AS number_told \gset
\else
SELECT cg_config('graph_cache_size', '8MB'), cg_config('auto_index_content', '8') \gset
SELECT current_setting('codegraph.graph_cache_size') AS shown, current_setting('codegraph.auto_index_content') AS number_shown \gset
SET codegraph.graph_cache_size = '16MB';
SET codegraph.auto_index_content = 16;
SELECT cg_config('graph_cache_size') AS told, cg_config('auto_index_content') AS number_told \gset
\endif
\echo :shown :told :number_shown :number_told

-- the actor: SQLite has what was set, PostgreSQL the session user, who cannot be set
\if :{?SQLITE}
SELECT cg_config('actor') IS NULL AND cg_config('actor', 'somebody') = 'somebody' AND cg_config('actor') = 'somebody' AND cg_config('actor', 'é "x"') = 'é "x"' AND cg_config('actor', NULL) = 'é "x"' AS actor_is_right \gset
\else
SELECT cg_config('actor') = session_user AND cg_config('actor', NULL) = session_user AS actor_is_right \gset
\endif
SELECT CASE WHEN :'actor_is_right' IN ('t', '1') THEN 'as it should be' ELSE 'wrong' END AS actor;
\if :{?SQLITE}
\set refusal '22023 cg_config: actor cannot be set in PostgreSQL: it is the session user'
\else
CREATE FUNCTION pg_temp.refusal() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cg_config('actor', 'somebody');
    RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT pg_temp.refusal() AS refusal \gset
\endif
\echo :refusal
