\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Snapshots: made empty or from a base, updated by what is given, listed by creation.

SELECT cg_save_repository('snapshots');
SELECT cg_create_snapshot('snapshots', 'plain');
-- attrs {}; the root of nothing is the same everywhere
SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, root, revision, sealed, committed_at, attrs FROM cg_snapshots('snapshots');
SELECT count(*) AS with_times FROM cg_snapshots('snapshots') WHERE created_at <= updated_at;
SELECT cg_create_snapshot('snapshots', 'full', 'c0ffee', 'main', 'plain', '2016-03-01T12:00:00Z', ' { "author" : "Ann B",  "parents" : [ 1, 2.50 ] } ');
SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, revision, attrs FROM cg_snapshots('snapshots') WHERE snapshot_id = 'full';

-- what is given is updated, what is left out or NULL stays; a call that changes nothing leaves no trace
SELECT cg_create_snapshot('snapshots', 'full', NULL, 'trunk');
SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, revision, attrs FROM cg_snapshots('snapshots') WHERE snapshot_id = 'full';
SELECT updated_at AS before FROM cg_snapshots('snapshots') WHERE snapshot_id = 'full' \gset
SELECT cg_create_snapshot('snapshots', 'full');
SELECT cg_create_snapshot('snapshots', 'full', 'c0ffee', 'trunk', 'plain', '2016-03-01T13:00:00+01:00', '{"author":"Ann B","parents":[1,2.50]}');
SELECT count(*) AS untouched FROM cg_snapshots('snapshots') WHERE snapshot_id = 'full' AND updated_at = :'before' AND revision = 0;
SELECT cg_create_snapshot('snapshots', 'full', NULL, NULL, NULL, NULL, '{}');
SELECT snapshot_id, commit_hash, branch_name, attrs FROM cg_snapshots('snapshots') WHERE snapshot_id = 'full';

-- by creation: coalesce(committed_at, created_at), then the order they were made in
SELECT cg_save_repository('snapshots-order');
SELECT cg_create_snapshot('snapshots-order', 'no time, first');
SELECT cg_create_snapshot('snapshots-order', 'z later', NULL, NULL, NULL, '2020-01-01T00:00:00.002Z');
SELECT cg_create_snapshot('snapshots-order', 'y same, first', NULL, NULL, NULL, '2020-01-01T00:00:00Z');
SELECT cg_create_snapshot('snapshots-order', 'x same, second', NULL, NULL, NULL, '2020-01-01T02:00:00+02:00');
SELECT cg_create_snapshot('snapshots-order', 'a earliest', NULL, NULL, NULL, '0001-01-01T00:00:00Z');
SELECT cg_create_snapshot('snapshots-order', 'a last', NULL, NULL, NULL, '9999-12-31T23:59:59.999Z');
SELECT cg_create_snapshot('snapshots-order', 'between', NULL, NULL, NULL, '2020-01-01T00:00:00.001Z');
SELECT snapshot_id FROM cg_snapshots('snapshots-order');
-- a time given later counts
SELECT cg_create_snapshot('snapshots-order', 'a last', NULL, NULL, NULL, '2019-12-31T23:00:00-00:30');
SELECT snapshot_id FROM cg_snapshots('snapshots-order');

-- times are RFC 3339 with Z or an offset, cut to milliseconds
SELECT cg_create_snapshot('snapshots', 'time', NULL, NULL, NULL, '2024-02-29t23:59:59.9999-05:30');
SELECT count(*) AS as_given FROM cg_snapshots('snapshots') WHERE snapshot_id = 'time' AND committed_at = '2024-03-01T05:29:59.999Z';
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '2024-02-29');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '2024-02-29T00:00:00');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '2023-02-29T00:00:00Z');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '2024-01-01T24:00:00Z');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '2024-01-01T00:00:00+0100');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '2024-01-01T00:00:00.Z');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '0000-01-01T00:00:00Z');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, 'yesterday');
SELECT cg_create_snapshot('snapshots', 'bad time', NULL, NULL, NULL, '');
SELECT count(*) AS made FROM cg_snapshots('snapshots') WHERE snapshot_id = 'bad time';

-- with a base it starts as that snapshot's content, at revision 0; later each goes its own way
SELECT cg_save_repository('snapshots-base');
SELECT cg_create_snapshot('snapshots-base', 'v1');
SELECT cg_save_chunk('snapshots-base', 'v1', '{"file_path": "a.py", "fqn": "a.f", "content": "def f(): pass\n"}');
SELECT cg_create_snapshot('snapshots-base', 'v2', NULL, NULL, 'v1');
SELECT snapshot_id, base_snapshot_id, root, revision FROM cg_snapshots('snapshots-base');
SELECT cg_save_chunk('snapshots-base', 'v1', '{"file_path": "a.py", "fqn": "a.g", "content": "def g(): pass\n"}');
SELECT cg_count_chunks('snapshots-base', 'v1'), cg_count_chunks('snapshots-base', 'v2');
SELECT cg_save_chunk('snapshots-base', 'v2', '{"file_path": "b.py", "content": "b"}');
SELECT file_path FROM cg_files('snapshots-base', 'v1');
SELECT file_path FROM cg_files('snapshots-base', 'v2');

-- the recorded base may be given again, another is an error
SELECT cg_create_snapshot('snapshots-base', 'v2', NULL, NULL, 'v1');
SELECT cg_create_snapshot('snapshots-base', 'other');
SELECT cg_create_snapshot('snapshots-base', 'v2', NULL, NULL, 'other');
-- so it is for a snapshot without base that has content, or had some
SELECT cg_create_snapshot('snapshots-base', 'v1', NULL, NULL, 'other');
SELECT cg_create_snapshot('snapshots-base', 'emptied');
SELECT cg_update_file_metadata('snapshots-base', 'emptied', 'x', 'h');
SELECT cg_replace_files('snapshots-base', 'emptied', 'emptied', '[{"file_path": "x", "deleted": true}]');
SELECT snapshot_id, root, revision FROM cg_snapshots('snapshots-base') WHERE snapshot_id = 'emptied';
SELECT cg_create_snapshot('snapshots-base', 'emptied', NULL, NULL, 'v1');
-- one that is at revision 0, empty and without base takes it: revision 1, unless the base is empty too
SELECT cg_create_snapshot('snapshots-base', 'adopts');
SELECT cg_create_snapshot('snapshots-base', 'adopts', 'c1', NULL, 'v1');
SELECT cg_create_snapshot('snapshots-base', 'adopts nothing');
SELECT cg_create_snapshot('snapshots-base', 'adopts nothing', NULL, NULL, 'other');
SELECT snapshot_id, commit_hash, base_snapshot_id, revision, root FROM cg_snapshots('snapshots-base') WHERE snapshot_id LIKE 'adopts%';
SELECT cg_create_snapshot('snapshots-base', 'adopts nothing', NULL, NULL, 'v1');
SELECT cg_create_snapshot('snapshots-base', 'adopts', NULL, NULL, 'v1');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('snapshots-base') WHERE snapshot_id LIKE 'adopts%';
-- an error changes nothing of the snapshot, also not what else was given
SELECT cg_create_snapshot('snapshots-base', 'v2', 'new commit', 'new branch', 'other');
SELECT cg_create_snapshot('snapshots-base', 'new', NULL, NULL, 'not there');
SELECT cg_create_snapshot('snapshots-base', 'new', NULL, NULL, 'new');
SELECT cg_create_snapshot('snapshots-base', 'v1', NULL, NULL, 'v1');
SELECT snapshot_id, commit_hash, branch_name FROM cg_snapshots('snapshots-base');

-- ids, commits, branches, attrs
\set ten 0123456789
\set fifty :ten:ten:ten:ten:ten
\set hundred :fifty:fifty
\set thousand :hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred
SELECT cg_create_snapshot('snapshots', '');
SELECT cg_create_snapshot('snapshots', :'hundred' || :'hundred' || 'x');
SELECT length(cg_create_snapshot('snapshots', :'hundred' || :'hundred')) AS length;
SELECT cg_create_snapshot('snapshots', 'long', :'thousand' || '0123456789012345678901234', NULL);
SELECT cg_create_snapshot('snapshots', 'long', NULL, :'thousand' || '0123456789012345678901234');
SELECT cg_create_snapshot('snapshots', 'long', :'thousand' || '012345678901234567890123', :'thousand' || '012345678901234567890123');
SELECT length(commit_hash) AS commit_length, length(branch_name) AS branch_length FROM cg_snapshots('snapshots') WHERE snapshot_id = 'long';
SELECT cg_create_snapshot('snapshots', 'bad attrs', NULL, NULL, NULL, NULL, '[]');
SELECT cg_create_snapshot('snapshots', 'bad attrs', NULL, NULL, NULL, NULL, '{');
SELECT cg_create_snapshot('snapshots', 'bad attrs', NULL, NULL, NULL, NULL, 'null');
SELECT cg_create_snapshot('snapshots', 'bad attrs', NULL, NULL, NULL, NULL, '');
-- attrs are not looked into: equal keys inside stay, numbers stay as written
SELECT cg_create_snapshot('snapshots', 'attrs', NULL, NULL, NULL, NULL, '{"a": 1, "a": {"b": 1.00, "c": "x  y"}}');
SELECT attrs FROM cg_snapshots('snapshots') WHERE snapshot_id = 'attrs';
SELECT count(*) AS made FROM cg_snapshots('snapshots') WHERE snapshot_id = 'bad attrs';
SELECT cg_create_snapshot('no such repository', 'x');
SELECT * FROM cg_snapshots('no such repository');
