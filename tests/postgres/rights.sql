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
SELECT 'ok rights: reached the end';
