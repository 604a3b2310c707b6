\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Forgetting revisions and freeing what nothing reaches any more.

SELECT cg_save_repository('retention');
SELECT cg_create_snapshot('retention', 'main');
SELECT cg_save_chunk('retention', 'main', '{"file_path": "a.py", "fqn": "a", "content": "a1"}');
SELECT cg_replace_file('retention', 'main', 'main', 'a.py', '[{"fqn": "a", "content": "a2"}]');
SELECT cg_replace_file('retention', 'main', 'main', 'a.py', '[{"fqn": "a", "kind": "method", "content": "a3"}, {"fqn": "b", "start_line": 2, "chunk_id": "mine", "content": "shared"}]', '[{"from_fqn": "a", "to_fqn": "outside", "relationship": "IMPORTS"}]');
SELECT cg_replace_file('retention', 'main', 'main', 'a.py', '[{"fqn": "c", "content": "shared"}]');
SELECT file_versions, chunks, contents FROM cg_stats('retention');

-- everything in the log is kept
SELECT cg_gc('retention');
-- without limits nothing is forgotten
SELECT cg_prune('retention');
SELECT cg_prune('retention', 5);
SELECT cg_prune('retention', NULL, '2000-01-01T00:00:00Z');
SELECT cg_prune('retention', 2, '2000-01-01T00:00:00Z');
-- both limits must allow it
SELECT cg_prune('retention', 4, '2999-01-01T00:00:00Z');
SELECT revision, operation FROM cg_log('retention', 'main');
SELECT * FROM cg_files('retention', 'main@{0}');
SELECT cg_rollback('retention', 'main', 0);
SELECT * FROM cg_files('retention', 'main@{2000-01-01T00:00:00Z}');
SELECT content FROM cg_chunks('retention', 'main@{1}');
SELECT cg_gc('retention');
SELECT cg_prune('retention', 3);
SELECT cg_gc('retention');
SELECT cg_gc('retention');
SELECT content FROM cg_chunks('retention', 'main@{2}');
SELECT fqn, content FROM cg_chunks('retention', 'main@{3}');
-- all but the current one; its contents stay, also those that a forgotten revision shares
SELECT cg_prune('retention', NULL, '2999-01-01T00:00:00Z');
SELECT cg_gc('retention');
SELECT file_versions, chunks, contents FROM cg_stats('retention');
SELECT fqn, content FROM cg_chunks('retention', 'main');
SELECT fqn, content FROM cg_chunks('retention', 'main@{4}');
SELECT count(*) FROM cg_chunks_by_fqn('a', 'retention');
-- what was freed can be saved again
SELECT cg_replace_file('retention', 'main', 'main', 'a.py', '[{"fqn": "a", "kind": "method", "content": "a3"}, {"fqn": "b", "start_line": 2, "chunk_id": "mine", "content": "shared"}]', '[{"from_fqn": "a", "to_fqn": "outside", "relationship": "IMPORTS"}]');
SELECT fqn, kind, content FROM cg_chunks('retention', 'main');
SELECT fqn FROM cg_chunk('retention', 'main', 'mine');
SELECT from_fqn, to_fqn, relationship FROM cg_dependencies('retention', 'main');

-- snapshots share; deleting one frees what it alone had
SELECT cg_create_snapshot('retention', 'other', NULL, NULL, 'main');
SELECT cg_save_chunk('retention', 'other', '{"file_path": "o.py", "fqn": "o", "content": "o"}');
SELECT cg_prune('retention', 1);
SELECT cg_gc('retention');
SELECT cg_delete_snapshot('retention', 'main');
SELECT cg_gc('retention');
SELECT fqn, content FROM cg_chunks('retention', 'other');
SELECT cg_delete_snapshot('retention', 'other');
SELECT cg_gc('retention');
SELECT snapshots, file_versions, chunks, contents, storage_bytes FROM cg_stats('retention');

-- soft-deleted files are kept while a snapshot has them
SELECT cg_create_snapshot('retention', 'soft');
SELECT cg_save_chunk('retention', 'soft', '{"file_path": "s.py", "fqn": "s", "content": "s"}');
SELECT cg_soft_delete_file_chunks('retention', 'soft', 's.py');
SELECT cg_prune('retention', 1);
SELECT cg_gc('retention');
SELECT cg_restore_file_chunks('retention', 'soft', 's.py');
SELECT content FROM cg_chunks('retention', 'soft');

-- sealed snapshots are pruned too; only one repository is looked at
SELECT cg_save_repository('retention-2');
SELECT cg_create_snapshot('retention-2', 'main');
SELECT cg_save_chunk('retention-2', 'main', '{"file_path": "a.py", "fqn": "a", "content": "a1"}');
SELECT cg_replace_file('retention-2', 'main', 'main', 'a.py', '[]');
SELECT cg_seal_snapshot('retention-2', 'main');
SELECT cg_gc('retention');
SELECT cg_prune('retention-2', 1);
SELECT cg_gc('retention');
SELECT CASE WHEN cg_gc() IS NOT NULL THEN 'done' END AS gc;
SELECT cg_gc('retention-2');
SELECT cg_count_chunks('retention-2', 'main');

-- what is refused
SELECT cg_prune('retention', 0);
SELECT cg_prune('retention', -1);
SELECT cg_prune('retention', NULL, 'yesterday');
SELECT cg_prune('nothing', 1);
SELECT cg_prune(NULL, 1);
SELECT cg_gc('nothing');
