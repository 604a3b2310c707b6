\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- A snapshot has many names: its id, refs, a branch, the hash of its commit or the first digits of it, and steps from
-- another one.

SELECT cg_save_repository('refs');
SELECT cg_create_snapshot('refs', 'one', 'abcdef0123456789abcdef0123456789abcdef01', 'main', NULL, '2016-01-01T00:00:00Z');
SELECT cg_save_chunk('refs', 'one', '{"file_path": "one.py", "fqn": "one", "content": "one"}');
SELECT cg_create_snapshot('refs', 'two', 'abcdef0123456789abcdef0123456789abcdef02', 'main', 'one', '2016-02-01T00:00:00Z');
SELECT cg_save_chunk('refs', 'two', '{"file_path": "two.py", "fqn": "two", "content": "two"}');
SELECT cg_create_snapshot('refs', 'three', '0123456789abcdef0123456789abcdef01234567', 'main', 'two', '2016-03-01T00:00:00Z');
SELECT cg_save_chunk('refs', 'three', '{"file_path": "three.py", "fqn": "three", "content": "three"}');
-- of another repository, with the same hashes and names
SELECT cg_save_repository('refs-other');
SELECT cg_create_snapshot('refs-other', 'other', '0123456789abcdef0123456789abcdef01234567', 'main');
SELECT cg_set_ref('refs-other', 'v1', 'other');

-- Setting, moving and taking away. No snapshot gets a revision, and the log says nothing.
SELECT * FROM cg_refs('refs');
SELECT cg_set_ref('refs', 'v1', 'one');
SELECT cg_set_ref('refs', 'v1', 'one');
SELECT cg_set_ref('refs', 'main', 'two');
SELECT cg_set_ref('refs', 'feature/ä', 'three');
SELECT ref, snapshot_id, CASE WHEN updated_at IS NULL THEN 'no time' END AS no_time FROM cg_refs('refs');
SELECT cg_set_ref('refs', 'feature/ä', 'one');
SELECT cg_set_ref('refs', 'feature/ä');
SELECT cg_set_ref('refs', 'feature/ä', NULL);
SELECT cg_set_ref('refs', 'nothing');
SELECT ref, snapshot_id FROM cg_refs('refs');
SELECT snapshot_id, revision FROM cg_snapshots('refs');
SELECT snapshot_id, revision, operation FROM cg_log('refs');
-- a sealed snapshot too
SELECT cg_create_snapshot('refs', 'sealed', NULL, NULL, 'one');
SELECT cg_seal_snapshot('refs', 'sealed');
SELECT cg_set_ref('refs', 'v0', 'sealed');
SELECT cg_set_ref('refs', 'v0');

-- A ref comes before a branch, and a snapshot id before a ref.
SELECT file_path FROM cg_files('refs', 'main');
SELECT cg_set_ref('refs', 'three', 'one');
SELECT file_path FROM cg_files('refs', 'three');
SELECT cg_set_ref('refs', 'main', 'one');
SELECT file_path FROM cg_files('refs', 'main');
-- every reader takes one
SELECT content FROM cg_chunks('refs', 'v1');
SELECT content FROM cg_chunk('refs', 'v1', 'one');
SELECT cg_count_chunks('refs', 'v1'), cg_count_chunks('refs', 'v1~0'), cg_count_chunks('refs', 'three~');
SELECT change, fqn FROM cg_compare_commits('refs', 'v1', 'three');
SELECT change, file_path FROM cg_compare_files('refs', 'three~2', 'three~1');
SELECT snapshot_id, fqn FROM cg_search_content('o', 50, 'refs', 'v1');
-- without a snapshot, a search reads the ref of the default branch; else the branch; else the newest
SELECT snapshot_id, fqn FROM cg_search_content('o', 50, 'refs');
SELECT cg_set_ref('refs', 'main');
SELECT snapshot_id, fqn FROM cg_search_content('e', 50, 'refs');
SELECT cg_save_repository('refs', NULL, NULL, NULL, 'v1');
SELECT snapshot_id, fqn FROM cg_search_content('o', 50, 'refs');
SELECT cg_save_repository('refs', NULL, NULL, NULL, 'main');
-- writers take none
SELECT cg_save_chunk('refs', 'v1', '{"file_path": "x.py", "content": "x"}');
SELECT cg_set_ref('refs', 'v2', 'v1');
SELECT cg_delete_snapshot('refs', 'v1');

-- What a ref may be called.
SELECT cg_set_ref('refs', '', 'one');
SELECT cg_set_ref('refs', 'a~1', 'one');
SELECT cg_set_ref('refs', 'a~', NULL);
SELECT cg_set_ref('refs', 'a@{1}', 'one');
SELECT cg_set_ref('refs', 'a@{', 'one');
SELECT cg_set_ref('refs', 'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr', 'one');
SELECT cg_set_ref('refs', 'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr', 'one');
SELECT cg_set_ref('refs', 'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr');
SELECT cg_set_ref('refs', 'a@b', 'one');
SELECT cg_count_chunks('refs', 'a@b'), cg_count_chunks('refs', 'a@b@{0}');
SELECT cg_set_ref('refs', 'a@b');

-- Commits: a whole hash, or seven digits and more. Capitals count as small letters.
SELECT file_path FROM cg_files('refs', '0123456789abcdef0123456789abcdef01234567');
SELECT file_path FROM cg_files('refs', '0123456');
SELECT file_path FROM cg_files('refs', '0123456789abcdef0123456789ABCDEF0123456');
SELECT file_path FROM cg_files('refs', 'ABCDEF0123456789ABCDEF0123456789ABCDEF01');
SELECT file_path FROM cg_files('refs', '012345');
SELECT file_path FROM cg_files('refs', '0123457');
SELECT file_path FROM cg_files('refs', '0123456x');
SELECT file_path FROM cg_files('refs', '0123456789abcdef0123456789abcdef012345678');
SELECT file_path FROM cg_files('refs', 'abcdef0');
SELECT file_path FROM cg_files('refs', 'ABCDEF0~1');
SELECT file_path FROM cg_files('refs', 'abcdef0123456789abcdef0123456789abcdef0');
SELECT file_path FROM cg_files('refs', 'abcdef0123456789abcdef0123456789abcdef02');
SELECT file_path FROM cg_files('refs', '0123456~');
SELECT cg_count_chunks('refs', '0123456@{0}'), cg_count_chunks('refs', '0123456@{1}');
-- two snapshots of one commit
SELECT cg_create_snapshot('refs', 'again', '0123456789abcdef0123456789abcdef01234567');
SELECT file_path FROM cg_files('refs', '0123456789abcdef0123456789abcdef01234567');
SELECT file_path FROM cg_files('refs', '0123456');
SELECT cg_delete_snapshot('refs', 'again');
-- a whole hash comes before a longer one that begins with it, and may be anything
SELECT cg_create_snapshot('refs', 'short', '0123456789', NULL, 'one');
SELECT file_path FROM cg_files('refs', '0123456789');
SELECT file_path FROM cg_files('refs', '012345678');
SELECT cg_create_snapshot('refs', 'short', 'r12 of trunk');
SELECT file_path FROM cg_files('refs', 'r12 of trunk');
SELECT file_path FROM cg_files('refs', '012345678');
SELECT cg_delete_snapshot('refs', 'short');
-- a ref in the form of a hash wins over the digits, also when they are of several
SELECT cg_set_ref('refs', '0123456', 'one');
SELECT cg_set_ref('refs', 'abcdef0', 'two');
SELECT file_path FROM cg_files('refs', '0123456');
SELECT file_path FROM cg_files('refs', 'abcdef0');
SELECT file_path FROM cg_files('refs', '01234567');
SELECT cg_set_ref('refs', '0123456'), cg_set_ref('refs', 'abcdef0');

-- Steps along the recorded bases.
SELECT CASE WHEN cg_snapshot_root('refs', 'three~1') = cg_snapshot_root('refs', 'two') THEN 'two' END AS one_step, CASE WHEN cg_snapshot_root('refs', 'main~2') = cg_snapshot_root('refs', 'one') THEN 'one' END AS two_steps, CASE WHEN cg_snapshot_root('refs', 'main~002') = cg_snapshot_root('refs', 'one') THEN 'one' END AS with_zeros;
SELECT file_path FROM cg_files('refs', 'three~3');
SELECT file_path FROM cg_files('refs', 'one~');
SELECT file_path FROM cg_files('refs', 'one~999999999999');
SELECT file_path FROM cg_files('refs', 'one~99999999999999999999999');
SELECT file_path FROM cg_files('refs', 'nothing~');
SELECT file_path FROM cg_files('refs', '~');
SELECT file_path FROM cg_files('refs', '~1');
SELECT file_path FROM cg_files('refs', 'three~1~1');
SELECT file_path FROM cg_files('refs', 'three~~');
SELECT file_path FROM cg_files('refs', 'three~-1');
SELECT file_path FROM cg_files('refs', 'three~x');
-- a base that was deleted, and one that was made again: then bases go round, and there are as many steps as snapshots
SELECT cg_create_snapshot('refs', 'r1'), cg_create_snapshot('refs', 'r2', NULL, NULL, 'r1');
SELECT cg_delete_snapshot('refs', 'r1');
SELECT cg_count_chunks('refs', 'r2~');
SELECT cg_create_snapshot('refs', 'r1', NULL, NULL, 'r2');
SELECT count(*) FROM cg_snapshots('refs');
SELECT cg_count_chunks('refs', 'r1~2'), cg_count_chunks('refs', 'r1~6');
SELECT cg_count_chunks('refs', 'r1~7');
SELECT cg_delete_snapshot('refs', 'r1'), cg_delete_snapshot('refs', 'r2');
-- the whole text is tried first: as an id, a branch
SELECT cg_create_snapshot('refs', 'three~1', NULL, 'main~1');
SELECT cg_count_chunks('refs', 'three~1'), cg_count_chunks('refs', 'main~1'), cg_count_chunks('refs', 'main~01');
SELECT cg_delete_snapshot('refs', 'three~1');

-- A moment stands behind everything else.
SELECT cg_count_chunks('refs', 'three~1@{0}'), cg_count_chunks('refs', 'main~1@{1}'), cg_count_chunks('refs', 'v1@{0}'), cg_count_chunks('refs', '0123456~2@{0}');
SELECT cg_count_chunks('refs', 'main~1@{2}');
SELECT cg_count_chunks('refs', 'main@{0}~1');
SELECT cg_count_chunks('refs', 'v1@{2000-01-01T00:00:00Z}');
SELECT cg_count_chunks('refs', 'v1@{2999-01-01T00:00:00Z}'), cg_count_chunks('refs', 'main~1@{2999-01-01T00:00:00Z}');
SELECT cg_count_chunks('refs', 'main~1@{2016-02-15T00:00:00Z}');
-- with a time a branch is what it was then, also where a ref has its name
SELECT cg_set_ref('refs', 'main', 'one');
SELECT cg_count_chunks('refs', 'main'), cg_count_chunks('refs', 'main@{1}'), cg_count_chunks('refs', 'main@{2016-02-15T00:00:00Z}'), cg_count_chunks('refs', 'main@{2999-01-01T00:00:00Z}');
SELECT cg_count_chunks('refs', 'main@{2015-01-01T00:00:00Z}');
-- an id that is a name with a moment
SELECT cg_create_snapshot('refs', 'main@{0}', NULL, NULL, 'three');
SELECT cg_count_chunks('refs', 'main@{0}'), cg_count_chunks('refs', 'main@{0}~1'), cg_count_chunks('refs', 'main@{0}~1@{0}');
SELECT cg_delete_snapshot('refs', 'main@{0}');

-- Refs go with their snapshot, and with their repository.
SELECT cg_set_ref('refs', 'v2', 'two'), cg_set_ref('refs', 'v2.0', 'two');
SELECT CAST(cg_gc('refs') AS text) AS freed;
SELECT CAST(cg_prune('refs', 1) AS text) AS forgotten;
SELECT cg_delete_snapshot('refs', 'two');
SELECT ref, snapshot_id FROM cg_refs('refs');
SELECT cg_count_chunks('refs', 'v2');
SELECT cg_count_chunks('refs', 'three~1');
SELECT cg_delete_repository('refs');
SELECT cg_save_repository('refs');
SELECT * FROM cg_refs('refs');
SELECT ref, snapshot_id FROM cg_refs('refs-other');
SELECT * FROM cg_verify('refs');
