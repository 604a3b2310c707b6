-- The functions run with the rights of their caller, whose role may change between calls of one session.
\ir checks.psql
SELECT cg_save_repository('mine') AS saved \gset
SELECT cg_save_repository('theirs') AS saved \gset
SELECT cg_create_snapshot('mine', 's') AS saved \gset
SELECT cg_create_snapshot('theirs', 's') AS saved \gset
CREATE ROLE codegraph_test_reader;
GRANT SELECT ON codegraph_repositories, codegraph_snapshots TO codegraph_test_reader;

SET ROLE codegraph_test_reader;
SELECT pg_temp.check_equal('rights: writing without the right to', '42501', left(pg_temp.outcome($$SELECT cg_save_repository('x')$$), 5));
SELECT pg_temp.check_equal('rights: reading with the right to', '2', count(*)::text) FROM cg_repositories();
RESET ROLE;
REVOKE SELECT ON codegraph_repositories FROM codegraph_test_reader;
SET ROLE codegraph_test_reader;
SELECT pg_temp.check_equal('rights: a right that was revoked counts at once', '42501', left(pg_temp.outcome($$SELECT * FROM cg_repositories()$$), 5));
RESET ROLE;
GRANT SELECT ON codegraph_repositories TO codegraph_test_reader;

ALTER TABLE codegraph_repositories ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_repository ON codegraph_repositories TO codegraph_test_reader USING (repo_id = 'mine');
SELECT pg_temp.check_equal('rights: the owner is above row-level security', '2', count(*)::text) FROM cg_repositories();
SET ROLE codegraph_test_reader;
SELECT pg_temp.check_equal('rights: row-level security hides a repository', 'mine', string_agg(repo_id, ',')) FROM cg_repositories();
SELECT pg_temp.check_equal('rights: a hidden repository is unknown', '42704', left(pg_temp.outcome($$SELECT * FROM cg_snapshots('theirs')$$), 5));
SELECT pg_temp.check_equal('rights: the other one is there', 's', string_agg(snapshot_id, ',')) FROM cg_snapshots('mine');
RESET ROLE;
SELECT pg_temp.check_equal('rights: the owner sees both again', '2', count(*)::text) FROM cg_repositories();

BEGIN READ ONLY;
SELECT pg_temp.check_equal('rights: readers work in a read-only transaction', '2', count(*)::text) FROM cg_repositories();
SELECT pg_temp.check_equal('rights: writers say that it is read-only', '25006', left(pg_temp.outcome($$SELECT cg_save_repository('x')$$), 5));
COMMIT;
DROP OWNED BY codegraph_test_reader;
DROP ROLE codegraph_test_reader;
-- Writers lock the repository. That is for those who may update its table, be it one column; a refused call locks nothing.
ALTER TABLE codegraph_repositories DISABLE ROW LEVEL SECURITY;
CREATE ROLE codegraph_test_writer;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO codegraph_test_writer;
GRANT UPDATE ON codegraph_snapshots TO codegraph_test_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO codegraph_test_writer;
CREATE VIEW pg_temp.locks AS SELECT r.repo_id, l.mode FROM pg_locks l JOIN codegraph_repositories r ON r.repo_key = l.objid::bigint
WHERE l.locktype = 'object' AND l.classid = 'codegraph_repositories'::regclass AND l.pid = pg_backend_pid();
GRANT SELECT ON pg_temp.locks TO codegraph_test_writer;
SET ROLE codegraph_test_writer;
BEGIN;
SELECT pg_temp.check_equal('rights: writing needs the right to update repositories',
    '42501 permission denied for table codegraph_repositories', pg_temp.outcome($$SELECT cg_save_chunk('mine', 's', '{"file_path":"f","content":"c"}')$$));
SELECT pg_temp.check_equal('rights: removing does too',
    '42501 permission denied for table codegraph_repositories', pg_temp.outcome($$SELECT cg_prune('mine', 1)$$));
SELECT pg_temp.check_equal('rights: a call that was refused has locked nothing', '0', count(*)::text) FROM pg_temp.locks;
COMMIT;
RESET ROLE;
GRANT UPDATE (generation) ON codegraph_repositories TO codegraph_test_writer;
SET ROLE codegraph_test_writer;
BEGIN;
SELECT pg_temp.check_equal('rights: of one column is enough', 'ok', pg_temp.outcome($$SELECT cg_save_chunk('mine', 's', '{"file_path":"f","content":"c"}')$$));
SELECT pg_temp.check_equal('rights: a writer has a share of the lock', 'mine ShareLock', string_agg(concat_ws(' ', repo_id, mode), ', ')) FROM pg_temp.locks;
ROLLBACK;
RESET ROLE;
BEGIN;
SELECT pg_temp.check_equal('rights: pruning', 'ok', pg_temp.outcome($$SELECT cg_prune('mine', 1)$$));
SELECT pg_temp.check_equal('rights: who prunes has it alone', 'mine ExclusiveLock', string_agg(concat_ws(' ', repo_id, mode), ', ')) FROM pg_temp.locks;
ROLLBACK;
DROP OWNED BY codegraph_test_writer;
DROP ROLE codegraph_test_writer;
SELECT 'ok rights: reached the end';
