\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Chunks: their fields and defaults, saving and reading them.

SELECT cg_save_repository('chunks');
SELECT cg_create_snapshot('chunks', 'main');

-- only what is required
SELECT cg_save_chunk('chunks', 'main', '{"file_path": "min.txt", "content": ""}');
SELECT chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash, summary, importance, is_deleted, attrs FROM cg_chunks('chunks', 'main');
SELECT count(*) AS with_time FROM cg_chunks('chunks', 'main') WHERE indexed_at IS NOT NULL;
-- a content hash that differs is an error
SELECT cg_save_chunk('chunks', 'main', '{"file_path": "all.py", "content": "abc", "content_hash": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ae"}');
SELECT cg_save_chunk('chunks', 'main', '{"file_path": "all.py", "content": "abc", "content_hash": "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"}');
-- every field; attrs lose white space and nothing else
SELECT cg_save_chunk('chunks', 'main', '{"file_path": "all.py", "start_line": 3, "end_line": 9, "kind": "function", "fqn": "pkg.all.f", "name": "f()", "language": "python", "symbol_visibility": "public", "content": "def f():\n    \"é\"\n", "summary": "Does f.", "importance": 0.75, "attrs": {"b": [1, 2 , 3.0], "a": {"x y": null}, "b": ""}, "chunk_id": "the f"}');
SELECT chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, length(content) AS length, content_hash, summary, importance, is_deleted, attrs FROM cg_chunk('chunks', 'main', 'the f');
-- a field that is null counts as absent
SELECT cg_save_chunk('chunks', 'main', '{"file_path": "null.py", "start_line": null, "end_line": null, "kind": null, "fqn": null, "name": null, "language": null, "symbol_visibility": null, "content": "abc", "content_hash": null, "summary": null, "importance": null, "attrs": null, "chunk_id": null}');
SELECT chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, content_hash, summary, importance, attrs FROM cg_file_chunks('chunks', 'main', 'null.py');
-- a content hash that is right is accepted (SHA-256 of abc)
SELECT cg_save_chunk('chunks', 'main', '{"file_path": "null.py", "content": "abc", "content_hash": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}');

-- end_line = start_line + line feeds in content, a final one not counted
SELECT cg_save_chunks('chunks', 'main', '[
    {"file_path": "lines", "name": "a", "content": "1"},
    {"file_path": "lines", "name": "b", "content": "1\n"},
    {"file_path": "lines", "name": "c", "content": "1\n2"},
    {"file_path": "lines", "name": "d", "content": "1\n2\n\n"},
    {"file_path": "lines", "name": "e", "content": "\n"},
    {"file_path": "lines", "name": "f", "content": "1\r\n2\r3"},
    {"file_path": "lines", "name": "g", "content": "1\n2\n3", "start_line": 10},
    {"file_path": "lines", "name": "h", "content": "1\n2\n3", "end_line": 1},
    {"file_path": "lines", "name": "i", "content": "", "start_line": 2147483647},
    {"file_path": "lines", "name": "j", "content": "", "start_line": 2147483647, "end_line": 2147483647}]');
SELECT name, start_line, end_line FROM cg_file_chunks('chunks', 'main', 'lines');

-- name = what follows the last of . :: # / in fqn; the whole fqn where that is empty
SELECT cg_save_chunks('chunks', 'main', '[
    {"file_path": "names", "start_line": 1, "fqn": "a.b.c", "content": ""},
    {"file_path": "names", "start_line": 2, "fqn": "a::b", "content": ""},
    {"file_path": "names", "start_line": 3, "fqn": "a/b#c", "content": ""},
    {"file_path": "names", "start_line": 4, "fqn": "a.b/c", "content": ""},
    {"file_path": "names", "start_line": 5, "fqn": "plain", "content": ""},
    {"file_path": "names", "start_line": 6, "fqn": "a:b", "content": ""},
    {"file_path": "names", "start_line": 7, "fqn": "a.b.", "content": ""},
    {"file_path": "names", "start_line": 8, "fqn": "::", "content": ""},
    {"file_path": "names", "start_line": 9, "fqn": "a.b:c", "content": ""},
    {"file_path": "names", "start_line": 10, "fqn": "a:::b", "content": ""},
    {"file_path": "names", "start_line": 11, "fqn": "a.given", "name": "other", "content": ""}]');
SELECT fqn, name FROM cg_file_chunks('chunks', 'main', 'names');

-- reader order: file_path, start_line, end_line, name by bytes, number (NULL of an explicit id first), chunk_id
SELECT cg_create_snapshot('chunks', 'order');
SELECT cg_save_chunks('chunks', 'order', '[
    {"file_path": "b", "content": ""},
    {"file_path": "a/b", "content": ""},
    {"file_path": "é", "content": ""},
    {"file_path": "a-b", "content": ""},
    {"file_path": "B", "content": ""},
    {"file_path": "a", "start_line": 10, "content": ""},
    {"file_path": "a", "start_line": 9, "end_line": 12, "content": ""},
    {"file_path": "a", "start_line": 9, "end_line": 11, "content": ""},
    {"file_path": "a", "name": "b", "content": "1"},
    {"file_path": "a", "name": "b", "content": "2"},
    {"file_path": "a", "name": "b", "content": "3", "chunk_id": "y"},
    {"file_path": "a", "name": "b", "content": "4", "chunk_id": "x"},
    {"file_path": "a", "name": "B", "content": "5"},
    {"file_path": "a", "name": "é", "content": "6"},
    {"file_path": "a", "name": "a", "content": "7"}]');
SELECT file_path, start_line, end_line, name, chunk_id FROM cg_chunks('chunks', 'order');

-- saving by chunk id: the one that has it is replaced, others join
SELECT cg_create_snapshot('chunks', 'upsert');
SELECT cg_save_chunks('chunks', 'upsert', '[{"file_path": "u.py", "fqn": "u.f", "content": "one", "kind": "function", "summary": "first"}, {"file_path": "v.py", "content": "v"}]');
SELECT cg_save_chunk('chunks', 'upsert', '{"file_path": "u.py", "fqn": "u.f", "content": "two"}');
SELECT cg_save_chunk('chunks', 'upsert', '{"file_path": "u.py", "fqn": "u.f", "content": "three", "start_line": 2}');
SELECT chunk_id, kind, content, summary FROM cg_chunks('chunks', 'upsert');
-- by its id a chunk may move within its file: the id is kept then
SELECT cg_save_chunk('chunks', 'upsert', '{"file_path": "u.py", "fqn": "u.f", "content": "moved", "start_line": 5, "chunk_id": "chunks:u.py:f:2-2"}');
SELECT chunk_id, start_line, content FROM cg_chunks('chunks', 'upsert');
-- rows that were read can be saved again; then, and with an empty array, nothing changes: no revision
SELECT revision, updated_at AS before FROM cg_snapshots('chunks') WHERE snapshot_id = 'upsert' \gset
SELECT cg_save_chunk('chunks', 'upsert', '{"file_path": "u.py", "fqn": "u.f", "content": "moved", "start_line": 5, "chunk_id": "chunks:u.py:f:2-2"}');
SELECT cg_save_chunks('chunks', 'upsert', '[]');
SELECT count(*) AS untouched FROM cg_snapshots('chunks') WHERE snapshot_id = 'upsert' AND revision = :revision AND updated_at = :'before';
SELECT :revision AS revision;
-- the hash of a file stays as it was; a new file has none
SELECT cg_file_hash('chunks', 'upsert', 'u.py');
SELECT cg_update_file_metadata('chunks', 'upsert', 'u.py', 'blob 1');
SELECT cg_save_chunk('chunks', 'upsert', '{"file_path": "u.py", "content": "more", "start_line": 7}');
SELECT cg_file_hash('chunks', 'upsert', 'u.py');
-- another snapshot is not touched by any of this
SELECT cg_create_snapshot('chunks', 'copy', NULL, NULL, 'upsert');
SELECT cg_save_chunk('chunks', 'copy', '{"file_path": "v.py", "content": "v in the copy"}');
SELECT content FROM cg_chunk('chunks', 'upsert', 'chunks:v.py:unknown:1-1');
SELECT content FROM cg_chunk('chunks', 'copy', 'chunks:v.py:unknown:1-1');

-- a chunk argument is a chunk id first, else an FQN: then all chunks with it, in reader order
SELECT cg_create_snapshot('chunks', 'lookup');
SELECT cg_save_chunks('chunks', 'lookup', '[
    {"file_path": "z.py", "fqn": "m.f", "content": "z"},
    {"file_path": "a.py", "fqn": "m.f", "content": "a2", "start_line": 2},
    {"file_path": "a.py", "fqn": "m.f", "content": "a1"},
    {"file_path": "b.py", "fqn": "m.g", "content": "g"},
    {"file_path": "c.py", "fqn": "m.h", "content": "the id wins", "chunk_id": "m.g"},
    {"file_path": "with:colon.py", "name": "n:m", "content": "colons"}]');
SELECT content FROM cg_chunk('chunks', 'lookup', 'm.f');
SELECT content FROM cg_chunk('chunks', 'lookup', 'm.g');
SELECT content FROM cg_chunk('chunks', 'lookup', 'chunks:a.py:f:2-2');
SELECT content FROM cg_chunk('chunks', 'lookup', 'chunks:with:colon.py:n:m:1-1');
SELECT content FROM cg_chunk('chunks', 'lookup', 'm');
SELECT content FROM cg_chunk('chunks', 'lookup', 'M.F');
SELECT content FROM cg_chunk('chunks', 'lookup', 'chunks:a.py:f:1-2');
SELECT content FROM cg_chunk('chunks', 'lookup', '');
SELECT content FROM cg_file_chunks('chunks', 'lookup', 'a.py');
SELECT content FROM cg_file_chunks('chunks', 'lookup', 'a');
SELECT content FROM cg_file_chunks('chunks', 'lookup', '../a.py');
SELECT cg_count_chunks('chunks', 'lookup');

-- by kind
SELECT cg_save_chunks('chunks', 'lookup', '[
    {"file_path": "k.py", "name": "c", "kind": "class", "content": "1"},
    {"file_path": "a.py", "name": "c", "kind": "class", "content": "2"},
    {"file_path": "k.py", "name": "d", "kind": "Class", "content": "3"}]');
SELECT file_path, kind, content FROM cg_chunks_by_kind('chunks', 'lookup', 'class');
SELECT file_path, kind, content FROM cg_chunks_by_kind('chunks', 'lookup', 'function');

-- importance from 0 to 1, -0 is 0; the shortest text that is the number
SELECT cg_create_snapshot('chunks', 'importance');
SELECT cg_save_chunks('chunks', 'importance', '[
    {"file_path": "i", "name": "a", "content": "", "importance": 0},
    {"file_path": "i", "name": "b", "content": "", "importance": 1},
    {"file_path": "i", "name": "c", "content": "", "importance": -0.0},
    {"file_path": "i", "name": "d", "content": "", "importance": 0.1},
    {"file_path": "i", "name": "e", "content": "", "importance": 1e-3},
    {"file_path": "i", "name": "f", "content": "", "importance": 0.3333333333333333}]');
SELECT name, importance FROM cg_chunks('chunks', 'importance');

-- contents come back byte for byte
SELECT cg_create_snapshot('chunks', 'text');
SELECT cg_save_chunk('chunks', 'text', '{"file_path": "t", "content": "\t\"quoted\" \\ \/ \u00e9 \ud83d\ude00 𝄞 a\\u0000b", "summary": "", "symbol_visibility": "", "attrs": {"k\u00e9": "\ud83d\ude00"}}');
SELECT content, content_hash, summary, symbol_visibility, attrs FROM cg_chunks('chunks', 'text');
