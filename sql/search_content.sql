\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Substring search: what matches, in which order, with and without the index.

SELECT cg_config('auto_index_content', '0');
SELECT cg_save_repository('search', NULL, NULL, NULL, 'trunk');
SELECT count(*) FROM cg_search_content('anything', 50, 'search');
SELECT cg_create_snapshot('search', 'old', NULL, 'trunk');
SELECT cg_replace_files('search', 'old', 'old', '[
    {"file_path": "a.py", "chunks": [
        {"fqn": "login", "content": "def Login(user):\n    return 100%\n"},
        {"fqn": "path", "start_line": 3, "content": "C:\\dir\\*.txt [x] ''quoted'' \"twice\"", "importance": 0.9},
        {"fqn": "snake", "start_line": 4, "content": "under_score underXscore"}]},
    {"file_path": "b.py", "chunks": [
        {"fqn": "umlaut", "content": "Ärger ärger ÄRGER straße"},
        {"fqn": "again", "start_line": 2, "content": "def Login(user):\n    return 100%\n", "importance": 1},
        {"fqn": "empty", "start_line": 3, "content": ""}]},
    {"file_path": "c.py", "chunks": [{"fqn": "short", "content": "z"}, {"fqn": "end", "start_line": 2, "content": "ends in qz"}]}]');

-- whole rows
SELECT repo_id, snapshot_id, chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, summary, importance, is_deleted, attrs
FROM cg_search_content('LOGIN', 50, 'search', 'old');
-- by importance, then in reader order
SELECT importance, file_path, start_line FROM cg_search_content('e', NULL, 'search');
SELECT importance, file_path, start_line FROM cg_search_content('e', 2, 'search');
SELECT count(*) FROM cg_search_content('e', 0, 'search');
-- only ASCII letters are folded; every other byte stands for itself
SELECT fqn FROM cg_search_content('DEF login(USER)', 50, 'search');
SELECT fqn FROM cg_search_content('ärger Ärger', 50, 'search');
SELECT fqn FROM cg_search_content('Ärger ärger', 50, 'search');
SELECT fqn FROM cg_search_content('STRAßE', 50, 'search');
SELECT fqn FROM cg_search_content('STRASSE', 50, 'search');
SELECT fqn FROM cg_search_content('%', 50, 'search');
SELECT fqn FROM cg_search_content('r_s', 50, 'search');
SELECT fqn FROM cg_search_content('*', 50, 'search');
SELECT fqn FROM cg_search_content('\', 50, 'search');
SELECT fqn FROM cg_search_content('[x]', 50, 'search');
SELECT fqn FROM cg_search_content('{x}', 50, 'search');
SELECT fqn FROM cg_search_content('''quoted'' "', 50, 'search');
SELECT fqn FROM cg_search_content('
    return', 50, 'search');
SELECT fqn FROM cg_search_content('z', 50, 'search');
SELECT fqn FROM cg_search_content('QZ', 50, 'search');
SELECT fqn FROM cg_search_content('no such text', 50, 'search');

-- indexed, the same
SELECT cg_index_content('search');
SELECT cg_index_content('search');
SELECT cg_index_content('search', true);
SELECT cg_index_content('search', false);
SELECT importance, file_path, start_line FROM cg_search_content('e', NULL, 'search');
SELECT fqn FROM cg_search_content('z', 50, 'search');
SELECT fqn FROM cg_search_content('QZ', 50, 'search');
SELECT fqn FROM cg_search_content('r_s', 50, 'search');
SELECT fqn FROM cg_search_content('ärger Ärger', 50, 'search');
SELECT fqn FROM cg_search_content('DEF login(USER)', 50, 'search');
SELECT count(*) FROM cg_search_content('no such text', 50, 'search');

-- which snapshot: the newest of the default branch, else the newest; what is not indexed yet is found
SELECT cg_create_snapshot('search', 'new', NULL, 'trunk', 'old');
SELECT cg_replace_file('search', 'old', 'new', 'c.py', '[{"fqn": "fresh", "content": "zebra crossing"}]');
SELECT cg_create_snapshot('search', 'side', NULL, 'side', 'old');
SELECT snapshot_id, fqn FROM cg_search_content('z', 50, 'search');
SELECT snapshot_id, fqn FROM cg_search_content('z', 50, 'search', 'old');
SELECT snapshot_id, fqn FROM cg_search_content('z', 50, 'search', 'side');
SELECT cg_save_repository('search', NULL, NULL, NULL, 'elsewhere');
SELECT snapshot_id, fqn FROM cg_search_content('z', 50, 'search');
-- deleted chunks and files are absent
SELECT cg_soft_delete_file_chunks('search', 'side', 'c.py');
SELECT snapshot_id, fqn FROM cg_search_content('z', 50, 'search', 'side');
SELECT cg_restore_file_chunks('search', 'side', 'c.py');
SELECT snapshot_id, fqn FROM cg_search_content('z', 50, 'search', 'side');
-- several repositories
SELECT cg_save_repository('search 2');
SELECT cg_create_snapshot('search 2', 'only');
SELECT cg_save_chunk('search 2', 'only', '{"file_path": "x", "content": "aardvark zebra", "importance": 0.6}');
SELECT repo_id, snapshot_id, importance, content FROM cg_search_content('rk Z');
SELECT repo_id, snapshot_id, importance, content FROM cg_search_content('zebra', NULL, NULL, NULL);
SELECT cg_search_content.repo_id, content FROM cg_search_content('zebra', 1);
SELECT CASE WHEN CAST(cg_index_content() AS text) <> '{"contents":0}' THEN 'some' END AS contents; -- of all files of this suite
SELECT cg_index_content(NULL, NULL);
SELECT repo_id, content FROM cg_search_content('aardvark zebra');

-- writers index, from half of what is allowed on and not beyond it: how many file versions they leave
SELECT cg_config('auto_index_content', '5');
SELECT cg_save_chunk('search 2', 'only', '{"file_path": "y", "content": "yak", "fqn": "y1"}');
SELECT count(*) FROM codegraph_files WHERE file_key > (SELECT max(last_file_key) FROM codegraph_content_segments);
SELECT cg_save_chunks('search 2', 'only', '[{"file_path": "y", "content": "yellow yak", "fqn": "y2"}, {"file_path": "z", "content": "zebu", "fqn": "z1"}]');
SELECT count(*) FROM codegraph_files WHERE file_key > (SELECT max(last_file_key) FROM codegraph_content_segments);
SELECT cg_config('auto_index_content', '2');
SELECT cg_save_dependency('search 2', 'only', '{"from_fqn": "y1", "to_fqn": "z1"}');
SELECT cg_update_file_metadata('search 2', 'only', 'z', 'hash');
SELECT cg_soft_delete_file_chunks('search 2', 'only', 'z');
SELECT cg_restore_file_chunks('search 2', 'only', 'z');
SELECT count(*) FROM codegraph_files WHERE file_key > (SELECT max(last_file_key) FROM codegraph_content_segments);
SELECT cg_replace_files('search 2', 'only', 'only', '[{"file_path": "y", "chunks": [{"content": "yak"}]}, {"file_path": "empty", "chunks": []}]');
SELECT count(*) FROM codegraph_files WHERE file_key > (SELECT max(last_file_key) FROM codegraph_content_segments);
SELECT cg_index_content('search 2');
SELECT content FROM cg_search_content('ya', 50, 'search 2');
-- what is more than allowed stays, and later changes with it, until it is indexed
SELECT cg_replace_file('search 2', 'only', 'only', 'y', '[{"content": "yak 1"}, {"start_line": 2, "content": "yak 2"}, {"start_line": 3, "content": "yak 3"}]');
SELECT cg_save_chunk('search 2', 'only', '{"file_path": "v", "content": "vicuna yak"}');
SELECT count(*) FROM codegraph_files WHERE file_key > (SELECT max(last_file_key) FROM codegraph_content_segments);
SELECT content FROM cg_search_content('yak', 50, 'search 2');
SELECT cg_index_content('search 2');
SELECT cg_save_chunk('search 2', 'only', '{"file_path": "w", "content": "weasel yak"}');
SELECT cg_index_content('search 2');
SELECT content FROM cg_search_content('yak', 50, 'search 2');
-- 0: never
SELECT cg_config('auto_index_content', '0');
SELECT cg_save_chunk('search 2', 'only', '{"file_path": "v", "content": "vulture"}');
SELECT cg_index_content('search 2');
SELECT content FROM cg_search_content('vu', 50, 'search 2');

-- what is wrong
SELECT * FROM cg_search_content(NULL);
SELECT * FROM cg_search_content('');
SELECT * FROM cg_search_content('x', -1);
SELECT * FROM cg_search_content('x', 50, NULL, 'new');
SELECT * FROM cg_search_content('x', 50, 'nowhere');
SELECT * FROM cg_search_content('x', 50, 'search', 'nowhere');
SELECT * FROM cg_search_content('x', 0, 'search', 'nowhere');
SELECT cg_index_content('nowhere');

-- damage to the index is told, and a rebuild mends it
UPDATE codegraph_content_segments SET file_count = -1 WHERE repo_key = (SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'search');
SELECT * FROM cg_search_content('zebra', 50, 'search');
SELECT substr(object, 1, 15) AS object, problem FROM cg_verify('search');
SELECT cg_index_content('search');
SELECT cg_index_content();
SELECT repo_id, contents_not_indexed FROM cg_status('search');
SELECT cg_index_content('search', true);
SELECT fqn FROM cg_search_content('zebra', 50, 'search');
SELECT count(*) FROM cg_verify('search');
DELETE FROM codegraph_content_grams WHERE repo_key = (SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'search');
SELECT * FROM cg_search_content('zebra', 50, 'search');
SELECT * FROM cg_search_content('z', 50, 'search');
SELECT substr(object, 1, 15) AS object, problem FROM cg_verify('search');
SELECT cg_index_content('search', true);
SELECT fqn FROM cg_search_content('z', 50, 'search');
-- without its segments, what was indexed is known no more
DELETE FROM codegraph_content_segments WHERE repo_key = (SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'search');
SELECT * FROM cg_search_content('z', 50, 'search');
SELECT cg_index_content('search', true);
SELECT fqn FROM cg_search_content('z', 50, 'search');

-- what is collected leaves the index
SELECT cg_delete_snapshot('search', 'old');
SELECT cg_delete_snapshot('search', 'side');
SELECT cg_soft_delete_file_chunks('search', 'new', 'a.py');
SELECT count(*) FROM cg_search_content('zebra', 50, 'search');
SELECT cg_delete_repository('search');
SELECT cg_delete_repository('search 2');
SELECT count(*) FROM cg_search_content('zebra');
