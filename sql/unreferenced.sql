\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_unreferenced: the chunks whose symbol nothing but itself depends on.

-- main -> used, ext; used -> byid (IMPORTS, by chunk id); loop -> loop; ring1 <-> ring2; twice, defined twice, -> its other chunk;
-- shared, defined twice, is used by main (EXTENDS, confidence 0); note2 -> note1, neither has an FQN.
SELECT cg_save_repository('unref');
SELECT cg_create_snapshot('unref', 'main', NULL, 'trunk');
SELECT cg_replace_files('unref', 'main', 'main', '[
    {"file_path": "z/main.py", "chunks": [{"fqn": "main", "kind": "function", "language": "python", "content": "m", "symbol_visibility": "public", "summary": "starts", "importance": 0.9, "attrs": {"entry": true}, "end_line": 9}],
     "dependencies": [{"from_fqn": "main", "to_fqn": "used"}, {"from_fqn": "main", "to_fqn": "ext"}, {"from_fqn": "main", "to_fqn": "shared", "relationship": "EXTENDS", "confidence": 0}]},
    {"file_path": "a.py", "chunks": [{"fqn": "used", "content": "u"}, {"fqn": "byid", "content": "b", "start_line": 2}, {"fqn": "loop", "content": "l", "start_line": 3}, {"fqn": "ring1", "content": "r1", "start_line": 4}, {"fqn": "ring2", "content": "r2", "start_line": 5}, {"fqn": "twice", "content": "t", "start_line": 6}, {"fqn": "shared", "content": "s", "start_line": 7}],
     "dependencies": [{"from_fqn": "used", "to_chunk_id": "unref:a.py:byid:2-2", "relationship": "IMPORTS"}, {"from_fqn": "loop", "to_fqn": "loop"}, {"from_fqn": "ring1", "to_fqn": "ring2"}, {"from_fqn": "ring2", "to_fqn": "ring1", "relationship": "FLOWS"}, {"from_fqn": "twice", "to_chunk_id": "unref:b.py:twice:1-1"}]},
    {"file_path": "b.py", "chunks": [{"fqn": "twice", "content": "again"}, {"fqn": "shared", "content": "again", "start_line": 2}]},
    {"file_path": "notes.txt", "chunks": [{"name": "note1", "content": "1"}, {"name": "note2", "content": "2", "start_line": 2}], "dependencies": [{"from_chunk_id": "unref:notes.txt:note2:2-2", "to_chunk_id": "unref:notes.txt:note1:1-1", "relationship": "FLOWS"}]}]');

-- in reader order: loop and twice depend on nothing but themselves; what a cycle of two, a confidence of 0, or an id names is referenced
SELECT chunk_id, fqn, name FROM cg_unreferenced('unref', 'main');
-- the columns of cg_chunks
SELECT chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash, summary, importance, is_deleted, attrs FROM cg_unreferenced('unref', 'trunk', NULL) WHERE fqn = 'main';
SELECT count(*) FROM cg_unreferenced('unref', 'main') u JOIN cg_chunks('unref', 'main') c ON u.chunk_id = c.chunk_id AND u.content_hash = c.content_hash AND u.indexed_at = c.indexed_at;

-- only dependencies of these relationships count
SELECT chunk_id FROM cg_unreferenced('unref', 'main', 'CALLS');
SELECT chunk_id FROM cg_unreferenced('unref', 'main', ' EXTENDS, IMPORTS,FLOWS,CALLS');
SELECT count(*) AS unreferenced, (SELECT count(*) FROM cg_chunks('unref', 'main')) AS chunks FROM cg_unreferenced('unref', 'main', 'NOTHING');

-- soft-deleted, z/main.py is not listed and refers to nothing; restored, it does
SELECT cg_soft_delete_file_chunks('unref', 'main', 'z/main.py');
SELECT chunk_id FROM cg_unreferenced('unref', 'main');
SELECT cg_restore_file_chunks('unref', 'main', 'z/main.py');
SELECT count(*) FROM cg_unreferenced('unref', 'main');
-- what was external is referenced as soon as it is defined
SELECT cg_save_chunks('unref', 'main', '[{"file_path": "ext.py", "fqn": "ext", "content": ""}, {"file_path": "ext.py", "fqn": "ext.unused", "content": "", "start_line": 2}]');
SELECT chunk_id FROM cg_unreferenced('unref', 'main') WHERE file_path = 'ext.py';
-- one dependency more, one chunk less
SELECT cg_save_dependency('unref', 'main', '{"from_fqn": "ext", "to_fqn": "twice"}');
SELECT chunk_id FROM cg_unreferenced('unref', 'main');

SELECT cg_create_snapshot('unref', 'empty');
SELECT chunk_id FROM cg_unreferenced('unref', 'empty');
-- arguments that are wrong
SELECT chunk_id FROM cg_unreferenced('unref', 'main', '');
SELECT chunk_id FROM cg_unreferenced('unref', 'main', ',CALLS');
SELECT chunk_id FROM cg_unreferenced('unref', 'empty', 'calls');
SELECT chunk_id FROM cg_unreferenced('unref', NULL);
SELECT chunk_id FROM cg_unreferenced(NULL, 'main');
SELECT chunk_id FROM cg_unreferenced('unref', 'nowhere');
SELECT chunk_id FROM cg_unreferenced('nowhere', 'main');
