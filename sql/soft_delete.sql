\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Soft deletion: a file and its chunks leave a snapshot, and can come back.

SELECT cg_save_repository('soft');
SELECT cg_create_snapshot('soft', 'main');
SELECT cg_replace_files('soft', 'main', 'main', '[
    {"file_path": "a.py", "file_hash": "blob a", "attrs": {"k": 1}, "chunks": [{"fqn": "a.f", "content": "f"}, {"fqn": "a.g", "content": "g", "start_line": 2}], "dependencies": [{"from_fqn": "a.f", "to_fqn": "b.h"}, {"from_fqn": "a.g", "to_fqn": "a.f"}]},
    {"file_path": "b.py", "chunks": [{"fqn": "b.h", "content": "h"}], "dependencies": [{"from_fqn": "b.h", "to_fqn": "a.g"}]},
    {"file_path": "empty.txt", "file_hash": "blob empty", "chunks": []}]');
SELECT cg_snapshot_root('soft', 'main') AS before \gset

-- the number of chunks; 0 when there is nothing to do, and then no revision
SELECT cg_soft_delete_file_chunks('soft', 'main', 'a.py');
SELECT cg_soft_delete_file_chunks('soft', 'main', 'a.py');
SELECT cg_soft_delete_file_chunks('soft', 'main', 'not there');
SELECT revision FROM cg_snapshots('soft');
-- gone for every reader
SELECT file_path FROM cg_files('soft', 'main');
SELECT chunk_id, is_deleted FROM cg_chunks('soft', 'main');
SELECT chunk_id FROM cg_file_chunks('soft', 'main', 'a.py');
SELECT chunk_id FROM cg_chunk('soft', 'main', 'a.f');
SELECT chunk_id FROM cg_chunk('soft', 'main', 'soft:a.py:f:1-1');
SELECT chunk_id FROM cg_chunks_by_kind('soft', 'main', 'unknown');
SELECT chunk_id FROM cg_chunks_by_fqn('a.f', 'soft');
SELECT cg_count_chunks('soft', 'main'), cg_file_hash('soft', 'main', 'a.py');
SELECT * FROM cg_changed_files('soft', 'main', '{"a.py": "blob a", "empty.txt": "blob empty"}');
-- deleted chunks define nothing, and their edges do not count
SELECT * FROM cg_dependencies('soft', 'main');
SELECT * FROM cg_dependencies_from('soft', 'main', 'a.f');
SELECT depth, fqn, is_external FROM cg_transitive_dependencies('soft', 'main', 'b.h');
SELECT depth, fqn FROM cg_transitive_dependents('soft', 'main', 'b.h');
SELECT * FROM cg_transitive_dependencies('soft', 'main', 'a.f');
-- except when they are asked for
SELECT chunk_id, is_deleted FROM cg_chunks('soft', 'main', true);
SELECT chunk_id, is_deleted FROM cg_chunks('soft', 'main', NULL);
-- they cannot be the source of a dependency, nor a target by chunk id
SELECT cg_save_dependency('soft', 'main', '{"from_fqn": "a.f", "to_fqn": "x"}');
SELECT cg_save_dependency('soft', 'main', '{"from_chunk_id": "soft:a.py:f:1-1", "to_fqn": "x"}');
SELECT cg_save_dependency('soft', 'main', '{"from_fqn": "b.h", "to_chunk_id": "soft:a.py:f:1-1"}');

-- restored also in a snapshot that was derived later; hash, attributes and dependencies come back with it
SELECT cg_create_snapshot('soft', 'derived', NULL, NULL, 'main');
SELECT cg_restore_file_chunks('soft', 'derived', 'a.py');
SELECT cg_restore_file_chunks('soft', 'derived', 'a.py');
SELECT cg_restore_file_chunks('soft', 'derived', 'b.py');
SELECT cg_restore_file_chunks('soft', 'derived', 'not there');
SELECT file_path, file_hash, chunks, dependencies, attrs FROM cg_files('soft', 'derived');
SELECT from_chunk_id, to_chunk_id, is_external FROM cg_dependencies('soft', 'derived');
SELECT snapshot_id, revision, CASE WHEN root = :'before' THEN 'as before' ELSE 'other' END AS content FROM cg_snapshots('soft');
-- a file without chunks leaves and returns too
SELECT cg_soft_delete_file_chunks('soft', 'derived', 'empty.txt');
SELECT file_path FROM cg_files('soft', 'derived');
SELECT cg_restore_file_chunks('soft', 'derived', 'empty.txt');
SELECT file_path FROM cg_files('soft', 'derived');
SELECT snapshot_id, revision, CASE WHEN root = :'before' THEN 'as before' ELSE 'other' END AS content FROM cg_snapshots('soft');

-- what comparisons say
SELECT * FROM cg_compare_files('soft', 'derived', 'main');
SELECT * FROM cg_compare_files('soft', 'main', 'derived');
SELECT change, fqn, old_chunk_id, new_chunk_id, dependencies_added, dependencies_removed FROM cg_compare_commits('soft', 'derived', 'main');

-- saving the same chunk revives that chunk with its dependencies, and the file's hash becomes NULL
SELECT cg_create_snapshot('soft', 'revived', NULL, NULL, 'main');
SELECT cg_save_chunk('soft', 'revived', '{"file_path": "a.py", "fqn": "a.f", "content": "f"}');
SELECT file_path, file_hash, chunks, dependencies, attrs FROM cg_files('soft', 'revived');
SELECT chunk_id, is_deleted FROM cg_chunks('soft', 'revived', true);
SELECT from_chunk_id, to_chunk_id, to_fqn, is_external FROM cg_dependencies('soft', 'revived');
-- reviving another in the file, which is live now, leaves its hash
SELECT cg_update_file_metadata('soft', 'revived', 'a.py', 'blob a 2');
SELECT cg_save_chunk('soft', 'revived', '{"file_path": "a.py", "fqn": "a.g", "content": "g 2", "start_line": 2}');
SELECT file_path, file_hash, chunks, dependencies FROM cg_files('soft', 'revived');
SELECT cg_restore_file_chunks('soft', 'revived', 'a.py');
-- a file with some chunks deleted: the rest can be restored, or deleted
SELECT cg_create_snapshot('soft', 'partly', NULL, NULL, 'main');
SELECT cg_save_chunk('soft', 'partly', '{"file_path": "a.py", "fqn": "a.f", "content": "f"}');
SELECT change, file_path, old_file_hash, new_file_hash FROM cg_compare_files('soft', 'derived', 'partly');
SELECT cg_restore_file_chunks('soft', 'partly', 'a.py');
SELECT chunk_id, is_deleted FROM cg_chunks('soft', 'partly', true);
SELECT cg_file_hash('soft', 'partly', 'a.py');
-- a new chunk makes a soft-deleted file live, with hash NULL; its own chunks stay deleted
SELECT cg_create_snapshot('soft', 'joined', NULL, NULL, 'main');
SELECT cg_save_chunk('soft', 'joined', '{"file_path": "a.py", "fqn": "a.new", "content": "new"}');
SELECT file_path, file_hash, chunks, dependencies FROM cg_files('soft', 'joined');
SELECT chunk_id, is_deleted FROM cg_chunks('soft', 'joined', true);
SELECT cg_soft_delete_file_chunks('soft', 'joined', 'a.py');
SELECT cg_restore_file_chunks('soft', 'joined', 'a.py');
SELECT cg_count_chunks('soft', 'joined');
-- new metadata makes it live without chunks, its chunks restorable
SELECT cg_create_snapshot('soft', 'metadata', NULL, NULL, 'main');
SELECT cg_update_file_metadata('soft', 'metadata', 'a.py', 'blob a 3');
SELECT file_path, file_hash, chunks, dependencies FROM cg_files('soft', 'metadata');
SELECT cg_restore_file_chunks('soft', 'metadata', 'a.py');
SELECT file_path, file_hash, chunks, dependencies FROM cg_files('soft', 'metadata');
-- files that differ only in soft-deleted chunks are modified
SELECT cg_create_snapshot('soft', 'only deleted', NULL, NULL, 'main');
SELECT cg_update_file_metadata('soft', 'only deleted', 'a.py', 'same');
SELECT cg_replace_file('soft', 'main', 'only replaced', 'a.py', '[]', '[]', 'same', '{"k": 1}');
SELECT * FROM cg_compare_files('soft', 'only deleted', 'only replaced');
SELECT * FROM cg_compare_commits('soft', 'only deleted', 'only replaced');

-- replacing discards what was deleted: the chunks count as inserted
SELECT cg_create_snapshot('soft', 'replaced', NULL, NULL, 'main');
SELECT cg_replace_file('soft', 'replaced', 'replaced', 'a.py', '[{"fqn": "a.f", "content": "f"}]');
SELECT cg_restore_file_chunks('soft', 'replaced', 'a.py');
SELECT chunk_id, is_deleted FROM cg_chunks('soft', 'replaced', true);
-- deleting discards it: a revision, and nothing that counts
SELECT cg_create_snapshot('soft', 'discarded', NULL, NULL, 'main');
SELECT cg_replace_files('soft', 'discarded', 'discarded', '[{"file_path": "a.py", "deleted": true}]');
SELECT cg_restore_file_chunks('soft', 'discarded', 'a.py');
SELECT revision FROM cg_snapshots('soft') WHERE snapshot_id = 'discarded';
SELECT * FROM cg_compare_files('soft', 'main', 'discarded');
SELECT chunk_id FROM cg_chunks('soft', 'discarded', true);

-- the id of a soft-deleted chunk is free for other files; restoring is refused then
SELECT cg_create_snapshot('soft', 'taken', NULL, NULL, 'main');
SELECT cg_save_chunk('soft', 'taken', '{"file_path": "z.py", "content": "z", "chunk_id": "soft:a.py:f:1-1"}');
SELECT cg_restore_file_chunks('soft', 'taken', 'a.py');
SELECT cg_save_chunk('soft', 'taken', '{"file_path": "a.py", "fqn": "a.f", "content": "f"}');
SELECT content FROM cg_chunk('soft', 'taken', 'soft:a.py:f:1-1');
SELECT chunk_id, file_path, is_deleted FROM cg_chunks('soft', 'taken', true);
SELECT cg_replace_files('soft', 'taken', 'taken', '[{"file_path": "z.py", "deleted": true}]');
SELECT cg_restore_file_chunks('soft', 'taken', 'a.py');
SELECT cg_soft_delete_file_chunks('soft', 'main', 'a//b');
SELECT cg_restore_file_chunks('soft', 'main', '');
