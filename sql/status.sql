\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- The state of repositories, and what the connection keeps in memory.

SELECT cg_config('auto_index_content', '0');
SELECT cg_save_repository('status-a');
SELECT cg_save_repository('status-b');
SELECT repo_id, snapshots, revisions, file_versions, contents_not_indexed, graph_images, graph_image_bytes, graph_image_hits FROM cg_status('status-b') WHERE format > 0;
SELECT cg_create_snapshot('status-a', 'main');
SELECT cg_replace_file('status-a', 'main', 'main', 'f', '[{"fqn": "a", "content": "a"}, {"fqn": "b", "content": "b", "start_line": 2}]', '[{"from_fqn": "a", "to_fqn": "b"}]');
SELECT cg_replace_file('status-a', 'main', 'next', 'g', '[{"fqn": "c", "content": "c"}]');
SELECT snapshots, revisions, file_versions, contents_not_indexed FROM cg_status('status-a');
-- the last write is that of a snapshot or of the repository's data
SELECT count(*) FROM cg_status('status-a') s WHERE s.last_write_at = (SELECT max(updated_at) FROM cg_snapshots('status-a'));
SELECT count(*) FROM cg_status('status-b') s WHERE s.last_write_at = (SELECT updated_at FROM cg_repositories() WHERE repo_id = 'status-b');
-- indexed, pruned, deleted
SELECT cg_index_content('status-a');
SELECT cg_prune('status-a', 1);
SELECT cg_delete_snapshot('status-a', 'next');
SELECT snapshots, revisions, file_versions, contents_not_indexed FROM cg_status('status-a');

-- graphs that are kept, calls that found theirs, and calls that did not
SELECT cg_config('graph_cache_size', '64MB');
SELECT graph_hits AS hits, graph_misses AS misses FROM cg_status('status-a') \gset
SELECT cg_count_dependents('status-a', 'main', 'b');
SELECT cg_count_dependents('status-a', 'main', 'b');
SELECT cg_count_dependents('status-a', 'main', 'a');
SELECT graph_hits - :hits AS hits, graph_misses - :misses AS misses FROM cg_status('status-a');
SELECT count(*) FROM cg_status('status-a') WHERE kept_graphs > 0 AND kept_graph_bytes > 0;
SELECT cg_config('graph_cache_size', '0');
SELECT kept_graphs, kept_graph_bytes FROM cg_status('status-a');

-- all repositories, in the order of their ids; the columns of the connection are the same in each row
SELECT repo_id, snapshots FROM cg_status() WHERE repo_id LIKE 'status-%';
SELECT count(*) FROM (SELECT DISTINCT kept_graphs, kept_graph_bytes, graph_hits, graph_misses FROM cg_status(NULL)) AS of_connection;
-- an import that has not ended, and a repository of a newer version
UPDATE codegraph_repositories SET format = 0 WHERE repo_id = 'status-a';
UPDATE codegraph_repositories SET format = 1000 WHERE repo_id = 'status-b';
SELECT repo_id, format, snapshots, revisions, file_versions, contents_not_indexed, last_write_at FROM cg_status() WHERE repo_id LIKE 'status-%' AND repo_id <> 'status-a';
SELECT repo_id, format, snapshots, revisions FROM cg_status('status-a');
SELECT repo_id, format, snapshots, revisions FROM cg_status('status-b');
UPDATE codegraph_repositories SET format = (SELECT max(format) FROM codegraph_repositories WHERE format < 1000) WHERE repo_id LIKE 'status-%';
SELECT * FROM cg_status('status-not');
SELECT * FROM cg_status('');
SELECT cg_delete_repository('status-a'), cg_delete_repository('status-b');
SELECT cg_config('graph_cache_size', '256MB'), cg_config('auto_index_content', '500');
