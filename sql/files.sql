\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- The files of a snapshot, and how they differ from a manifest.

SELECT cg_save_repository('files');
SELECT cg_create_snapshot('files', 'main', NULL, 'trunk');
SELECT * FROM cg_files('files', 'main');
SELECT cg_replace_files('files', 'main', 'main', '[
    {"file_path": "b/z.c", "file_hash": "hash z", "chunks": [{"name": "1", "content": "1", "language": "c"}]},
    {"file_path": "b.c", "file_hash": "hash b", "attrs": {"mode": 644, "encoding": "latin1"}, "chunks": [{"fqn": "b", "content": "1", "language": "c"}], "dependencies": [{"from_fqn": "b", "to_fqn": "x"}, {"from_fqn": "b", "to_fqn": "x", "relationship": "IMPORTS"}]},
    {"file_path": "B.c", "file_hash": "hash B", "chunks": []},
    {"file_path": "é.c", "file_hash": "hash é", "chunks": []},
    {"file_path": "mixed", "file_hash": "hash mixed", "chunks": [{"name": "1", "content": "1", "language": "python"}, {"name": "2", "content": "2", "language": "c"}, {"name": "3", "content": "3", "language": "python"}]},
    {"file_path": "tie", "file_hash": "hash tie", "chunks": [{"name": "1", "content": "1", "language": "python"}, {"name": "2", "content": "2", "language": "Rust"}, {"name": "3", "content": "3", "language": "c"}]}]');
-- by path; the commonest language, the least on a tie
SELECT file_path, file_hash, language, chunks, dependencies, attrs FROM cg_files('files', 'main');
SELECT count(*) AS with_time FROM cg_files('files', 'trunk') WHERE last_indexed_at IS NOT NULL;
-- soft-deleted chunks do not count, neither for the language
SELECT cg_create_snapshot('files', 'partly', NULL, NULL, 'main');
SELECT cg_soft_delete_file_chunks('files', 'partly', 'mixed');
SELECT cg_save_chunk('files', 'partly', '{"file_path": "mixed", "name": "2", "content": "2", "language": "c"}');
SELECT file_path, file_hash, language, chunks FROM cg_files('files', 'partly') WHERE file_path = 'mixed';

SELECT cg_file_hash('files', 'main', 'b/z.c'), cg_file_hash('files', 'trunk', 'é.c'), cg_file_hash('files', 'main', 'b.C'), cg_file_hash('files', 'main', 'b');
SELECT cg_count_chunks('files', 'main');

-- a manifest of everything as it is; one that differs in each way; an empty one
SELECT * FROM cg_changed_files('files', 'main', '{"b/z.c": "hash z", "b.c": "hash b", "B.c": "hash B", "é.c": "hash é", "mixed": "hash mixed", "tie": "hash tie"}');
SELECT * FROM cg_changed_files('files', 'main', ' { "tie" : "other", "zzz": "new", "a": "new", "b.c": "hash b", "B.c": "HASH B", "\u00e9.c": "hash \u00e9", "b/new": "x" } ');
SELECT * FROM cg_changed_files('files', 'trunk', '{}');
-- null is as absent
SELECT * FROM cg_changed_files('files', 'main', '{"b/z.c": null, "b.c": "hash b", "B.c": "hash B", "é.c": "hash é", "mixed": "hash mixed", "tie": "hash tie", "new": null}');
-- a file without hash differs from every hash
SELECT cg_save_chunk('files', 'main', '{"file_path": "no hash", "content": ""}');
SELECT * FROM cg_changed_files('files', 'main', '{"no hash": "x", "b/z.c": "hash z", "b.c": "hash b", "B.c": "hash B", "é.c": "hash é", "mixed": "hash mixed", "tie": "hash tie"}');
-- manifests that are wrong
SELECT * FROM cg_changed_files('files', 'main', '[]');
SELECT * FROM cg_changed_files('files', 'main', '{"a": 1}');
SELECT * FROM cg_changed_files('files', 'main', '{"a": ""}');
SELECT * FROM cg_changed_files('files', 'main', '{"a": "x", "b": "y", "a": "x"}');
SELECT * FROM cg_changed_files('files', 'main', '{"a//b": "x"}');
SELECT * FROM cg_changed_files('files', 'main', '{"": "x"}');
SELECT * FROM cg_changed_files('files', 'main', '{');
SELECT * FROM cg_changed_files('files', 'main', NULL);
SELECT * FROM cg_changed_files('files', 'nowhere', '{}');
SELECT * FROM cg_files('files', 'nowhere');
