\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- A snapshot argument may end in a moment of its past: @{N} or @{time}.

SELECT cg_save_repository('past');
SELECT cg_create_snapshot('past', 'app:main', NULL, 'main', NULL, '2016-02-01T00:00:00Z');
SELECT cg_save_chunk('past', 'app:main', '{"file_path": "a.py", "fqn": "a", "content": "one"}');
SELECT cg_save_chunk('past', 'app:main', '{"file_path": "b.py", "fqn": "b", "content": "two"}');
SELECT cg_save_dependency('past', 'app:main', '{"from_fqn": "b", "to_fqn": "a"}');
SELECT cg_replace_file('past', 'app:main', 'app:main', 'a.py', '[{"fqn": "a", "content": "changed"}]');

-- by snapshot id, and by branch
SELECT fqn, content FROM cg_chunks('past', 'app:main@{0}');
SELECT fqn, content FROM cg_chunks('past', 'app:main@{1}');
SELECT fqn, content FROM cg_chunks('past', 'app:main@{2}');
SELECT fqn, content FROM cg_chunks('past', 'main@{3}');
SELECT fqn, content FROM cg_chunks('past', 'main@{4}');
SELECT fqn, content FROM cg_chunks('past', 'main@{004}');
-- every reader takes one
SELECT content FROM cg_chunk('past', 'main@{1}', 'a');
SELECT content FROM cg_file_chunks('past', 'main@{3}', 'a.py');
SELECT content FROM cg_chunks_by_kind('past', 'main@{3}', 'unknown');
SELECT file_path, chunks, dependencies FROM cg_files('past', 'main@{3}');
SELECT cg_count_chunks('past', 'main@{0}'), cg_count_chunks('past', 'main@{1}'), cg_count_chunks('past', 'main@{2}');
SELECT CASE WHEN cg_file_hash('past', 'main@{1}', 'a.py') IS NULL THEN 'none' END AS hash_then, CASE WHEN cg_file_hash('past', 'main', 'a.py') IS NULL THEN 'none' ELSE 'some' END AS hash_now;
SELECT CASE WHEN cg_snapshot_root('past', 'main@{4}') = cg_snapshot_root('past', 'app:main') THEN 'same' END AS root;
SELECT * FROM cg_changed_files('past', 'main@{2}', '{"b.py": "x", "c.py": "y"}');
SELECT from_fqn, to_fqn FROM cg_dependencies('past', 'main@{2}');
SELECT from_fqn, to_fqn FROM cg_dependencies('past', 'main@{3}');
SELECT from_fqn, to_fqn FROM cg_dependencies_to('past', 'main@{3}', 'a');
SELECT fqn FROM cg_transitive_dependents('past', 'main@{2}', 'a');
SELECT fqn FROM cg_transitive_dependents('past', 'main@{3}', 'a');
SELECT cg_count_dependents('past', 'main@{2}', 'a'), cg_count_dependents('past', 'main@{3}', 'a');
SELECT fqn FROM cg_unreferenced('past', 'main@{3}');
SELECT change, fqn FROM cg_compare_commits('past', 'main@{1}', 'main@{3}');
SELECT change, fqn FROM cg_compare_commits('past', 'main', 'main@{0}');
SELECT change, file_path FROM cg_compare_files('past', 'main@{3}', 'main@{4}');
SELECT fqn FROM cg_impact('past', 'main@{3}', 'main@{4}');

-- a time: the last revision logged by then
SELECT fqn, content FROM cg_chunks('past', 'app:main@{2999-01-01T00:00:00Z}');
SELECT count(*) FROM cg_chunks('past', 'app:main@{2000-01-01T00:00:00Z}');
SELECT count(*) FROM cg_chunks('past', 'app:main@{2016-02-01T00:00:00Z}');
-- of a branch: its newest snapshot by then, as it is now when it was loaded later
SELECT cg_create_snapshot('past', 'v2', NULL, 'main', 'app:main', '2017-02-01T00:00:00Z');
SELECT cg_replace_file('past', 'app:main', 'v2', 'b.py', '[{"fqn": "b", "content": "in v2"}]');
SELECT fqn, content FROM cg_chunks('past', 'main@{2016-01-31T23:59:59.999Z}');
SELECT fqn, content FROM cg_chunks('past', 'main@{2016-02-01T00:00:00Z}');
SELECT fqn, content FROM cg_chunks('past', 'main@{2017-01-31T23:59:59.999Z}');
SELECT fqn, content FROM cg_chunks('past', 'main@{2017-02-01T01:00:00+01:00}');
SELECT fqn, content FROM cg_chunks('past', 'main@{2999-01-01T00:00:00Z}');
-- a number with a branch is a revision of its newest snapshot
SELECT fqn, content FROM cg_chunks('past', 'main@{0}');
SELECT fqn, content FROM cg_chunks('past', 'main@{2}');

-- what is not there
SELECT * FROM cg_files('past', 'app:main@{5}');
SELECT * FROM cg_files('past', 'app:main@{99999999999999999999}');
SELECT * FROM cg_files('past', 'nothing@{1}');
SELECT * FROM cg_files('past', 'nothing@{2999-01-01T00:00:00Z}');
-- other braces are part of the name
SELECT * FROM cg_files('past', 'main@{-1}');
SELECT * FROM cg_files('past', 'main@{}');
SELECT * FROM cg_files('past', 'main@{yesterday}');
SELECT * FROM cg_files('past', 'main@{2016-02-01}');
SELECT * FROM cg_files('past', '@{1}');
-- an exact snapshot id always wins
SELECT cg_create_snapshot('past', 'app:main@{1}');
SELECT cg_save_chunk('past', 'app:main@{1}', '{"file_path": "odd.py", "fqn": "odd", "content": "odd"}');
SELECT fqn FROM cg_chunks('past', 'app:main@{1}');
SELECT fqn FROM cg_chunks('past', 'app:main@{1}@{1}');
SELECT cg_count_chunks('past', 'app:main@{1}@{0}');
SELECT cg_delete_snapshot('past', 'app:main@{1}');
SELECT fqn FROM cg_chunks('past', 'app:main@{1}');

-- writers take exact ids only
SELECT cg_save_chunk('past', 'app:main@{2}', '{"file_path": "x.py", "content": "x"}');
SELECT cg_create_snapshot('past', 'from the past', NULL, NULL, 'app:main@{2}');
SELECT cg_replace_file('past', 'app:main@{2}', 'from the past', 'x.py', '[]');
SELECT count(*) FROM cg_log('past', 'app:main@{2}');
