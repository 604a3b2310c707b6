\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- The log, rolling back, sealing, and the history of a chunk.

SELECT cg_save_repository('history');
SELECT cg_create_snapshot('history', 'v1', 'c1', 'main', NULL, '2016-01-01T00:00:00Z');
SELECT cg_save_chunks('history', 'v1', '[{"file_path": "a.py", "fqn": "f", "content": "1"}, {"file_path": "b.py", "fqn": "g", "content": "g"}]');
SELECT cg_save_dependency('history', 'v1', '{"from_fqn": "f", "to_fqn": "g"}');
SELECT cg_update_file_metadata('history', 'v1', 'c.py', 'h');
SELECT cg_soft_delete_file_chunks('history', 'v1', 'b.py');
SELECT cg_restore_file_chunks('history', 'v1', 'b.py');
SELECT cg_replace_file('history', 'v1', 'v2', 'a.py', '[{"fqn": "f", "content": "2"}]');
SELECT cg_create_snapshot('history', 'v2', 'c2', 'main', NULL, '2016-01-02T00:00:00Z');

-- one row for each revision, by creation of the snapshot
SELECT snapshot_id, revision, operation, file_count FROM cg_log('history');
SELECT snapshot_id, revision, operation, file_count FROM cg_log('history', 'v2');
SELECT count(*) AS linked FROM cg_log('history') a JOIN cg_log('history') b ON b.snapshot_id = a.snapshot_id AND b.revision = a.revision + 1 AND b.root_before = a.root_after AND b.logged_at >= a.logged_at;
SELECT revision, CASE WHEN root_before IS NULL THEN 'none' ELSE 'some' END AS before FROM cg_log('history', 'v1') WHERE revision < 2;
SELECT CASE WHEN root_after = cg_snapshot_root('history', 'v1') THEN 'same' END AS root FROM cg_log('history', 'v1') WHERE revision = 5;
-- a call that changes nothing leaves no trace
SELECT cg_update_file_metadata('history', 'v1', 'c.py', 'h');
SELECT max(revision) FROM cg_log('history', 'v1');
-- exact ids only
SELECT * FROM cg_log('history', 'main');
SELECT * FROM cg_log('history', 'v1@{1}');
SELECT * FROM cg_log('nothing');
SELECT * FROM cg_log(NULL);

-- rolling back is the next revision, with the old root
SELECT cg_rollback('history', 'v1', 1);
SELECT snapshot_id, revision, operation, file_count FROM cg_log('history', 'v1') WHERE revision > 4;
SELECT CASE WHEN cg_snapshot_root('history', 'v1') = cg_snapshot_root('history', 'v1@{1}') THEN 'same' END AS root;
SELECT count(*) FROM cg_dependencies('history', 'v1');
SELECT revision FROM cg_snapshots('history') WHERE snapshot_id = 'v1';
-- to what is there already: the current number
SELECT cg_rollback('history', 'v1', 6);
SELECT cg_rollback('history', 'v1', 1);
-- and undone
SELECT cg_rollback('history', 'v1', 5);
SELECT count(*) FROM cg_dependencies('history', 'v1');
-- to nothing
SELECT cg_rollback('history', 'v2', 0);
SELECT fqn, content FROM cg_chunks('history', 'v2');
SELECT cg_rollback('history', 'v2', 1);
SELECT fqn, content FROM cg_chunks('history', 'v2');
-- what is not there
SELECT cg_rollback('history', 'v1', 99);
SELECT cg_rollback('history', 'v1', -1);
SELECT cg_rollback('history', 'main', 1);
SELECT cg_rollback('history', 'v1', NULL);
SELECT cg_rollback('nothing', 'v1', 1);

-- a chunk's history: FQN, id, branch
SELECT cg_replace_files('history', 'v2', 'v3', '[{"file_path": "a.py", "deleted": true}, {"file_path": "moved.py", "chunks": [{"fqn": "f", "start_line": 3, "content": "2"}]}]');
SELECT cg_create_snapshot('history', 'v3', 'c3', 'topic', NULL, '2016-01-03T00:00:00Z');
SELECT cg_replace_file('history', 'v3', 'v4', 'moved.py', '[{"fqn": "f", "start_line": 9, "content": "2"}]');
SELECT cg_create_snapshot('history', 'v4', 'c4', 'topic', NULL, '2016-01-04T00:00:00Z');
SELECT cg_replace_file('history', 'v4', 'v5', 'moved.py', '[]');
SELECT cg_create_snapshot('history', 'v5', 'c5', 'main', NULL, '2016-01-05T00:00:00Z');
SELECT cg_replace_file('history', 'v5', 'v6', 'a.py', '[{"fqn": "f", "content": "1"}]');
SELECT cg_create_snapshot('history', 'v6', 'c6', 'main', NULL, '2016-01-06T00:00:00Z');
SELECT snapshot_id, commit_hash, change, chunk_id, file_path FROM cg_chunk_history('history', 'f');
SELECT snapshot_id, commit_hash, change, chunk_id, file_path FROM cg_chunk_history('history', 'f', 'main');
SELECT snapshot_id, commit_hash, change, chunk_id, file_path FROM cg_chunk_history('history', 'f', 'topic');
SELECT count(*) FROM cg_chunk_history('history', 'f', 'nothing');
-- an id is followed itself, not its symbol
SELECT snapshot_id, change, chunk_id FROM cg_chunk_history('history', 'history:a.py:f:1-1');
SELECT snapshot_id, change, chunk_id FROM cg_chunk_history('history', 'history:moved.py:f:3-3');
SELECT snapshot_id, change, chunk_id FROM cg_chunk_history('history', 'history:moved.py:f:9-9');
SELECT snapshot_id, change, CASE WHEN content_hash = (SELECT content_hash FROM cg_chunk('history', 'v1', 'g')) THEN 'same' END AS content FROM cg_chunk_history('history', 'g');
-- soft-deleted chunks are gone, and come back
SELECT cg_create_snapshot('history', 'v7', 'c7', 'main', 'v6', '2016-01-07T00:00:00Z');
SELECT cg_soft_delete_file_chunks('history', 'v7', 'b.py');
SELECT cg_create_snapshot('history', 'v8', 'c8', 'main', 'v7', '2016-01-08T00:00:00Z');
SELECT cg_restore_file_chunks('history', 'v8', 'b.py');
SELECT snapshot_id, change, file_path FROM cg_chunk_history('history', 'g', 'main');
-- an explicit id that moves to another file
SELECT cg_replace_file('history', 'v8', 'v9', 'x.py', '[{"chunk_id": "mine", "content": "x"}]');
SELECT cg_replace_files('history', 'v9', 'v10', '[{"file_path": "x.py", "deleted": true}, {"file_path": "y.py", "chunks": [{"chunk_id": "mine", "content": "x"}]}]');
SELECT snapshot_id, change, chunk_id, file_path FROM cg_chunk_history('history', 'mine');
SELECT count(*) FROM cg_chunk_history('history', 'unknown');
SELECT * FROM cg_chunk_history('nothing', 'f');
SELECT * FROM cg_chunk_history('history', NULL);

-- sealing
SELECT cg_seal_snapshot('history', 'v1');
SELECT cg_seal_snapshot('history', 'v1');
SELECT snapshot_id, sealed FROM cg_snapshots('history') WHERE sealed;
SELECT cg_save_chunk('history', 'v1', '{"file_path": "a.py", "fqn": "f", "content": "3"}');
SELECT cg_update_file_metadata('history', 'v1', 'c.py', 'h');
SELECT cg_soft_delete_file_chunks('history', 'v1', 'nothing.py');
SELECT cg_restore_file_chunks('history', 'v1', 'b.py');
SELECT cg_save_dependencies('history', 'v1', '[]');
SELECT cg_replace_file('history', 'v1', 'v1', 'a.py', '[]');
SELECT cg_rollback('history', 'v1', 1);
SELECT cg_create_snapshot('history', 'v1', 'other');
SELECT cg_create_snapshot('history', 'v1');
SELECT cg_create_snapshot('history', 'v1', 'c1', 'main');
-- it is a base as any other, and may be deleted
SELECT cg_create_snapshot('history', 'of sealed', NULL, NULL, 'v1');
SELECT count(*) FROM cg_chunks('history', 'of sealed');
SELECT cg_delete_snapshot('history', 'v1');
SELECT count(*) FROM cg_log('history') WHERE snapshot_id = 'v1';
SELECT cg_seal_snapshot('history', 'v1');
SELECT cg_seal_snapshot('history', NULL);
SELECT cg_seal_snapshot('nothing', 'v1');
