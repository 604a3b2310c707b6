\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Deleting snapshots and repositories, for good.

SELECT cg_save_repository('delete');
SELECT cg_create_snapshot('delete', 'base', NULL, 'main');
SELECT cg_replace_file('delete', 'base', 'base', 'a.py', '[{"fqn": "a.f", "content": "f"}]', '[{"from_fqn": "a.f", "to_fqn": "b.g"}]');
SELECT cg_replace_file('delete', 'base', 'derived', 'b.py', '[{"fqn": "b.g", "content": "g"}]');
SELECT cg_create_snapshot('delete', 'copy', NULL, NULL, 'base');
-- snapshots made from it keep their content, and its id as their base
SELECT cg_delete_snapshot('delete', 'base');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('delete');
SELECT chunk_id, content FROM cg_chunks('delete', 'derived');
SELECT from_chunk_id, to_chunk_id FROM cg_dependencies('delete', 'derived');
SELECT chunk_id, content FROM cg_chunks('delete', 'copy');
SELECT depth, fqn, is_external FROM cg_transitive_dependencies('delete', 'copy', 'a.f');
-- it is gone for readers, as a branch too, and for writers
SELECT cg_count_chunks('delete', 'base');
SELECT cg_count_chunks('delete', 'main');
SELECT cg_save_chunks('delete', 'base', '[]');
SELECT cg_create_snapshot('delete', 'x', NULL, NULL, 'base');
SELECT cg_delete_snapshot('delete', 'base');
-- the recorded base may be given again, although it is gone
SELECT cg_create_snapshot('delete', 'copy', NULL, NULL, 'base');
-- its id is free again: a new, empty snapshot
SELECT cg_create_snapshot('delete', 'base');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('delete');
SELECT cg_count_chunks('delete', 'base');

-- a repository goes with all its snapshots; others stay, also those that hold the same content
SELECT cg_save_repository('delete-other');
SELECT cg_create_snapshot('delete-other', 'main');
SELECT cg_replace_file('delete-other', 'main', 'main', 'a.py', '[{"fqn": "a.f", "content": "f"}]', '[{"from_fqn": "a.f", "to_fqn": "b.g"}]');
SELECT cg_delete_repository('delete');
SELECT cg_delete_repository('delete');
SELECT * FROM cg_snapshots('delete');
SELECT cg_count_chunks('delete', 'copy');
SELECT snapshot_id, chunk_id FROM cg_chunks_by_fqn('a.f', 'delete');
SELECT repo_id FROM cg_repositories() WHERE repo_id LIKE 'delete%';
SELECT chunk_id, content FROM cg_chunks('delete-other', 'main');
SELECT from_chunk_id, to_fqn FROM cg_dependencies('delete-other', 'main');
-- the id is free again, and nothing of before is there
SELECT cg_save_repository('delete');
SELECT * FROM cg_stats('delete');
SELECT cg_create_snapshot('delete', 'copy');
SELECT cg_replace_file('delete', 'copy', 'copy', 'a.py', '[{"fqn": "a.f", "content": "f"}]', '[{"from_fqn": "a.f", "to_fqn": "b.g"}]');
SELECT snapshot_id, revision, base_snapshot_id FROM cg_snapshots('delete');
SELECT chunk_id, content FROM cg_chunk('delete', 'copy', 'a.f');
SELECT CASE WHEN cg_snapshot_root('delete', 'copy') = cg_snapshot_root('delete-other', 'main') THEN 'same' END AS root;
SELECT cg_delete_repository('delete'), cg_delete_repository('delete-other');

-- in a transaction that is rolled back nothing is deleted
SELECT cg_save_repository('delete-not');
SELECT cg_create_snapshot('delete-not', 'main');
SELECT cg_save_chunk('delete-not', 'main', '{"file_path": "a", "content": "a"}');
BEGIN;
SELECT cg_delete_snapshot('delete-not', 'main');
SELECT cg_delete_repository('delete-not');
ROLLBACK;
SELECT content FROM cg_chunks('delete-not', 'main');
BEGIN;
SAVEPOINT before;
SELECT cg_save_chunk('delete-not', 'main', '{"file_path": "b", "content": "b"}');
SELECT cg_create_snapshot('delete-not', 'second', NULL, NULL, 'main');
ROLLBACK TO SAVEPOINT before;
SELECT cg_save_chunk('delete-not', 'main', '{"file_path": "b", "content": "b"}');
COMMIT;
SELECT content FROM cg_chunks('delete-not', 'main');
SELECT snapshot_id, revision FROM cg_snapshots('delete-not');
SELECT cg_delete_snapshot('nowhere', 'main');
SELECT cg_delete_snapshot('delete-not', NULL);
SELECT cg_delete_repository(NULL);
SELECT cg_delete_repository('');
