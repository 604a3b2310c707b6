\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- What is stored; shared things are counted once.

SELECT cg_save_repository('stats');
SELECT repositories, snapshots, file_versions, chunks, dependencies, contents, storage_bytes FROM cg_stats('stats');
SELECT cg_create_snapshot('stats', 'v1');
SELECT cg_replace_files('stats', 'v1', 'v1', '[
    {"file_path": "a", "chunks": [{"fqn": "f", "content": "same"}, {"fqn": "g", "content": "same", "start_line": 2}], "dependencies": [{"from_fqn": "f", "to_fqn": "g"}, {"from_fqn": "g", "to_fqn": "x"}]},
    {"file_path": "b", "chunks": [{"content": "other"}]}]');
SELECT repositories, snapshots, file_versions, chunks, dependencies, contents FROM cg_stats('stats');
SELECT CASE WHEN storage_bytes > 100 AND storage_bytes < 10000 THEN 'some' ELSE 'too many' END AS storage FROM cg_stats('stats');
-- a snapshot with the same content adds nothing but itself
SELECT cg_create_snapshot('stats', 'v2', NULL, NULL, 'v1');
SELECT repositories, snapshots, file_versions, chunks, dependencies, contents FROM cg_stats('stats');
-- a change adds one file version; its contents are there already
SELECT cg_replace_file('stats', 'v1', 'v2', 'b', '[{"content": "other", "start_line": 2}, {"content": "same", "start_line": 3}]');
SELECT repositories, snapshots, file_versions, chunks, dependencies, contents FROM cg_stats('stats');
-- the same file version again, in another snapshot
SELECT cg_replace_file('stats', 'v1', 'v3', 'b', '[{"content": "other", "start_line": 2}, {"content": "same", "start_line": 3}]');
SELECT repositories, snapshots, file_versions, chunks, dependencies, contents FROM cg_stats('stats');
-- all repositories count more than one
SELECT CASE WHEN every.repositories >= 1 AND every.chunks >= one.chunks AND every.contents >= one.contents AND every.storage_bytes >= one.storage_bytes THEN 'more' ELSE 'less' END AS everything
FROM cg_stats() AS every, cg_stats('stats') AS one;
SELECT count(*) FROM cg_stats(NULL);
SELECT * FROM cg_stats('nowhere');
SELECT CASE WHEN cg_version() LIKE '%.%.%' THEN 'a version' END AS version;
