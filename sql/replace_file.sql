\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_replace_file: one file becomes exactly what is given; everything else stays.

SELECT cg_save_repository('replace');
SELECT cg_create_snapshot('replace', 'v1');
SELECT cg_replace_file('replace', 'v1', 'v1', 'util.py', '[
    {"fqn": "util.parse", "kind": "function", "content": "def parse(): pass\n"},
    {"fqn": "util.print", "kind": "function", "content": "def print(): pass\n", "start_line": 2}]', '[]', 'blob util 1', '{"mode": 644}');
SELECT cg_replace_file('replace', 'v1', 'v1', 'app.py', '[{"fqn": "app.main", "content": "parse(); print()\n"}]', '[
    {"from_fqn": "app.main", "to_fqn": "util.parse"}, {"from_fqn": "app.main", "to_chunk_id": "replace:util.py:print:2-2"}, {"from_chunk_id": "replace:app.py:main:1-1", "to_fqn": "os.exit", "confidence": 0.5}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'empty.txt', '[]');
SELECT file_path, file_hash, language, chunks, dependencies, attrs FROM cg_files('replace', 'v1');

-- a new snapshot is made from the base: its parse moves and changes, print goes, format joins
SELECT cg_replace_file('replace', 'v1', 'v2', 'util.py', '[
    {"fqn": "util.parse", "kind": "function", "content": "def parse(x): pass\n", "start_line": 11},
    {"fqn": "util.format", "kind": "function", "content": "def format(): pass\n", "start_line": 2, "file_path": "util.py"}]', '[{"from_fqn": "util.parse", "to_fqn": "util.format"}]');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('replace');
SELECT chunk_id, fqn, content FROM cg_chunks('replace', 'v2');
-- every other file is as in the base; edges into the replaced file still bind although its lines moved
SELECT * FROM cg_dependencies('replace', 'v2');
SELECT * FROM cg_dependencies('replace', 'v1');
SELECT * FROM cg_compare_files('replace', 'v1', 'v2');
-- the hash is computed and attrs are {} when they are not given
SELECT file_path, file_hash, attrs FROM cg_files('replace', 'v2');

-- the same call again: everything unchanged, no revision
SELECT cg_replace_file('replace', 'v1', 'v2', 'util.py', '[
    {"fqn": "util.format", "kind": "function", "content": "def format(): pass\n", "start_line": 2, "end_line": 2},
    {"fqn": "util.parse", "kind": "function", "content": "def parse(x): pass\n", "start_line": 11}]', '[{"from_fqn": "util.parse", "to_fqn": "util.format"}]');
SELECT snapshot_id, revision FROM cg_snapshots('replace') WHERE snapshot_id = 'v2';
-- chunks are compared by id with the file's state before the call: one updated, one deleted, one inserted, one unchanged
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}, {"name": "other", "content": "2"}, {"name": "gone", "content": "3"}]', '[{"from_chunk_id": "replace:counts.py:same:1-1", "to_fqn": "x"}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}, {"name": "other", "content": "2", "summary": "now"}, {"name": "new", "content": "3"}]', '[{"from_chunk_id": "replace:counts.py:same:1-1", "to_fqn": "x"}, {"from_chunk_id": "replace:counts.py:new:1-1", "to_fqn": "x"}, {"from_chunk_id": "replace:counts.py:new:1-1", "to_fqn": "x", "confidence": 0.5}]');
SELECT from_chunk_id, to_fqn, confidence FROM cg_dependencies_to('replace', 'v1', 'x');
-- only dependencies, only the hash, only attrs: a change of the file with unchanged chunks
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}]', '[{"from_chunk_id": "replace:counts.py:same:1-1", "to_fqn": "y"}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}]', '[]', 'other hash');
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}]', '[]', 'other hash', '{"mode": "755"}');
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}]', NULL, 'other hash', ' { "mode": "755" } ');
SELECT cg_replace_file('replace', 'v1', 'v1', 'counts.py', '[{"name": "same", "content": "1"}]', '[]', 'other hash');
SELECT file_hash, attrs, dependencies FROM cg_files('replace', 'v1') WHERE file_path = 'counts.py';
SELECT revision FROM cg_snapshots('replace') WHERE snapshot_id = 'v1';

-- the computed hash: SHA-256 over the content hashes in hex, each followed by a line feed, in reader order.
-- Of no chunks it is that of nothing; the order of the array does not count.
SELECT cg_file_hash('replace', 'v1', 'empty.txt');
SELECT cg_create_snapshot('replace', 'hashes');
SELECT cg_replace_file('replace', 'hashes', 'hashes', 'a', '[{"content": "abc"}]');
SELECT cg_replace_file('replace', 'hashes', 'hashes', 'b', '[{"content": "", "start_line": 2}, {"content": "abc"}]');
SELECT cg_replace_file('replace', 'hashes', 'hashes', 'c', '[{"content": "abc"}, {"content": "", "start_line": 2}]');
SELECT file_path, file_hash FROM cg_files('replace', 'hashes');

-- a snapshot that exists, empty at revision 0 and without another base, is adopted: base's content and the replacement are revision 1
SELECT cg_create_snapshot('replace', 'adopted', 'c1', 'main');
SELECT cg_replace_file('replace', 'v2', 'adopted', 'util.py', '[]');
SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, revision FROM cg_snapshots('replace') WHERE snapshot_id = 'adopted';
SELECT file_path, chunks FROM cg_files('replace', 'adopted');
-- also when the replacement changes nothing in base's content
SELECT cg_create_snapshot('replace', 'adopted as it is');
SELECT cg_replace_files('replace', 'v2', 'adopted as it is', '[]');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('replace') WHERE snapshot_id = 'adopted as it is';
SELECT * FROM cg_compare_files('replace', 'v2', 'adopted as it is');
-- one that is made stays at revision 0 when the replacement changes nothing
SELECT cg_replace_files('replace', 'v2', 'made as it is', '[{"file_path": "not there", "deleted": true}]');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('replace') WHERE snapshot_id = 'made as it is';
-- a later replacement starts from the snapshot, not from its base again
SELECT cg_replace_file('replace', 'v2', 'adopted', 'app.py', '[]');
SELECT file_path, chunks FROM cg_files('replace', 'adopted');
-- an empty snapshot made from an empty base is adopted by that base alone
SELECT cg_create_snapshot('replace', 'nothing');
SELECT cg_create_snapshot('replace', 'from nothing', NULL, NULL, 'nothing');
SELECT cg_replace_file('replace', 'v2', 'from nothing', 'x', '[]');
SELECT cg_replace_file('replace', 'nothing', 'from nothing', 'x', '[]');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('replace') WHERE snapshot_id = 'from nothing';

-- one without a base records the base that is named, also when no content changes: then without a revision
SELECT cg_create_snapshot('replace', 'blank one');
SELECT cg_create_snapshot('replace', 'blank two');
SELECT cg_replace_files('replace', 'nothing', 'blank one', '[]');
SELECT cg_create_snapshot('replace', 'one file');
SELECT cg_update_file_metadata('replace', 'one file', 'a', 'h');
SELECT cg_replace_files('replace', 'one file', 'blank two', '[{"file_path": "a", "deleted": true}]');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('replace') WHERE snapshot_id LIKE 'blank%';
SELECT snapshot_id, revision, operation FROM cg_log('replace') WHERE snapshot_id LIKE 'blank%';
SELECT cg_replace_files('replace', 'v1', 'blank one', '[]');
SELECT cg_replace_files('replace', 'nothing', 'blank one', '[]');

-- wrong base: another, or content of its own without one
SELECT cg_replace_file('replace', 'v1', 'adopted', 'app.py', '[]');
SELECT cg_replace_file('replace', 'v1', 'hashes', 'app.py', '[]');
SELECT cg_replace_file('replace', 'not there', 'v9', 'app.py', '[]');
SELECT cg_replace_file('replace', 'v9', 'v9', 'app.py', '[]');
-- a base that was deleted stays recorded, but cannot be named
SELECT cg_create_snapshot('replace', 'short-lived', NULL, NULL, 'v1');
SELECT cg_replace_file('replace', 'short-lived', 'survivor', 'x', '[]');
SELECT cg_delete_snapshot('replace', 'short-lived');
SELECT cg_replace_file('replace', 'short-lived', 'survivor', 'y', '[]');
SELECT cg_replace_file('replace', 'survivor', 'survivor', 'y', '[]');
SELECT base_snapshot_id, revision FROM cg_snapshots('replace') WHERE snapshot_id = 'survivor';

-- every dependency starts in a chunk of the call; targets may be anywhere in the snapshot as the call leaves it
SELECT cg_replace_file('replace', 'v1', 'v1', 'from.py', '[{"fqn": "from.f", "content": ""}]', '[{"from_fqn": "app.main", "to_fqn": "x"}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'from.py', '[{"fqn": "from.f", "content": ""}]', '[{"from_chunk_id": "replace:app.py:main:1-1", "to_fqn": "x"}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'util.py', '[]', '[{"from_fqn": "util.parse", "to_fqn": "x"}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'util.py', '[{"fqn": "util.new", "content": ""}]', '[{"from_fqn": "util.new", "to_chunk_id": "replace:util.py:parse:1-1"}]');
SELECT cg_replace_file('replace', 'v1', 'v1', 'from.py', '[{"fqn": "f", "content": "2", "start_line": 2}, {"fqn": "f", "content": "1"}, {"fqn": "g", "content": "3", "start_line": 3}]', '[{"from_fqn": "f", "to_chunk_id": "replace:from.py:g:3-3"}, {"from_fqn": "g", "to_fqn": "replace:app.py:main:1-1"}, {"from_fqn": "g", "to_fqn": "replace:gone.py:x:1-1"}]');
SELECT * FROM cg_dependencies_from('replace', 'v1', 'f');
SELECT * FROM cg_dependencies_from('replace', 'v1', 'g');
-- the old dependencies of a replaced file are gone
SELECT cg_replace_file('replace', 'v1', 'v1', 'from.py', '[{"fqn": "f", "content": "1"}]');
SELECT * FROM cg_dependencies_from('replace', 'v1', 'f');

-- nothing of a failed call stays, not even the snapshot that it would have made
SELECT cg_replace_file('replace', 'v1', 'never', 'x', '[{"content": "", "chunk_id": "replace:app.py:main:1-1"}]');
SELECT cg_replace_file('replace', 'v1', 'never', 'x', '[{"content": "", "file_path": "y"}]');
SELECT cg_replace_file('replace', 'v1', 'never', 'x', '[{"name": "n"}]');
SELECT cg_replace_file('replace', 'v1', 'never', 'x', '{}');
SELECT cg_replace_file('replace', 'v1', 'never', 'x', '[]', '{}');
SELECT cg_replace_file('replace', 'v1', 'never', 'x', '[]', '[]', '');
SELECT cg_replace_file('replace', 'v1', 'never', 'x', '[]', '[]', 'h', '[]');
SELECT cg_replace_file('replace', 'v1', 'never', 'x/../y', '[]');
SELECT cg_replace_file('replace', 'v1', '', 'x', '[]');
SELECT count(*) AS made FROM cg_snapshots('replace') WHERE snapshot_id = 'never';
