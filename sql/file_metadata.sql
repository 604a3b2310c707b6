\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_update_file_metadata sets a file's hash; cg_file_hash reads it.

SELECT cg_save_repository('metadata');
SELECT cg_create_snapshot('metadata', 'main');
-- the file is made, without chunks, when it is not there
SELECT cg_file_hash('metadata', 'main', 'a.py');
SELECT cg_update_file_metadata('metadata', 'main', 'a.py', 'blob 1');
SELECT file_path, file_hash, language, chunks, dependencies, attrs FROM cg_files('metadata', 'main');
SELECT cg_file_hash('metadata', 'main', 'a.py');
-- else only the hash changes
SELECT cg_replace_file('metadata', 'main', 'main', 'b.py', '[{"fqn": "b.f", "content": "f"}]', '[{"from_fqn": "b.f", "to_fqn": "x"}]', 'blob 1', '{"mode": 1}');
SELECT cg_update_file_metadata('metadata', 'main', 'b.py', 'blob 2');
SELECT file_path, file_hash, language, chunks, dependencies, attrs FROM cg_files('metadata', 'main');
-- the same hash again is no revision
SELECT revision FROM cg_snapshots('metadata');
SELECT cg_update_file_metadata('metadata', 'main', 'b.py', 'blob 2');
SELECT revision FROM cg_snapshots('metadata');
-- a file hash is opaque text of 1 to 128 bytes
\set ten 0123456789
SELECT cg_update_file_metadata('metadata', 'main', 'c', ' É "1" ');
SELECT cg_update_file_metadata('metadata', 'main', 'd', :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || '01234567');
SELECT cg_update_file_metadata('metadata', 'main', 'e', :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || :'ten' || '012345678');
SELECT cg_update_file_metadata('metadata', 'main', 'e', '');
SELECT cg_update_file_metadata('metadata', 'main', 'e', NULL);
SELECT cg_update_file_metadata('metadata', 'main', 'e/', 'h');
SELECT file_path, file_hash FROM cg_files('metadata', 'main');
SELECT cg_file_hash('metadata', 'main', 'e');
SELECT cg_file_hash('metadata', 'main', '');
SELECT cg_file_hash('metadata', 'main', NULL);
SELECT cg_file_hash('metadata', 'not there', 'a.py');
SELECT cg_file_hash('not there', 'main', 'a.py');
