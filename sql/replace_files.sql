\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_replace_files: many files at once, all or nothing.

SELECT cg_save_repository('many');
SELECT cg_create_snapshot('many', 'v1');
SELECT cg_replace_files('many', 'v1', 'v1', '[
    {"file_path": "b.py", "file_hash": "blob b", "chunks": [{"fqn": "b.g", "language": "python", "content": "g"}], "dependencies": [{"from_fqn": "b.g", "to_fqn": "a.f"}]},
    {"file_path": "a.py", "attrs": {"size": 10}, "chunks": [{"fqn": "a.f", "language": "python", "content": "f"}, {"content": "raw", "start_line": 2}], "dependencies": [{"from_fqn": "a.f", "to_chunk_id": "many:b.py:g:1-1", "relationship": "IMPORTS"}]},
    {"file_path": "c.py", "chunks": [], "dependencies": null, "attrs": null, "file_hash": null, "deleted": null},
    {"file_path": "not there", "deleted": true},
    {"file_path": "d.py", "deleted": false, "chunks": []}]');
SELECT file_path, file_hash, language, chunks, dependencies, attrs FROM cg_files('many', 'v1');
-- targets by chunk id may be in another file of the call, before or after
SELECT * FROM cg_dependencies('many', 'v1');
SELECT revision FROM cg_snapshots('many');

-- a new snapshot: one file deleted, one replaced, one the same, one new
SELECT cg_replace_files('many', 'v1', 'v2', '[
    {"file_path": "c.py", "deleted": true},
    {"file_path": "b.py", "file_hash": "blob b 2", "chunks": [{"fqn": "b.g", "language": "python", "content": "g2"}]},
    {"file_path": "a.py", "attrs": {"size": 10}, "chunks": [{"fqn": "a.f", "language": "python", "content": "f"}, {"content": "raw", "start_line": 2}], "dependencies": [{"from_fqn": "a.f", "to_fqn": "b.g", "relationship": "IMPORTS"}]},
    {"file_path": "e.py", "chunks": [{"content": "e"}]}]');
SELECT file_path, file_hash, chunks, dependencies FROM cg_files('many', 'v2');
SELECT * FROM cg_compare_files('many', 'v1', 'v2');
-- the same call again: everything unchanged
SELECT cg_replace_files('many', 'v1', 'v2', '[
    {"file_path": "c.py", "deleted": true},
    {"file_path": "b.py", "file_hash": "blob b 2", "chunks": [{"fqn": "b.g", "language": "python", "content": "g2"}]},
    {"file_path": "a.py", "attrs": {"size": 10}, "chunks": [{"fqn": "a.f", "language": "python", "content": "f"}, {"content": "raw", "start_line": 2}], "dependencies": [{"from_fqn": "a.f", "to_fqn": "b.g", "relationship": "IMPORTS"}]},
    {"file_path": "e.py", "chunks": [{"content": "e"}]}]');
-- deleting a file counts its chunks
SELECT cg_replace_files('many', 'v2', 'v2', '[{"file_path": "a.py", "deleted": true}, {"file_path": "e.py", "deleted": true}]');
SELECT snapshot_id, revision FROM cg_snapshots('many');
SELECT cg_replace_files('many', 'v2', 'v2', '[]');
-- an edge into a deleted file is external; a chunk id can move to another file in one call
SELECT cg_replace_files('many', 'v1', 'v3', '[
    {"file_path": "a.py", "deleted": true},
    {"file_path": "moved/a.py", "chunks": [{"fqn": "a.f", "content": "f", "chunk_id": "many:a.py:f:1-1"}]}]');
SELECT * FROM cg_dependencies('many', 'v3');
SELECT cg_replace_files('many', 'v1', 'v4', '[{"file_path": "a.py", "deleted": true}]');
SELECT * FROM cg_dependencies('many', 'v4');

-- all or nothing
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": [{"content": "x"}]}, {"file_path": "x", "deleted": true}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": []}, {"file_path": "y"}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "y", "deleted": false}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "y", "deleted": true, "chunks": []}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "y", "deleted": 1}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"chunks": []}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": []}, {"file_path": "/y", "chunks": []}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": []}, {"file_path": "y", "chunks": [{"content": "", "file_path": "x"}]}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": []}, {"file_path": "y", "chunks": [{"content": "", "importance": 2}]}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": [{"fqn": "x", "content": ""}]}, {"file_path": "y", "chunks": [], "dependencies": [{"from_fqn": "x", "to_fqn": "z"}]}]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": [{"fqn": "x", "content": ""}], "dependencies": [{"from_fqn": "x", "to_chunk_id": "many:b.py:g:1-1"}]}, {"file_path": "b.py", "deleted": true}]');
SELECT cg_replace_files('many', 'v1', 'never', '{"file_path": "x", "chunks": []}');
SELECT cg_replace_files('many', 'v1', 'never', '["x"]');
SELECT cg_replace_files('many', 'v1', 'never', '[{"file_path": "x", "chunks": [], "files": []}]');
SELECT cg_replace_files('many', 'v1', 'v1', '[{"file_path": "x", "chunks": [{"content": "x"}]}, {"file_path": "y", "chunks": [{"content": "", "chunk_id": "many:a.py:f:1-1"}]}]');
SELECT snapshot_id, revision FROM cg_snapshots('many');
SELECT cg_count_chunks('many', 'v1');
