\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Which files differ between two snapshots, in anything.

SELECT cg_save_repository('compare-files');
SELECT cg_create_snapshot('compare-files', 'old', NULL, 'before');
SELECT cg_replace_files('compare-files', 'old', 'old', '[
    {"file_path": "same", "file_hash": "1", "chunks": [{"content": "same"}]},
    {"file_path": "content", "file_hash": "1", "chunks": [{"content": "1"}]},
    {"file_path": "lines", "file_hash": "1", "chunks": [{"content": "1"}]},
    {"file_path": "summary", "file_hash": "1", "chunks": [{"content": "1"}]},
    {"file_path": "dependency", "file_hash": "1", "chunks": [{"fqn": "f", "content": "1"}]},
    {"file_path": "attrs", "file_hash": "1", "chunks": []},
    {"file_path": "hash", "file_hash": "1", "chunks": []},
    {"file_path": "gone", "file_hash": "1", "chunks": []},
    {"file_path": "Gone", "chunks": [{"content": "1"}]}]');
SELECT cg_replace_files('compare-files', 'old', 'new', '[
    {"file_path": "same", "file_hash": "1", "chunks": [{"content": "same", "start_line": 1}]},
    {"file_path": "content", "file_hash": "1", "chunks": [{"content": "2"}]},
    {"file_path": "lines", "file_hash": "1", "chunks": [{"content": "1", "end_line": 2}]},
    {"file_path": "summary", "file_hash": "1", "chunks": [{"content": "1", "summary": "s"}]},
    {"file_path": "dependency", "file_hash": "1", "chunks": [{"fqn": "f", "content": "1"}], "dependencies": [{"from_fqn": "f", "to_fqn": "g"}]},
    {"file_path": "attrs", "file_hash": "1", "chunks": [], "attrs": {"a": 1}},
    {"file_path": "hash", "file_hash": "2", "chunks": []},
    {"file_path": "gone", "deleted": true},
    {"file_path": "Gone", "deleted": true},
    {"file_path": "new/é", "file_hash": "1", "chunks": []},
    {"file_path": "a new one", "chunks": []}]');
SELECT * FROM cg_compare_files('compare-files', 'old', 'new');
SELECT * FROM cg_compare_files('compare-files', 'new', 'before');
SELECT * FROM cg_compare_files('compare-files', 'new', 'new');
SELECT cg_create_snapshot('compare-files', 'empty');
SELECT change, count(*) FROM cg_compare_files('compare-files', 'empty', 'new') GROUP BY change;
SELECT change, count(*) FROM cg_compare_files('compare-files', 'new', 'empty') GROUP BY change;
-- a soft-deleted file is absent, on either side
SELECT cg_create_snapshot('compare-files', 'soft', NULL, NULL, 'new');
SELECT cg_soft_delete_file_chunks('compare-files', 'soft', 'same');
SELECT * FROM cg_compare_files('compare-files', 'new', 'soft');
SELECT * FROM cg_compare_files('compare-files', 'soft', 'new');
SELECT cg_create_snapshot('compare-files', 'other soft', NULL, NULL, 'new');
SELECT cg_save_chunk('compare-files', 'other soft', '{"file_path": "same", "content": "other"}');
SELECT cg_soft_delete_file_chunks('compare-files', 'other soft', 'same');
SELECT * FROM cg_compare_files('compare-files', 'soft', 'other soft');

-- many files: what differs is found among what does not
SELECT cg_create_snapshot('compare-files', 'many');
\if :{?SQLITE}
WITH RECURSIVE numbers(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1999)
SELECT '[' || group_concat('{"file_path":"src/f' || n || '.c","file_hash":"h' || n || '","chunks":[]}') || ']' AS files FROM numbers \gset
\else
SELECT '[' || string_agg('{"file_path":"src/f' || n || '.c","file_hash":"h' || n || '","chunks":[]}', ',') || ']' AS files FROM generate_series(1000, 1999) AS n \gset
\endif
SELECT cg_replace_files('compare-files', 'many', 'many', :'files');
SELECT cg_snapshot_root('compare-files', 'many');
SELECT cg_replace_files('compare-files', 'many', 'few', '[{"file_path": "src/f1500.c", "file_hash": "new", "chunks": []}, {"file_path": "src/f1000.c", "deleted": true}, {"file_path": "src/f1999.c", "deleted": true}, {"file_path": "src/f1250a.c", "file_hash": "added", "chunks": []}, {"file_path": "zzz", "file_hash": "last", "chunks": []}]');
SELECT * FROM cg_compare_files('compare-files', 'many', 'few');
SELECT count(*) FROM cg_files('compare-files', 'few');
SELECT * FROM cg_compare_files('compare-files', 'many', 'nowhere');
SELECT * FROM cg_compare_files('compare-files', 'nowhere', 'many');
