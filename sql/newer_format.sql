\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- A repository that a newer version of codegraph wrote. It is refused by its name; calls over all repositories leave it
-- out.

SELECT cg_save_repository('newer-no');
SELECT cg_create_snapshot('newer-no', 'main');
SELECT cg_save_chunk('newer-no', 'main', '{"file_path": "f", "fqn": "newer.f", "content": "written by this version"}');
SELECT cg_save_repository('newer-yes');
SELECT cg_create_snapshot('newer-yes', 'main');
SELECT cg_save_chunk('newer-yes', 'main', '{"file_path": "f", "fqn": "newer.f", "content": "written by a newer version"}');
UPDATE codegraph_repositories SET format = format + 1 WHERE repo_id = 'newer-yes';

SELECT * FROM cg_chunks('newer-yes', 'main');
SELECT * FROM cg_chunks_by_fqn('newer.f', 'newer-yes');
SELECT * FROM cg_search_content('newer version', 50, 'newer-yes');
SELECT * FROM cg_stats('newer-yes');
SELECT cg_save_repository('newer-yes', 'another name');
SELECT cg_gc('newer-yes');
SELECT cg_index_content('newer-yes');
SELECT cg_delete_snapshot('newer-yes', 'main');
SELECT cg_delete_repository('newer-yes');

-- calls over all repositories
SELECT repo_id, chunk_id FROM cg_chunks_by_fqn('newer.f');
SELECT repo_id, chunk_id FROM cg_search_content('written by');
SELECT repo_id FROM cg_repositories() WHERE repo_id LIKE 'newer-%';
SELECT repo_id, object, CASE WHEN problem LIKE 'its format is %, this version of codegraph reads up to %' THEN 'newer' ELSE problem END AS problem FROM cg_verify() WHERE repo_id LIKE 'newer-%';
SELECT repo_id, object FROM cg_verify('newer-yes');
BEGIN;
SELECT CASE WHEN cg_gc() IS NOT NULL THEN 'done' END AS gc;
SELECT CASE WHEN cg_index_content() IS NOT NULL THEN 'done' END AS index_content;
ROLLBACK;

UPDATE codegraph_repositories SET format = format - 1 WHERE repo_id = 'newer-yes';
SELECT cg_delete_repository('newer-no'), cg_delete_repository('newer-yes');
