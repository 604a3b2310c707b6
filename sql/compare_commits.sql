\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- What changed between two snapshots, chunk by chunk.

SELECT cg_save_repository('compare');
SELECT cg_create_snapshot('compare', 'old');
SELECT cg_replace_files('compare', 'old', 'old', '[
    {"file_path": "a.py", "chunks": [
        {"fqn": "stays", "kind": "function", "content": "stays"},
        {"fqn": "lines", "kind": "function", "content": "lines", "start_line": 2},
        {"fqn": "fields", "kind": "function", "content": "fields", "start_line": 3},
        {"fqn": "modified", "kind": "function", "content": "modified 1", "start_line": 4},
        {"fqn": "relinked", "kind": "function", "content": "relinked", "start_line": 5},
        {"fqn": "deleted", "kind": "function", "content": "deleted", "start_line": 6},
        {"fqn": "kind", "kind": "function", "content": "kind", "start_line": 7}],
     "dependencies": [{"from_fqn": "stays", "to_fqn": "modified"}, {"from_fqn": "relinked", "to_fqn": "deleted"}, {"from_fqn": "relinked", "to_fqn": "stays"}, {"from_fqn": "relinked", "to_fqn": "stays", "relationship": "IMPORTS"},
        {"from_fqn": "deleted", "to_fqn": "stays"}, {"from_fqn": "deleted", "to_fqn": "external"}, {"from_fqn": "modified", "to_fqn": "stays"}]},
    {"file_path": "m.py", "chunks": [{"fqn": "moved", "kind": "function", "content": "moved"}], "dependencies": [{"from_fqn": "moved", "to_fqn": "stays"}]},
    {"file_path": "plain.txt", "chunks": [{"name": "same", "content": "same"}, {"name": "p", "content": "1", "start_line": 2}, {"name": "q", "kind": "text", "content": "1", "start_line": 3}]},
    {"file_path": "untouched.py", "chunks": [{"fqn": "untouched", "content": "untouched"}], "dependencies": [{"from_fqn": "untouched", "to_fqn": "deleted"}]}]');
SELECT cg_replace_files('compare', 'old', 'new', '[
    {"file_path": "a.py", "chunks": [
        {"fqn": "added", "kind": "class", "content": "added"},
        {"fqn": "stays", "kind": "function", "content": "stays", "start_line": 2},
        {"fqn": "lines", "kind": "function", "content": "lines", "start_line": 30, "end_line": 33},
        {"fqn": "fields", "name": "f", "kind": "function", "content": "fields", "start_line": 34, "language": "python", "summary": "s", "importance": 1, "attrs": {"a": 1}, "symbol_visibility": "private"},
        {"fqn": "modified", "kind": "function", "content": "modified 2", "start_line": 40},
        {"fqn": "relinked", "kind": "function", "content": "relinked", "start_line": 50},
        {"fqn": "kind", "kind": "method", "content": "kind", "start_line": 70}],
     "dependencies": [{"from_fqn": "stays", "to_fqn": "modified", "confidence": 0.5}, {"from_fqn": "relinked", "to_fqn": "added"}, {"from_fqn": "relinked", "to_fqn": "stays", "relationship": "IMPORTS"},
        {"from_fqn": "added", "to_fqn": "stays"}, {"from_fqn": "added", "to_fqn": "added"}, {"from_fqn": "modified", "to_fqn": "stays"}]},
    {"file_path": "m.py", "deleted": true},
    {"file_path": "sub/m.py", "chunks": [{"fqn": "moved", "kind": "function", "content": "moved", "start_line": 9}], "dependencies": [{"from_fqn": "moved", "to_fqn": "stays"}]},
    {"file_path": "plain.txt", "chunks": [{"name": "renamed", "content": "same", "start_line": 8}, {"name": "p", "content": "2", "start_line": 2}, {"name": "q", "kind": "code", "content": "1", "start_line": 3}]}]');
SELECT change, fqn, kind, old_chunk_id, new_chunk_id, old_file_path, new_file_path, dependencies_added, dependencies_removed FROM cg_compare_commits('compare', 'old', 'new');
SELECT change, fqn, old_content_hash, new_content_hash FROM cg_compare_commits('compare', 'old', 'new') WHERE fqn IN ('added', 'deleted', 'modified', 'moved', 'relinked');
-- swapping swaps added with deleted and old with new, nothing else
SELECT change, fqn, kind, old_chunk_id, new_chunk_id, old_file_path, new_file_path, dependencies_added, dependencies_removed FROM cg_compare_commits('compare', 'new', 'old');
-- a snapshot and itself, or an equal one, do not differ
SELECT * FROM cg_compare_commits('compare', 'new', 'new');
SELECT cg_create_snapshot('compare', 'equal', NULL, NULL, 'new');
SELECT * FROM cg_compare_commits('compare', 'new', 'equal');
-- from and to nothing
SELECT cg_create_snapshot('compare', 'empty');
SELECT change, fqn, old_chunk_id, new_chunk_id, dependencies_added, dependencies_removed FROM cg_compare_commits('compare', 'empty', 'old');
SELECT change, count(*) FROM cg_compare_commits('compare', 'old', 'empty') GROUP BY change;

-- many chunks of one FQN and kind: same content and file first, then same content, then same file, then any
SELECT cg_create_snapshot('compare', 'many 1');
SELECT cg_replace_files('compare', 'many 1', 'many 1', '[
    {"file_path": "1", "chunks": [{"fqn": "f", "content": "A"}, {"fqn": "f", "content": "B", "start_line": 2}]},
    {"file_path": "2", "chunks": [{"fqn": "f", "content": "C"}, {"fqn": "f", "content": "D", "start_line": 2}]},
    {"file_path": "3", "chunks": [{"fqn": "f", "content": "E"}]}]');
SELECT cg_create_snapshot('compare', 'many 2');
SELECT cg_replace_files('compare', 'many 2', 'many 2', '[
    {"file_path": "1", "chunks": [{"fqn": "f", "content": "X"}, {"fqn": "f", "content": "A", "start_line": 2}]},
    {"file_path": "2", "chunks": [{"fqn": "f", "content": "Y"}]},
    {"file_path": "4", "chunks": [{"fqn": "f", "content": "D"}, {"fqn": "f", "content": "Z", "start_line": 2}, {"fqn": "f", "content": "Z", "start_line": 3}]}]');
SELECT change, old_chunk_id, new_chunk_id FROM cg_compare_commits('compare', 'many 1', 'many 2');
SELECT change, old_chunk_id, new_chunk_id FROM cg_compare_commits('compare', 'many 2', 'many 1');
-- equal ones pair by their place
SELECT cg_create_snapshot('compare', 'equal 1');
SELECT cg_create_snapshot('compare', 'equal 2');
SELECT cg_save_chunks('compare', 'equal 1', '[{"file_path": "e", "fqn": "f", "content": "same"}, {"file_path": "e", "fqn": "f", "content": "same", "start_line": 2}, {"file_path": "e", "content": "none", "start_line": 3}, {"file_path": "e", "content": "none", "start_line": 4}]');
SELECT cg_save_chunks('compare', 'equal 2', '[{"file_path": "e", "fqn": "f", "content": "same", "start_line": 7}, {"file_path": "e", "content": "none", "start_line": 8}]');
SELECT change, fqn, old_chunk_id, new_chunk_id FROM cg_compare_commits('compare', 'equal 1', 'equal 2');

-- a target is a symbol: saved by id or by FQN, it is the same one; it counts by (relationship, target)
SELECT cg_create_snapshot('compare', 'by fqn');
SELECT cg_replace_files('compare', 'by fqn', 'by fqn', '[{"file_path": "s", "chunks": [{"fqn": "s", "content": "s"}], "dependencies": [{"from_fqn": "s", "to_fqn": "t"}]}, {"file_path": "t", "chunks": [{"fqn": "t", "content": "t"}]}]');
SELECT cg_create_snapshot('compare', 'by id');
SELECT cg_replace_files('compare', 'by id', 'by id', '[{"file_path": "s", "chunks": [{"fqn": "s", "content": "s", "start_line": 2}], "dependencies": [{"from_fqn": "s", "to_chunk_id": "compare:t:t:5-5"}]}, {"file_path": "t", "chunks": [{"fqn": "t", "content": "t", "start_line": 5}]}]');
SELECT * FROM cg_compare_commits('compare', 'by fqn', 'by id');
-- a name that becomes a chunk id binds an edge otherwise; dependencies are compared as they were saved
SELECT cg_create_snapshot('compare', 'rebound 1');
SELECT cg_replace_file('compare', 'rebound 1', 'rebound 1', 's', '[{"fqn": "s", "content": "s"}]', '[{"from_fqn": "s", "to_fqn": "the id"}]');
SELECT cg_replace_file('compare', 'rebound 1', 'rebound 2', 't', '[{"fqn": "t", "content": "t", "chunk_id": "the id"}]');
SELECT change, fqn, old_chunk_id, new_chunk_id, dependencies_added, dependencies_removed FROM cg_compare_commits('compare', 'rebound 1', 'rebound 2');

-- soft-deleted chunks are absent
SELECT cg_create_snapshot('compare', 'soft', NULL, NULL, 'new');
SELECT cg_soft_delete_file_chunks('compare', 'soft', 'plain.txt');
SELECT change, fqn, kind, old_chunk_id, new_chunk_id FROM cg_compare_commits('compare', 'new', 'soft');
SELECT * FROM cg_compare_commits('compare', 'new', 'nowhere');
SELECT * FROM cg_compare_commits('compare', 'nowhere', 'new');
SELECT * FROM cg_compare_commits('nowhere', 'old', 'new');
SELECT * FROM cg_compare_commits('compare', 'old', NULL);
