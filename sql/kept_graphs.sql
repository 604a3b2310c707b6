\set VERBOSITY terse
\pset format unaligned
-- Graphs that the connection keeps of content that is not stored any more: freed, rolled back, deleted. The next graph
-- of the repository is one change away from them.
SELECT cg_save_repository('kept'), cg_create_snapshot('kept', 'a');
SELECT cg_replace_files('kept', 'a', 'a', '[
  {"file_path": "f", "chunks": [{"content": "f", "fqn": "f"}]},
  {"file_path": "g", "chunks": [{"content": "g", "fqn": "g"}], "dependencies": [{"from_fqn": "g", "to_fqn": "f"}]}]');
SELECT cg_count_dependents('kept', 'a', 'f'), CASE WHEN cg_graph_dot('kept', 'a', 'f') IS NULL THEN 0 ELSE 1 END AS drawn;

-- Freed.
SELECT cg_replace_file('kept', 'a', 'a', 'h', '[{"content":"h","fqn":"h"}]', '[{"from_fqn":"h","to_fqn":"g"}]');
SELECT cg_prune('kept', 1), cg_gc('kept');
SELECT cg_count_dependents('kept', 'a', 'f'), CASE WHEN cg_graph_dot('kept', 'a', 'f') IS NULL THEN 0 ELSE 1 END AS drawn;
SELECT fqn, depth FROM cg_transitive_dependents('kept', 'a', 'f');

-- Rolled back.
BEGIN;
SELECT cg_replace_file('kept', 'a', 'a', 'i', '[{"content":"i","fqn":"i"}]', '[{"from_fqn":"i","to_fqn":"f"}]');
SELECT cg_count_dependents('kept', 'a', 'f');
ROLLBACK;
SELECT cg_replace_file('kept', 'a', 'a', 'j', '[{"content":"j","fqn":"j"}]', '[{"from_fqn":"j","to_fqn":"g"}]');
SELECT fqn, depth FROM cg_transitive_dependents('kept', 'a', 'f');

-- Deleted and made again.
SELECT cg_delete_repository('kept');
SELECT cg_save_repository('kept'), cg_create_snapshot('kept', 'a');
SELECT cg_replace_file('kept', 'a', 'a', 'g', '[{"content":"g","fqn":"g"}]', '[{"from_fqn":"g","to_fqn":"f"}]');
SELECT fqn, depth FROM cg_transitive_dependents('kept', 'a', 'f');
SELECT cg_delete_repository('kept');
