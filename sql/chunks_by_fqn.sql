\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_chunks_by_fqn: every snapshot that has the symbol, by repository, creation of the snapshot, reader order.

SELECT cg_save_repository('fqn-b');
SELECT cg_save_repository('fqn-B');
SELECT cg_create_snapshot('fqn-b', 'later', NULL, NULL, NULL, '2016-02-01T00:00:00Z');
SELECT cg_create_snapshot('fqn-b', 'earlier', NULL, NULL, NULL, '2016-01-01T00:00:00Z');
SELECT cg_create_snapshot('fqn-b', 'without');
SELECT cg_create_snapshot('fqn-B', 'only');
SELECT cg_save_chunks('fqn-b', 'later', '[
    {"file_path": "z.py", "fqn": "by.fqn", "content": "z later"},
    {"file_path": "a.py", "fqn": "by.fqn", "content": "a2 later", "start_line": 2},
    {"file_path": "a.py", "fqn": "by.fqn", "content": "a1 later"},
    {"file_path": "a.py", "fqn": "by.fqn2", "content": "other", "start_line": 3}]');
SELECT cg_save_chunk('fqn-b', 'earlier', '{"file_path": "old.py", "fqn": "by.fqn", "kind": "function", "language": "python", "content": "earlier", "summary": "s", "symbol_visibility": "public", "importance": 1, "attrs": {"a": 1}}');
SELECT cg_save_chunk('fqn-b', 'without', '{"file_path": "n.py", "content": "by id", "chunk_id": "by.fqn"}');
SELECT cg_save_chunk('fqn-B', 'only', '{"file_path": "b.py", "fqn": "by.fqn", "content": "B"}');
SELECT repo_id, snapshot_id, chunk_id, content FROM cg_chunks_by_fqn('by.fqn');
SELECT repo_id, snapshot_id, chunk_id, content FROM cg_chunks_by_fqn('by.fqn', 'fqn-b');
SELECT repo_id, snapshot_id, chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash, summary, importance, is_deleted, attrs FROM cg_chunks_by_fqn('by.fqn', 'fqn-b') WHERE snapshot_id = 'earlier';
SELECT count(*) AS with_time FROM cg_chunks_by_fqn('by.fqn', 'fqn-b') WHERE indexed_at IS NOT NULL;
-- a chunk id gives no rows, nor does what is not there
SELECT * FROM cg_chunks_by_fqn('fqn-b:a.py:fqn:1-1', 'fqn-b');
SELECT repo_id, snapshot_id FROM cg_chunks_by_fqn('by', 'fqn-b');
SELECT repo_id, snapshot_id FROM cg_chunks_by_fqn('BY.FQN', NULL);
SELECT repo_id, snapshot_id FROM cg_chunks_by_fqn('');
SELECT repo_id, snapshot_id FROM cg_chunks_by_fqn(NULL);
SELECT repo_id, snapshot_id FROM cg_chunks_by_fqn('by.fqn', 'nowhere');
-- no longer where it was replaced, deleted or soft-deleted; the other snapshots keep it
SELECT cg_create_snapshot('fqn-b', 'derived', NULL, NULL, 'later');
SELECT cg_replace_file('fqn-b', 'derived', 'derived', 'a.py', '[{"fqn": "by.fqn", "content": "a new"}, {"fqn": "by.third", "content": "t"}]');
SELECT cg_soft_delete_file_chunks('fqn-b', 'derived', 'z.py');
SELECT snapshot_id, chunk_id, content FROM cg_chunks_by_fqn('by.fqn', 'fqn-b');
SELECT snapshot_id, chunk_id FROM cg_chunks_by_fqn('by.third');
SELECT cg_delete_snapshot('fqn-b', 'later');
SELECT snapshot_id, chunk_id, content FROM cg_chunks_by_fqn('by.fqn', 'fqn-b');
