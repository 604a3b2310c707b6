\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Arguments that are wrong: the text names the function, the argument and the value. No call leaves anything behind.

SELECT cg_save_repository('arguments');
SELECT cg_create_snapshot('arguments', 'main', NULL, 'trunk');
SELECT cg_save_chunk('arguments', 'main', '{"file_path": "a.py", "fqn": "a.f", "content": "f"}');
\set ten 0123456789
\set fifty :ten:ten:ten:ten:ten
\set hundred :fifty:fifty
\set thousand :hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred

-- NULL for a required argument, which is named
SELECT cg_save_repository(NULL);
SELECT cg_create_snapshot(NULL, 'x');
SELECT cg_create_snapshot('arguments', NULL);
SELECT cg_save_chunk(NULL, 'main', '{}');
SELECT cg_save_chunk('arguments', NULL, '{}');
SELECT cg_save_chunk('arguments', 'main', NULL);
SELECT cg_save_chunks(NULL, 'main', '[]');
SELECT cg_save_chunks('arguments', NULL, '[]');
SELECT cg_save_chunks('arguments', 'main', NULL);
SELECT cg_save_dependency(NULL, 'main', '{}');
SELECT cg_save_dependency('arguments', NULL, '{}');
SELECT cg_save_dependency('arguments', 'main', NULL);
SELECT cg_save_dependencies(NULL, 'main', '[]');
SELECT cg_save_dependencies('arguments', NULL, '[]');
SELECT cg_save_dependencies('arguments', 'main', NULL);
SELECT cg_replace_file(NULL, 'main', 'main', 'a.py', '[]');
SELECT cg_replace_file('arguments', NULL, 'main', 'a.py', '[]');
SELECT cg_replace_file('arguments', 'main', NULL, 'a.py', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', NULL, '[]');
SELECT cg_replace_file('arguments', 'main', 'main', 'a.py', NULL);
SELECT cg_replace_files(NULL, 'main', 'main', '[]');
SELECT cg_replace_files('arguments', NULL, 'main', '[]');
SELECT cg_replace_files('arguments', 'main', NULL, '[]');
SELECT cg_replace_files('arguments', 'main', 'main', NULL);
SELECT cg_create_incremental_snapshot(NULL, 'main', 'main', '[]', 'f');
SELECT cg_create_incremental_snapshot('arguments', NULL, 'main', '[]', 'f');
SELECT cg_create_incremental_snapshot('arguments', 'main', NULL, '[]', 'f');
SELECT cg_create_incremental_snapshot('arguments', 'main', 'main', NULL, 'f');
SELECT cg_create_incremental_snapshot('arguments', 'main', 'main', '[]', NULL);
SELECT cg_soft_delete_file_chunks(NULL, 'main', 'a.py');
SELECT cg_soft_delete_file_chunks('arguments', NULL, 'a.py');
SELECT cg_soft_delete_file_chunks('arguments', 'main', NULL);
SELECT cg_restore_file_chunks(NULL, 'main', 'a.py');
SELECT cg_restore_file_chunks('arguments', NULL, 'a.py');
SELECT cg_restore_file_chunks('arguments', 'main', NULL);
SELECT cg_update_file_metadata(NULL, 'main', 'a.py', 'h');
SELECT cg_update_file_metadata('arguments', NULL, 'a.py', 'h');
SELECT cg_update_file_metadata('arguments', 'main', NULL, 'h');
SELECT cg_update_file_metadata('arguments', 'main', 'a.py', NULL);
SELECT cg_delete_snapshot(NULL, 'main');
SELECT cg_delete_snapshot('arguments', NULL);
SELECT cg_delete_repository(NULL);
SELECT * FROM cg_snapshots(NULL);
SELECT * FROM cg_refs(NULL);
SELECT cg_set_ref(NULL, 'v1', 'main');
SELECT cg_set_ref('arguments', NULL, 'main');
SELECT * FROM cg_files(NULL, 'main');
SELECT * FROM cg_files('arguments', NULL);
SELECT * FROM cg_changed_files(NULL, 'main', '{}');
SELECT * FROM cg_changed_files('arguments', NULL, '{}');
SELECT * FROM cg_changed_files('arguments', 'main', NULL);
SELECT * FROM cg_chunks(NULL, 'main');
SELECT * FROM cg_chunks('arguments', NULL);
SELECT * FROM cg_chunk(NULL, 'main', 'a.f');
SELECT * FROM cg_chunk('arguments', NULL, 'a.f');
SELECT * FROM cg_chunk('arguments', 'main', NULL);
SELECT * FROM cg_file_chunks(NULL, 'main', 'a.py');
SELECT * FROM cg_file_chunks('arguments', NULL, 'a.py');
SELECT * FROM cg_file_chunks('arguments', 'main', NULL);
SELECT * FROM cg_chunks_by_kind(NULL, 'main', 'k');
SELECT * FROM cg_chunks_by_kind('arguments', NULL, 'k');
SELECT * FROM cg_chunks_by_kind('arguments', 'main', NULL);
SELECT * FROM cg_chunks_by_fqn(NULL, 'arguments');
SELECT * FROM cg_chunk_at(NULL, 'main', 'a.py', 1);
SELECT * FROM cg_chunk_at('arguments', NULL, 'a.py', 1);
SELECT * FROM cg_chunk_at('arguments', 'main', NULL, 1);
SELECT * FROM cg_chunk_at('arguments', 'main', 'a.py', NULL);
SELECT cg_file_content(NULL, 'main', 'a.py');
SELECT cg_file_content('arguments', NULL, 'a.py');
SELECT cg_file_content('arguments', 'main', NULL);
SELECT cg_file_hash(NULL, 'main', 'a.py');
SELECT cg_file_hash('arguments', NULL, 'a.py');
SELECT cg_file_hash('arguments', 'main', NULL);
SELECT cg_count_chunks(NULL, 'main');
SELECT cg_count_chunks('arguments', NULL);
SELECT cg_snapshot_root(NULL, 'main');
SELECT cg_snapshot_root('arguments', NULL);
SELECT * FROM cg_dependencies(NULL, 'main');
SELECT * FROM cg_dependencies('arguments', NULL);
SELECT * FROM cg_dependencies_from(NULL, 'main', 'a.f');
SELECT * FROM cg_dependencies_from('arguments', NULL, 'a.f');
SELECT * FROM cg_dependencies_from('arguments', 'main', NULL);
SELECT * FROM cg_dependencies_to(NULL, 'main', 'a.f');
SELECT * FROM cg_dependencies_to('arguments', NULL, 'a.f');
SELECT * FROM cg_dependencies_to('arguments', 'main', NULL);
SELECT * FROM cg_references(NULL, 'main', 'a.f');
SELECT * FROM cg_references('arguments', NULL, 'a.f');
SELECT * FROM cg_references('arguments', 'main', NULL);
SELECT * FROM cg_references('arguments', 'main', 'a.f', 1.5);
SELECT * FROM cg_references('arguments', 'main', 'a.f', NULL);
SELECT * FROM cg_aliases(NULL, 'main');
SELECT * FROM cg_aliases('arguments', NULL);
SELECT cg_resolve(NULL, 'main', 'a.f');
SELECT cg_resolve('arguments', NULL, 'a.f');
SELECT cg_resolve('arguments', 'main', NULL);
SELECT * FROM cg_symbols(NULL, 'main');
SELECT * FROM cg_symbols('arguments', NULL);
SELECT * FROM cg_transitive_dependencies(NULL, 'main', 'a.f');
SELECT * FROM cg_transitive_dependencies('arguments', NULL, 'a.f');
SELECT * FROM cg_transitive_dependencies('arguments', 'main', NULL);
SELECT * FROM cg_transitive_dependents(NULL, 'main', 'a.f');
SELECT * FROM cg_transitive_dependents('arguments', NULL, 'a.f');
SELECT * FROM cg_transitive_dependents('arguments', 'main', NULL);
SELECT * FROM cg_compare_commits(NULL, 'main', 'main');
SELECT * FROM cg_compare_commits('arguments', NULL, 'main');
SELECT * FROM cg_compare_commits('arguments', 'main', NULL);
SELECT * FROM cg_compare_dependencies(NULL, 'main', 'main');
SELECT * FROM cg_compare_dependencies('arguments', NULL, 'main');
SELECT * FROM cg_compare_dependencies('arguments', 'main', NULL);
SELECT * FROM cg_compare_files(NULL, 'main', 'main');
SELECT * FROM cg_compare_files('arguments', NULL, 'main');
SELECT * FROM cg_compare_files('arguments', 'main', NULL);

-- ids: not empty, at most 200 bytes, not 200 characters; in the text a long value is cut
SELECT cg_save_repository('');
SELECT cg_save_repository(:'hundred' || :'hundred' || '0');
SELECT cg_save_repository('é' || :'hundred' || :'fifty' || :'ten' || :'ten' || :'ten' || :'ten' || '123456789');
SELECT cg_create_snapshot('arguments', '');
SELECT cg_create_snapshot('arguments', :'hundred' || :'hundred' || '0');
SELECT cg_create_snapshot('arguments', 'x', NULL, NULL, '');
SELECT cg_create_snapshot('arguments', 'x', NULL, NULL, :'hundred' || :'hundred' || '0');
SELECT cg_replace_file('arguments', 'main', '', 'a.py', '[]');
SELECT cg_replace_file('arguments', 'main', :'hundred' || :'hundred' || '0', 'a.py', '[]');
SELECT cg_replace_files('arguments', 'main', :'hundred' || :'hundred' || '0', '[]');
SELECT cg_replace_file('arguments', '', 'x', 'a.py', '[]');
SELECT cg_save_repository('arguments', :'thousand' || '0123456789012345678901234');
SELECT cg_save_repository('arguments', NULL, NULL, NULL, :'thousand' || '0123456789012345678901234');

-- paths: relative, no empty, . or .. part, at most 1,024 bytes
SELECT cg_replace_file('arguments', 'main', 'main', '', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', '/a', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', 'a/', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', '/', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', 'a//b', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', '.', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', './a', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', 'a/./b', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', '..', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', '../a', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', 'a/..', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', 'a/../../b', '[]');
SELECT cg_replace_file('arguments', 'main', 'main', :'thousand' || '0123456789012345678901234', '[]');
SELECT cg_soft_delete_file_chunks('arguments', 'main', '../a');
SELECT cg_restore_file_chunks('arguments', 'main', '/a');
SELECT cg_update_file_metadata('arguments', 'main', 'a/', 'h');
SELECT cg_save_chunk('arguments', 'main', '{"file_path": "../a", "content": ""}');
SELECT cg_save_chunk('arguments', 'main', '{"file_path": "", "content": ""}');
SELECT cg_save_chunk('arguments', 'main', '{"file_path": "' || :'thousand' || '0123456789012345678901234", "content": ""}');
SELECT revision FROM cg_snapshots('arguments');
SELECT count(*) FROM cg_files('arguments', 'main');
-- these are paths like others
SELECT cg_replace_files('arguments', 'main', 'paths', '[{"file_path": "...", "chunks": []}, {"file_path": ".a/..b/c.", "chunks": []}, {"file_path": " ", "chunks": []}, {"file_path": "C:\\a b\\''é", "chunks": []}, {"file_path": "line\nfeed", "chunks": []}]');
SELECT replace(file_path, '
', '<LF>') AS file_path FROM cg_files('arguments', 'paths');
SELECT cg_replace_file('arguments', 'paths', 'paths', :'thousand' || '012345678901234567890123', '[]');
SELECT max(length(file_path)) AS longest FROM cg_files('arguments', 'paths');

-- in a text the value is one readable line
SELECT cg_count_chunks('arguments', 'line
feed	tab "quoted" é ' || :'hundred');
SELECT cg_count_chunks('line
feed', 'main');
SELECT * FROM cg_snapshots('arguments') WHERE snapshot_id NOT IN ('main', 'paths');
