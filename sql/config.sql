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

SELECT cg_config('auto_index_content', '0');
-- the actor: whom the log names; without one NULL in SQLite, the session user in PostgreSQL
\if :{?SQLITE}
SELECT cg_config('actor') IS NULL AS is_none \gset
\else
SELECT cg_config('actor') = session_user AS is_none \gset
\endif
SELECT CASE WHEN :'is_none' IN ('t', '1') THEN 'none' ELSE 'wrong' END AS actor;
SELECT cg_config('actor', 'somebody');
SELECT cg_config('actor'), cg_config('actor', NULL);
SELECT cg_config('actor', 'é "x"');
SELECT cg_update_file_metadata('cf', 'main', 'g', 'hash');
SELECT revision, actor FROM cg_log('cf') WHERE revision = 2;
\if :{?SQLITE}
\set local pooled
\set later somebody
\else
BEGIN;
SET LOCAL codegraph.actor = 'pooled';
SELECT cg_config('actor') AS local \gset
COMMIT;
SET codegraph.actor = 'somebody';
SELECT cg_config('actor') AS later \gset
\endif
\echo :local :later
-- an empty one takes it away
\if :{?SQLITE}
SELECT cg_config('actor', '') IS NULL AS is_none \gset
\else
SELECT cg_config('actor', '') = session_user AS is_none \gset
\endif
SELECT CASE WHEN :'is_none' IN ('t', '1') THEN 'none' ELSE 'wrong' END AS actor;
SELECT cg_update_file_metadata('cf', 'main', 'h', 'hash');
\if :{?SQLITE}
SELECT actor IS NULL AS is_none FROM cg_log('cf') WHERE revision = 3 \gset
\else
SELECT actor = session_user AS is_none FROM cg_log('cf') WHERE revision = 3 \gset
\endif
SELECT CASE WHEN :'is_none' IN ('t', '1') THEN 'none' ELSE 'wrong' END AS actor;
