\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Chunk ids: repo:path:name:start-end; the k-th of equal ones in a call gets #k.

SELECT cg_save_repository('ids');
SELECT cg_create_snapshot('ids', 'numbers');
SELECT cg_save_chunks('ids', 'numbers', '[
    {"file_path": "a", "name": "f", "content": "1"},
    {"file_path": "b", "name": "f", "content": "other file"},
    {"file_path": "a", "name": "f", "content": "2"},
    {"file_path": "a", "name": "g", "content": "other name"},
    {"file_path": "a", "name": "f", "content": "3"},
    {"file_path": "a", "name": "f", "content": "other lines", "end_line": 2}]');
SELECT chunk_id, content FROM cg_chunks('ids', 'numbers');
-- numbers sort as numbers
SELECT cg_save_chunks('ids', 'numbers', '[
    {"file_path": "n", "content": "1"}, {"file_path": "n", "content": "2"}, {"file_path": "n", "content": "3"}, {"file_path": "n", "content": "4"},
    {"file_path": "n", "content": "5"}, {"file_path": "n", "content": "6"}, {"file_path": "n", "content": "7"}, {"file_path": "n", "content": "8"},
    {"file_path": "n", "content": "9"}, {"file_path": "n", "content": "10"}, {"file_path": "n", "content": "11"}]');
SELECT chunk_id, content FROM cg_file_chunks('ids', 'numbers', 'n');
-- each call numbers from the start: the same chunk again is the same chunk
SELECT cg_save_chunk('ids', 'numbers', '{"file_path": "a", "name": "f", "content": "1 again"}');
SELECT chunk_id, content FROM cg_file_chunks('ids', 'numbers', 'a');

-- rows that were read can be saved again, in any order: a given id that is the default, or that with #k, is number k
SELECT cg_save_chunks('ids', 'numbers', '[
    {"file_path": "a", "name": "f", "content": "3 back", "chunk_id": "ids:a:f:1-1#3"},
    {"file_path": "a", "name": "f", "content": "1 back", "chunk_id": "ids:a:f:1-1"},
    {"file_path": "a", "name": "f", "content": "2 back", "chunk_id": "ids:a:f:1-1#2"}]');
SELECT chunk_id, content FROM cg_file_chunks('ids', 'numbers', 'a');
SELECT cg_create_snapshot('ids', 'read back');
SELECT cg_save_chunks('ids', 'read back', '[
    {"file_path": "a", "name": "f", "content": "c", "chunk_id": "ids:a:f:1-1#12"},
    {"file_path": "a", "name": "f", "content": "b", "chunk_id": "ids:a:f:1-1#2"},
    {"file_path": "a", "name": "f", "content": "a", "chunk_id": "ids:a:f:1-1"}]');
SELECT chunk_id, content FROM cg_chunks('ids', 'read back');

-- a given id counts in its group of equal default ids
SELECT cg_create_snapshot('ids', 'groups');
SELECT cg_save_chunks('ids', 'groups', '[
    {"file_path": "a", "content": "given default", "chunk_id": "ids:a:unknown:1-1"},
    {"file_path": "a", "content": "second"},
    {"file_path": "b", "content": "given other", "chunk_id": "explicit"},
    {"file_path": "b", "content": "second"}]');
SELECT chunk_id, content FROM cg_chunks('ids', 'groups');
SELECT cg_save_chunks('ids', 'groups', '[{"file_path": "c", "content": "first"}, {"file_path": "c", "content": "given default", "chunk_id": "ids:c:unknown:1-1"}]');
SELECT cg_save_chunks('ids', 'groups', '[{"file_path": "c", "content": "given #2", "chunk_id": "ids:c:unknown:1-1#2"}, {"file_path": "c", "content": "second"}]');
SELECT cg_replace_file('ids', 'groups', 'groups', 'c', '[{"content": "first"}, {"content": "given default", "chunk_id": "ids:c:unknown:1-1"}]');
SELECT cg_count_chunks('ids', 'groups');

-- any other explicit id has no number, so it comes first among equals; #1, #02 and #x are no numbers
SELECT cg_create_snapshot('ids', 'explicit');
SELECT cg_save_chunks('ids', 'explicit', '[
    {"file_path": "a", "content": "default"},
    {"file_path": "a", "content": "x", "chunk_id": "ids:a:unknown:1-1#x"},
    {"file_path": "a", "content": "1", "chunk_id": "ids:a:unknown:1-1#1"},
    {"file_path": "a", "content": "02", "chunk_id": "ids:a:unknown:1-1#02"},
    {"file_path": "a", "content": "2", "chunk_id": "ids:a:unknown:1-1#2"},
    {"file_path": "a", "content": "nothing", "chunk_id": "ids:a:unknown:1-1#"},
    {"file_path": "a", "content": "of another file", "chunk_id": "ids:b:unknown:1-1"},
    {"file_path": "a", "content": "free text", "chunk_id": "a chunk, é"}]');
SELECT chunk_id, content FROM cg_chunks('ids', 'explicit');
SELECT content FROM cg_chunk('ids', 'explicit', 'ids:b:unknown:1-1');
SELECT content FROM cg_chunk('ids', 'explicit', 'ids:a:unknown:1-1#02');
SELECT content FROM cg_chunk('ids', 'explicit', 'ids:a:unknown:1-1#2');

-- one chunk an id: within a call, and against other files of the snapshot
SELECT cg_save_chunk('ids', 'explicit', '{"file_path": "b", "content": "taken"}');
SELECT cg_save_chunk('ids', 'explicit', '{"file_path": "b", "content": "taken", "chunk_id": "a chunk, é"}');
SELECT cg_save_chunk('ids', 'explicit', '{"file_path": "b", "content": "taken", "chunk_id": "ids:a:unknown:1-1"}');
SELECT cg_save_chunks('ids', 'explicit', '[{"file_path": "b", "content": "b", "chunk_id": "same"}, {"file_path": "b", "content": "b", "chunk_id": "same"}]');
SELECT cg_save_chunks('ids', 'explicit', '[{"file_path": "b", "content": "b", "chunk_id": "same"}, {"file_path": "c", "content": "c", "chunk_id": "same"}]');
SELECT cg_replace_file('ids', 'explicit', 'explicit', 'b', '[{"content": "taken"}]');
SELECT cg_replace_file('ids', 'explicit', 'explicit', 'b', '[{"content": "b", "chunk_id": "same"}, {"content": "c", "chunk_id": "same"}]');
SELECT cg_replace_files('ids', 'explicit', 'explicit', '[{"file_path": "b", "chunks": [{"content": "b", "chunk_id": "same"}]}, {"file_path": "c", "chunks": [{"content": "c", "chunk_id": "same"}]}]');
SELECT cg_count_chunks('ids', 'explicit'), revision FROM cg_snapshots('ids') WHERE snapshot_id = 'explicit';
-- as the call leaves it: ids may change hands in one call
SELECT cg_replace_files('ids', 'explicit', 'explicit', '[{"file_path": "a", "chunks": []}, {"file_path": "b", "chunks": [{"content": "moved", "chunk_id": "a chunk, é"}]}]');
SELECT chunk_id, file_path FROM cg_chunks('ids', 'explicit');
-- in another snapshot the id is free
SELECT cg_save_chunk('ids', 'groups', '{"file_path": "z", "content": "free", "chunk_id": "a chunk, é"}');
-- computed ids can meet: path "p" with name "q:r" and path "p:q" with name "r"
SELECT cg_create_snapshot('ids', 'colons');
SELECT cg_save_chunk('ids', 'colons', '{"file_path": "p", "name": "q:r", "content": "1"}');
SELECT cg_save_chunk('ids', 'colons', '{"file_path": "p:q", "name": "r", "content": "2"}');
SELECT content FROM cg_chunk('ids', 'colons', 'ids:p:q:r:1-1');

-- explicit ids have up to 1,024 bytes, computed ones are not limited, and may be given
\set ten 0123456789
\set fifty :ten:ten:ten:ten:ten
\set hundred :fifty:fifty
\set thousand :hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred
SELECT cg_create_snapshot('ids', 'long');
SELECT length(cg_save_chunk('ids', 'long', '{"file_path": "a", "content": "1024", "chunk_id": "' || :'thousand' || '012345678901234567890123"}')) AS length;
SELECT cg_save_chunk('ids', 'long', '{"file_path": "a", "content": "1025", "chunk_id": "' || :'thousand' || '0123456789012345678901234"}');
SELECT length(cg_save_chunk('ids', 'long', '{"file_path": "' || :'thousand' || '", "name": "' || :'thousand' || '", "content": "computed"}')) AS length;
SELECT length(cg_save_chunk('ids', 'long', '{"file_path": "' || :'thousand' || '", "name": "' || :'thousand' || '", "content": "given", "chunk_id": "ids:' || :'thousand' || ':' || :'thousand' || ':1-1"}')) AS length;
SELECT length(chunk_id) AS length, content FROM cg_chunks('ids', 'long');
SELECT content FROM cg_chunk('ids', 'long', 'ids:' || :'thousand' || ':' || :'thousand' || ':1-1');
SELECT cg_save_chunk('ids', 'long', '{"file_path": "a", "content": "", "chunk_id": ""}');
