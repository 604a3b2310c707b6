\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Equal roots mean equal content: in any order of saving, in any repository, in either database (the roots are shown).

SELECT cg_save_repository('roots');
SELECT cg_save_repository('roots-elsewhere, with a longer name');
-- all at once
SELECT cg_create_snapshot('roots', 'at once');
SELECT cg_snapshot_root('roots', 'at once') AS empty;
SELECT cg_replace_files('roots', 'at once', 'at once', '[
    {"file_path": "a.py", "file_hash": "blob a", "attrs": {"k": 1}, "chunks": [{"fqn": "a.f", "content": "f", "kind": "function"}, {"name": "twice", "content": "1", "start_line": 2}, {"name": "twice", "content": "2", "start_line": 2}, {"fqn": "a.g", "content": "g", "start_line": 3, "chunk_id": "explicit", "importance": 0.25}],
     "dependencies": [{"from_fqn": "a.f", "to_fqn": "b.h"}, {"from_fqn": "a.g", "to_chunk_id": "roots:b.py:raw:2-2", "relationship": "IMPORTS", "confidence": 0.5}]},
    {"file_path": "b.py", "file_hash": "blob b", "chunks": [{"fqn": "b.h", "content": "h"}, {"name": "raw", "content": "raw", "start_line": 2}]},
    {"file_path": "sub/c.txt", "file_hash": "blob c", "chunks": []}]');
SELECT cg_snapshot_root('roots', 'at once') AS root \gset
SELECT :'root' AS root;
-- piece by piece, in another order, by other functions
SELECT cg_create_snapshot('roots', 'pieces');
SELECT cg_update_file_metadata('roots', 'pieces', 'sub/c.txt', 'blob c');
SELECT cg_save_chunk('roots', 'pieces', '{"file_path": "b.py", "name": "raw", "content": "raw", "start_line": 2}');
SELECT cg_replace_file('roots', 'pieces', 'pieces', 'a.py', '[]', '[]', 'blob a', '{ "k" : 1 }');
SELECT cg_save_chunks('roots', 'pieces', '[{"file_path": "a.py", "fqn": "a.g", "content": "g", "start_line": 3, "chunk_id": "explicit", "importance": 0.25}, {"file_path": "b.py", "fqn": "b.h", "content": "h"}]');
SELECT cg_save_chunks('roots', 'pieces', '[{"file_path": "a.py", "name": "twice", "content": "2", "start_line": 2, "chunk_id": "roots:a.py:twice:2-2#2"}, {"file_path": "a.py", "name": "twice", "content": "1", "start_line": 2, "chunk_id": "roots:a.py:twice:2-2"}]');
SELECT cg_save_chunk('roots', 'pieces', '{"file_path": "a.py", "name": "f", "fqn": "a.f", "content": "f", "kind": "function", "end_line": 1, "importance": 0.5, "attrs": {}}');
SELECT cg_save_dependencies('roots', 'pieces', '[{"from_chunk_id": "explicit", "to_fqn": "roots:b.py:raw:2-2", "relationship": "IMPORTS", "confidence": 5e-1}, {"from_fqn": "a.f", "to_chunk_id": "roots:b.py:h:1-1", "confidence": 0.1}]');
SELECT cg_save_dependency('roots', 'pieces', '{"from_fqn": "a.f", "to_fqn": "b.h", "confidence": 1.0}');
SELECT cg_update_file_metadata('roots', 'pieces', 'b.py', 'blob b');
SELECT revision, CASE WHEN root = :'root' THEN 'same' ELSE root END AS root FROM cg_snapshots('roots') WHERE snapshot_id = 'pieces';
-- in another repository: computed ids, which name it, are left out
SELECT cg_create_snapshot('roots-elsewhere, with a longer name', 'main');
SELECT cg_replace_files('roots-elsewhere, with a longer name', 'main', 'main', '[
    {"file_path": "sub/c.txt", "file_hash": "blob c", "chunks": []},
    {"file_path": "b.py", "file_hash": "blob b", "chunks": [{"fqn": "b.h", "content": "h"}, {"name": "raw", "content": "raw", "start_line": 2}]},
    {"file_path": "a.py", "file_hash": "blob a", "attrs": {"k": 1}, "chunks": [{"fqn": "a.f", "content": "f", "kind": "function"}, {"name": "twice", "content": "1", "start_line": 2}, {"name": "twice", "content": "2", "start_line": 2}, {"fqn": "a.g", "content": "g", "start_line": 3, "chunk_id": "explicit", "importance": 0.25}],
     "dependencies": [{"from_fqn": "a.f", "to_fqn": "b.h"}, {"from_fqn": "a.g", "to_chunk_id": "roots-elsewhere, with a longer name:b.py:raw:2-2", "relationship": "IMPORTS", "confidence": 0.5}]}]');
SELECT CASE WHEN cg_snapshot_root('roots-elsewhere, with a longer name', 'main') = :'root' THEN 'same' END AS root;

-- after undoing a change; each change has another root
SELECT cg_replace_file('roots', 'at once', 'undone', 'b.py', '[]');
SELECT cg_snapshot_root('roots', 'undone');
SELECT cg_replace_file('roots', 'at once', 'undone', 'b.py', '[{"fqn": "b.h", "content": "h"}, {"name": "raw", "content": "raw", "start_line": 2}]', '[]', 'blob b');
SELECT CASE WHEN cg_snapshot_root('roots', 'undone') = :'root' THEN 'same' END AS root;
SELECT cg_replace_files('roots', 'undone', 'undone', '[{"file_path": "new", "chunks": [{"content": "new"}]}]');
SELECT cg_snapshot_root('roots', 'undone');
SELECT cg_replace_files('roots', 'undone', 'undone', '[{"file_path": "new", "deleted": true}]');
SELECT CASE WHEN cg_snapshot_root('roots', 'undone') = :'root' THEN 'same' END AS root;
SELECT cg_soft_delete_file_chunks('roots', 'undone', 'a.py');
SELECT cg_snapshot_root('roots', 'undone');
SELECT cg_restore_file_chunks('roots', 'undone', 'a.py');
SELECT CASE WHEN cg_snapshot_root('roots', 'undone') = :'root' THEN 'same' END AS root;
-- everything deleted is the empty root again
SELECT cg_replace_files('roots', 'undone', 'undone', '[{"file_path": "a.py", "deleted": true}, {"file_path": "b.py", "deleted": true}, {"file_path": "sub/c.txt", "deleted": true}]');
SELECT snapshot_id, root, revision FROM cg_snapshots('roots') WHERE snapshot_id = 'undone';

-- every field counts
SELECT cg_create_snapshot('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": ""}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "kind": "k"}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "fqn": "unknown"}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "language": "l"}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "symbol_visibility": ""}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "summary": ""}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "importance": 0}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "attrs": {"a":1}}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "chunk_id": "e"}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": ""}]', '[]', 'h', '{"a":1}');
SELECT cg_snapshot_root('roots', 'fields');
-- importance -0 is 0, and a default that is given is the default
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "importance": -0.0}]', '[]', 'h');
SELECT cg_snapshot_root('roots', 'fields');
SELECT cg_replace_file('roots', 'fields', 'fields', 'f', '[{"content": "", "importance": 0.5, "attrs": { }, "kind": "unknown", "name": "unknown", "language": "unknown", "start_line": 1, "end_line": 1, "chunk_id": "roots:f:unknown:1-1"}]', '[]', 'h', '{}');
SELECT cg_snapshot_root('roots', 'fields');
SELECT snapshot_id, revision FROM cg_snapshots('roots') WHERE snapshot_id = 'fields';
SELECT cg_snapshot_root('roots', 'nowhere');
SELECT cg_snapshot_root('nowhere', 'main');

-- 300 files by one call, and with 300 others in between that were there first
SELECT cg_create_snapshot('roots', '300');
SELECT cg_create_snapshot('roots', '600');
\if :{?SQLITE}
WITH RECURSIVE numbers(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM numbers WHERE n < 399)
SELECT '[' || group_concat('{"file_path":"d' || (n % 7) || '/f' || n || '","file_hash":"' || n || '","chunks":[{"content":"' || n || '"}]}') || ']' AS files,
       '[' || group_concat('{"file_path":"d' || (n % 7) || '/g' || n || '","file_hash":"' || n || '","chunks":[{"content":"' || n || '"}]}') || ']' AS others,
       '[' || group_concat('{"file_path":"d' || (n % 7) || '/g' || n || '","deleted":true}') || ']' AS deletions,
       '[' || group_concat('{"file_path":"d' || (n % 7) || '/f' || n || '","name":"unknown","content":"' || n || '"}') || ']' AS chunks FROM numbers \gset
\else
SELECT '[' || string_agg('{"file_path":"d' || (n % 7) || '/f' || n || '","file_hash":"' || n || '","chunks":[{"content":"' || n || '"}]}', ',') || ']' AS files,
       '[' || string_agg('{"file_path":"d' || (n % 7) || '/g' || n || '","file_hash":"' || n || '","chunks":[{"content":"' || n || '"}]}', ',') || ']' AS others,
       '[' || string_agg('{"file_path":"d' || (n % 7) || '/g' || n || '","deleted":true}', ',') || ']' AS deletions,
       '[' || string_agg('{"file_path":"d' || (n % 7) || '/f' || n || '","name":"unknown","content":"' || n || '"}', ',') || ']' AS chunks FROM generate_series(100, 399) AS n \gset
\endif
SELECT cg_replace_files('roots', '300', '300', :'files');
SELECT cg_snapshot_root('roots', '300');
SELECT cg_replace_files('roots', '600', '600', :'others');
SELECT cg_replace_files('roots', '600', '600', :'files');
SELECT cg_snapshot_root('roots', '600');
SELECT cg_replace_files('roots', '600', '600', :'deletions');
SELECT cg_snapshot_root('roots', '600');
SELECT cg_save_chunks('roots', '600', :'chunks');
SELECT snapshot_id, revision FROM cg_snapshots('roots') WHERE snapshot_id = '600';
