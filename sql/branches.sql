\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- A reader takes a snapshot id, else a branch: the newest snapshot of it. Writers take exact snapshot ids only.

SELECT cg_save_repository('branches');
SELECT cg_create_snapshot('branches', 'new', NULL, 'main', NULL, '2016-02-01T00:00:00Z');
SELECT cg_create_snapshot('branches', 'old', NULL, 'main', NULL, '2016-01-01T00:00:00Z');
SELECT cg_create_snapshot('branches', 'topic-1', NULL, 'topic');
SELECT cg_create_snapshot('branches', 'topic-2', NULL, 'topic');
SELECT cg_save_chunk('branches', 'new', '{"file_path": "new.py", "fqn": "f", "content": "new"}');
SELECT cg_save_chunk('branches', 'old', '{"file_path": "old.py", "fqn": "f", "content": "old"}');
SELECT cg_save_chunk('branches', 'topic-1', '{"file_path": "topic-1.py", "fqn": "f", "content": "topic-1"}');
SELECT cg_save_chunk('branches', 'topic-2', '{"file_path": "topic-2.py", "fqn": "f", "content": "topic-2"}');

-- newest by committed_at, not by when it was made
SELECT file_path FROM cg_files('branches', 'main');
SELECT file_path FROM cg_files('branches', 'old');
-- of two that were made without a time: the later one
SELECT file_path FROM cg_files('branches', 'topic');
-- a snapshot that was committed at the same time but made later is newer
SELECT cg_create_snapshot('branches', 'newer', NULL, 'main', 'old', '2016-02-01T01:00:00+01:00');
SELECT file_path FROM cg_files('branches', 'main');
-- every reader takes a branch
SELECT content FROM cg_chunks('branches', 'topic');
SELECT content FROM cg_chunk('branches', 'topic', 'f');
SELECT content FROM cg_file_chunks('branches', 'topic', 'topic-2.py');
SELECT content FROM cg_chunks_by_kind('branches', 'topic', 'unknown');
SELECT cg_count_chunks('branches', 'topic'), cg_file_hash('branches', 'topic', 'topic-2.py');
SELECT CASE WHEN cg_snapshot_root('branches', 'topic') = cg_snapshot_root('branches', 'topic-2') THEN 'same' END AS root;
SELECT * FROM cg_changed_files('branches', 'topic', '{}');
SELECT * FROM cg_dependencies('branches', 'topic');
SELECT * FROM cg_dependencies_from('branches', 'topic', 'f');
SELECT * FROM cg_dependencies_to('branches', 'topic', 'f');
SELECT * FROM cg_transitive_dependencies('branches', 'topic', 'f');
SELECT * FROM cg_transitive_dependents('branches', 'topic', 'f');
SELECT change, fqn, old_file_path, new_file_path FROM cg_compare_commits('branches', 'topic', 'main');
SELECT change, file_path FROM cg_compare_files('branches', 'topic', 'main');

-- an exact snapshot id always wins
SELECT cg_create_snapshot('branches', 'main', NULL, 'elsewhere');
SELECT cg_save_chunk('branches', 'main', '{"file_path": "id.py", "content": "id"}');
SELECT file_path FROM cg_files('branches', 'main');
SELECT cg_delete_snapshot('branches', 'main');
SELECT file_path FROM cg_files('branches', 'main');
-- a snapshot joins another branch, and leaves it
SELECT cg_create_snapshot('branches', 'newer', NULL, 'topic');
SELECT file_path FROM cg_files('branches', 'main');
SELECT file_path FROM cg_files('branches', 'topic');
SELECT cg_delete_snapshot('branches', 'topic-2');
SELECT file_path FROM cg_files('branches', 'topic');

-- neither an id nor a branch; branches compare by bytes
SELECT * FROM cg_files('branches', 'nothing');
SELECT * FROM cg_files('branches', 'Topic');
SELECT * FROM cg_files('branches', '');
-- a snapshot without branch is not found by an empty one
SELECT cg_create_snapshot('branches', 'no branch');
SELECT cg_count_chunks('branches', '');

-- writers refuse a branch
SELECT cg_save_chunk('branches', 'topic', '{"file_path": "x.py", "content": "x"}');
SELECT cg_save_chunks('branches', 'topic', '[]');
SELECT cg_save_dependency('branches', 'topic', '{"from_fqn": "f", "to_fqn": "g"}');
SELECT cg_save_dependencies('branches', 'topic', '[]');
SELECT cg_replace_file('branches', 'topic', 'x', 'x.py', '[]');
SELECT cg_replace_file('branches', 'topic', 'topic', 'x.py', '[]');
SELECT cg_replace_files('branches', 'topic', 'x', '[]');
SELECT cg_soft_delete_file_chunks('branches', 'topic', 'topic-1.py');
SELECT cg_restore_file_chunks('branches', 'topic', 'topic-1.py');
SELECT cg_update_file_metadata('branches', 'topic', 'topic-1.py', 'h');
SELECT cg_create_snapshot('branches', 'x', NULL, NULL, 'topic');
SELECT cg_delete_snapshot('branches', 'topic');
SELECT snapshot_id, branch_name, revision FROM cg_snapshots('branches');
