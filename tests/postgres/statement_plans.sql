-- Runs calls of all kinds with the plans of their statements written to the client: run.sh looks at these. The tables are
-- small and analysed, which is when a planner likes to read them as a whole. `condition` is that of a policy on each
-- table; none where it is empty.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS codegraph CASCADE;
DROP TABLE IF EXISTS tenants;
DROP ROLE IF EXISTS codegraph_test_planned;
CREATE EXTENSION codegraph;
CREATE TABLE tenants (tenant name, repo_key bigint);
CREATE ROLE codegraph_test_planned;
INSERT INTO tenants SELECT 'codegraph_test_planned', i FROM generate_series(1, 100) i;
GRANT SELECT ON tenants TO codegraph_test_planned;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO codegraph_test_planned;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO codegraph_test_planned;
SELECT set_config('test.condition', :'condition', false) AS condition \gset
SELECT cg_save_repository('r') AS saved \gset
SELECT cg_create_snapshot('r', 's') AS saved \gset
SELECT count(cg_replace_file('r', 's', 's', 'f.py', '[{"content": "f", "fqn": "f"}, {"content": "g", "fqn": "g", "start_line": 2}]',
    '[{"from_fqn": "f", "to_fqn": "g"}]')) AS filled \gset
SELECT cg_index_content('r') AS indexed \gset
DO $$ DECLARE
    relation text;
BEGIN
    FOR relation IN SELECT relname FROM pg_class WHERE relname LIKE 'codegraph\_%' AND relkind = 'r' LOOP
        EXECUTE format('ANALYZE %I', relation);
        CONTINUE WHEN current_setting('test.condition') = '';
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', relation);
        EXECUTE format('CREATE POLICY planned ON %I USING (%s)', relation,
            CASE relation WHEN 'codegraph_repositories' THEN 'repo_id = ''r''' ELSE current_setting('test.condition') END);
    END LOOP;
END $$;
ANALYZE tenants;
LOAD 'auto_explain';
SET auto_explain.log_min_duration = 0;
SET auto_explain.log_nested_statements = on;
SET codegraph.graph_cache_size = 0;
SET ROLE codegraph_test_planned;
SET client_min_messages = log;
SELECT count(cg_replace_files('r', 's', 't', '[{"file_path": "g.py", "chunks": [{"content": "h", "fqn": "h"}, {"content": "i", "fqn": "i", "start_line": 2}],
    "dependencies": [{"from_fqn": "h", "to_fqn": "g"}]}]'));
SELECT count(*) FROM cg_chunks('r', 's');
SELECT count(*) FROM cg_chunk('r', 's', 'f');
SELECT count(*) FROM cg_file_chunks('r', 's', 'f.py');
SELECT count(*) FROM cg_files('r', 's');
SELECT count(*) FROM cg_dependencies('r', 's');
SELECT count(*) FROM cg_transitive_dependents('r', 's', 'g');
SELECT count(*) FROM cg_compare_commits('r', 's', 't');
SELECT count(*) FROM cg_chunk_history('r', 'f');
SELECT count(*) FROM cg_search_content('f', 50, 'r', 's');
SELECT count(*) FROM cg_search_content('function', 50, 'r', 's');
SELECT count(*) FROM cg_log('r', 't');
SELECT cg_save_chunk('r', 't', '{"file_path": "f.py", "content": "j", "fqn": "j", "start_line": 3}');
SELECT cg_save_dependency('r', 't', '{"from_fqn": "j", "to_fqn": "g"}');
SELECT cg_rollback('r', 't', 1);
SELECT cg_create_snapshot('r', 't', 'abcdef0123');
SELECT cg_set_ref('r', 'v1', 't');
SELECT count(*) FROM cg_refs('r');
SELECT cg_count_chunks('r', 'v1'), cg_count_chunks('r', 'abcdef0123'), cg_count_chunks('r', 'abcdef0'), cg_count_chunks('r', 't~1');
SELECT cg_delete_snapshot('r', 't');
RESET ROLE;
SELECT cg_gc('r');
SELECT cg_prune('r', 1);
SELECT cg_set_ref('r', 'v1', 's');
SELECT count(*) FROM cg_verify('r') WHERE problem <> '';
