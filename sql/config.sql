\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Settings of the connection.

SELECT cg_config('graph_cache_size');
SELECT cg_config('graph_cache_size', '64MB');
SELECT cg_config('graph_cache_size', NULL);
SELECT cg_config('graph_cache_size', '1024');
SELECT cg_config('graph_cache_size', ' 3 kB ');
SELECT cg_config('graph_cache_size', '2GB');
SELECT cg_config('graph_cache_size', '2047GB');
SELECT cg_config('graph_cache_size', '0');
-- what is no size changes nothing
SELECT cg_config('graph_cache_size', '-1');
SELECT cg_config('graph_cache_size', '64 mb');
SELECT cg_config('graph_cache_size', '1.5GB');
SELECT cg_config('graph_cache_size', '2TB');
SELECT cg_config('graph_cache_size', '99999999999999999999');
SELECT cg_config('graph_cache_size', '');
SELECT cg_config('graph_cache_size');
SELECT cg_config('no_such_setting');
SELECT cg_config(NULL);

-- nothing kept, and the answer is the same
SELECT cg_save_repository('cf');
SELECT cg_create_snapshot('cf', 'main');
SELECT cg_replace_file('cf', 'main', 'main', 'f', '[{"fqn": "a", "content": ""}, {"fqn": "b", "content": "", "start_line": 2}]', '[{"from_fqn": "a", "to_fqn": "b"}]');
SELECT fqn FROM cg_transitive_dependencies('cf', 'main', 'a');
SELECT fqn FROM cg_transitive_dependents('cf', 'main', 'b');
SELECT cg_config('graph_cache_size', '256MB');
SELECT fqn FROM cg_transitive_dependents('cf', 'main', 'b');

-- the actor: SQLite has what was set, PostgreSQL the session user
\if :{?SQLITE}
SELECT cg_config('actor', 'somebody') = 'somebody' AND cg_config('actor') = 'somebody' AS actor_is_right \gset
\else
SELECT cg_config('actor') = session_user AS actor_is_right \gset
\endif
SELECT CASE WHEN :'actor_is_right' IN ('t', '1') THEN 'as it should be' ELSE 'wrong' END AS actor;
