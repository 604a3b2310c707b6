\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Repositories: made with defaults, updated by what is given, listed by id in the order of bytes.

-- name = repo_id, default_branch = main; nothing else
SELECT cg_save_repository('repositories-b');
SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories() WHERE repo_id = 'repositories-b';
SELECT cg_save_repository('repositories-a', 'All given', 'https://example.org/a.git', '/src/a', 'trunk');
-- an upper-case letter sorts before lower-case ones, and a letter outside ASCII after them
SELECT cg_save_repository('repositories-é', NULL, NULL, NULL, NULL);
SELECT cg_save_repository('repositories-B');
SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories() WHERE repo_id LIKE 'repositories-%';
SELECT count(*) AS with_times FROM cg_repositories() WHERE repo_id LIKE 'repositories-%' AND created_at <= updated_at;

-- what is left out or NULL keeps its saved value
SELECT cg_save_repository('repositories-a', 'Renamed');
SELECT cg_save_repository('repositories-a', NULL, 'https://example.org/moved.git');
SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories() WHERE repo_id = 'repositories-a';
SELECT cg_save_repository('repositories-b', 'b', '', '', 'dev');
SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories() WHERE repo_id = 'repositories-b';

-- ids are compared by bytes, and kept as they are
SELECT cg_save_repository(' repositories c ');
SELECT cg_save_repository('repositories:d/é''s');
SELECT repo_id, name FROM cg_repositories() WHERE repo_id LIKE '% c ' OR repo_id LIKE '%:d%';
SELECT * FROM cg_snapshots('REPOSITORIES-A');

-- two repositories have nothing in common: snapshot ids are unique within one
SELECT cg_create_snapshot('repositories-a', 'same');
SELECT cg_create_snapshot('repositories-b', 'same');
SELECT cg_save_chunk('repositories-a', 'same', '{"file_path": "x.py", "content": "x"}');
SELECT cg_count_chunks('repositories-a', 'same'), cg_count_chunks('repositories-b', 'same');

-- 200 bytes are allowed, 201 are not
\set ten 0123456789
\set fifty :ten:ten:ten:ten:ten
SELECT cg_save_repository(:'fifty' || :'fifty' || :'fifty' || :'fifty');
SELECT cg_save_repository(:'fifty' || :'fifty' || :'fifty' || :'fifty' || 'x');
SELECT count(*) FROM cg_repositories() WHERE repo_id LIKE '0123456789%';
SELECT cg_delete_repository(:'fifty' || :'fifty' || :'fifty' || :'fifty');

-- names and branches are not empty; a failed call changes nothing
SELECT cg_save_repository('');
SELECT cg_save_repository('repositories-a', '');
SELECT cg_save_repository('repositories-a', 'Again', NULL, NULL, '');
SELECT cg_save_repository(NULL);
SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories() WHERE repo_id = 'repositories-a';
