\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- What is named must be there: repositories and snapshots everywhere, chunks for dependencies and traversals.
-- Other readers answer an unknown chunk, file or FQN with no rows, or NULL.

SELECT cg_save_repository('objects');
SELECT cg_create_snapshot('objects', 'main');
SELECT cg_save_chunk('objects', 'main', '{"file_path": "a.py", "fqn": "a.f", "content": "f"}');

-- unknown repository
SELECT cg_create_snapshot('objects-not', 'main');
SELECT cg_save_chunk('objects-not', 'main', '{"file_path": "a", "content": ""}');
SELECT cg_save_chunks('objects-not', 'main', '[]');
SELECT cg_save_dependency('objects-not', 'main', '{"from_fqn": "a", "to_fqn": "b"}');
SELECT cg_save_dependencies('objects-not', 'main', '[]');
SELECT cg_replace_file('objects-not', 'main', 'main', 'a', '[]');
SELECT cg_replace_files('objects-not', 'main', 'main', '[]');
SELECT cg_soft_delete_file_chunks('objects-not', 'main', 'a');
SELECT cg_restore_file_chunks('objects-not', 'main', 'a');
SELECT cg_update_file_metadata('objects-not', 'main', 'a', 'h');
SELECT cg_delete_snapshot('objects-not', 'main');
SELECT cg_delete_repository('objects-not');
SELECT * FROM cg_snapshots('objects-not');
SELECT * FROM cg_refs('objects-not');
SELECT cg_set_ref('objects-not', 'v1', 'main');
SELECT cg_set_ref('objects-not', 'v1');
SELECT * FROM cg_files('objects-not', 'main');
SELECT * FROM cg_changed_files('objects-not', 'main', '{}');
SELECT * FROM cg_chunks('objects-not', 'main');
SELECT * FROM cg_chunk('objects-not', 'main', 'a');
SELECT * FROM cg_file_chunks('objects-not', 'main', 'a');
SELECT * FROM cg_chunks_by_kind('objects-not', 'main', 'a');
SELECT * FROM cg_chunks_by_fqn('a', 'objects-not');
SELECT * FROM cg_chunk_at('objects-not', 'main', 'a', 1);
SELECT cg_file_content('objects-not', 'main', 'a');
SELECT cg_file_hash('objects-not', 'main', 'a');
SELECT cg_count_chunks('objects-not', 'main');
SELECT cg_snapshot_root('objects-not', 'main');
SELECT * FROM cg_dependencies('objects-not', 'main');
SELECT * FROM cg_dependencies_from('objects-not', 'main', 'a');
SELECT * FROM cg_dependencies_to('objects-not', 'main', 'a');
SELECT * FROM cg_references('objects-not', 'main', 'a');
SELECT * FROM cg_aliases('objects-not', 'main');
SELECT cg_resolve('objects-not', 'main', 'a');
SELECT * FROM cg_symbols('objects-not', 'main');
SELECT * FROM cg_transitive_dependencies('objects-not', 'main', 'a');
SELECT * FROM cg_transitive_dependents('objects-not', 'main', 'a');
SELECT * FROM cg_compare_commits('objects-not', 'main', 'main');
SELECT * FROM cg_compare_dependencies('objects-not', 'main', 'main');
SELECT * FROM cg_compare_files('objects-not', 'main', 'main');
SELECT * FROM cg_stats('objects-not');
SELECT * FROM cg_status('objects-not');

-- unknown snapshot
SELECT cg_save_chunk('objects', 'not', '{"file_path": "a", "content": ""}');
SELECT cg_save_chunks('objects', 'not', '[]');
SELECT cg_save_dependency('objects', 'not', '{"from_fqn": "a", "to_fqn": "b"}');
SELECT cg_save_dependencies('objects', 'not', '[]');
SELECT cg_replace_file('objects', 'not', 'not', 'a', '[]');
SELECT cg_replace_file('objects', 'not', 'new', 'a', '[]');
SELECT cg_replace_files('objects', 'not', 'not', '[]');
SELECT cg_soft_delete_file_chunks('objects', 'not', 'a');
SELECT cg_restore_file_chunks('objects', 'not', 'a');
SELECT cg_update_file_metadata('objects', 'not', 'a', 'h');
SELECT cg_create_snapshot('objects', 'new', NULL, NULL, 'not');
SELECT cg_delete_snapshot('objects', 'not');
SELECT cg_set_ref('objects', 'v1', 'not');
SELECT * FROM cg_files('objects', 'not');
SELECT * FROM cg_changed_files('objects', 'not', '{}');
SELECT * FROM cg_chunks('objects', 'not');
SELECT * FROM cg_chunk('objects', 'not', 'a');
SELECT * FROM cg_file_chunks('objects', 'not', 'a');
SELECT * FROM cg_chunks_by_kind('objects', 'not', 'a');
SELECT * FROM cg_chunk_at('objects', 'not', 'a', 1);
SELECT cg_file_content('objects', 'not', 'a');
SELECT cg_file_hash('objects', 'not', 'a');
SELECT cg_count_chunks('objects', 'not');
SELECT cg_snapshot_root('objects', 'not');
SELECT * FROM cg_dependencies('objects', 'not');
SELECT * FROM cg_dependencies_from('objects', 'not', 'a');
SELECT * FROM cg_dependencies_to('objects', 'not', 'a');
SELECT * FROM cg_references('objects', 'not', 'a');
SELECT * FROM cg_aliases('objects', 'not');
SELECT cg_resolve('objects', 'not', 'a');
SELECT * FROM cg_symbols('objects', 'not');
SELECT * FROM cg_transitive_dependencies('objects', 'not', 'a');
SELECT * FROM cg_transitive_dependents('objects', 'not', 'a');
SELECT * FROM cg_compare_commits('objects', 'not', 'main');
SELECT * FROM cg_compare_commits('objects', 'main', 'not');
SELECT * FROM cg_compare_dependencies('objects', 'not', 'main');
SELECT * FROM cg_compare_dependencies('objects', 'main', 'not');
SELECT * FROM cg_compare_files('objects', 'not', 'main');
SELECT * FROM cg_compare_files('objects', 'main', 'not');

-- unknown chunk, file, FQN, kind
SELECT cg_save_dependency('objects', 'main', '{"from_fqn": "not", "to_fqn": "a.f"}');
SELECT cg_save_dependency('objects', 'main', '{"from_chunk_id": "not", "to_fqn": "a.f"}');
SELECT cg_save_dependency('objects', 'main', '{"from_fqn": "a.f", "to_chunk_id": "not"}');
SELECT * FROM cg_transitive_dependencies('objects', 'main', 'not');
SELECT * FROM cg_transitive_dependents('objects', 'main', 'not');
SELECT chunk_id FROM cg_chunk('objects', 'main', 'not');
SELECT chunk_id FROM cg_file_chunks('objects', 'main', 'not');
SELECT chunk_id FROM cg_chunks_by_kind('objects', 'main', 'not');
SELECT chunk_id FROM cg_chunks_by_fqn('not', 'objects');
SELECT to_fqn FROM cg_dependencies_from('objects', 'main', 'not');
SELECT to_fqn FROM cg_dependencies_to('objects', 'main', 'not');
SELECT line FROM cg_references('objects', 'main', 'not');
SELECT cg_resolve('objects', 'main', 'not');
SELECT fqn FROM cg_symbols('objects', 'main', 'not');
SELECT chunk_id FROM cg_chunk_at('objects', 'main', 'not', 1);
SELECT cg_file_content('objects', 'main', 'not');
SELECT cg_file_hash('objects', 'main', 'not');
SELECT cg_soft_delete_file_chunks('objects', 'main', 'not'), cg_restore_file_chunks('objects', 'main', 'not');

-- a failed call in a transaction leaves nothing of itself: back at the savepoint, the rest is as it was
BEGIN;
SELECT cg_save_chunk('objects', 'main', '{"file_path": "b.py", "content": "b"}');
SAVEPOINT before;
SELECT cg_save_chunk('objects', 'not', '{"file_path": "c.py", "content": "c"}');
ROLLBACK TO SAVEPOINT before;
SELECT cg_save_chunks('objects', 'main', '[{"file_path": "d.py", "content": "d"}, {"file_path": "e.py", "content": "e", "chunk_id": "objects:a.py:f:1-1"}]');
ROLLBACK TO SAVEPOINT before;
SELECT cg_save_chunk('objects', 'main', '{"file_path": "f.py", "content": "f"}');
COMMIT;
SELECT file_path FROM cg_files('objects', 'main');
SELECT snapshot_id, revision FROM cg_snapshots('objects');
