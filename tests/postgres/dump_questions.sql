-- Asks readers that together show everything that a dump must bring back.
\pset format unaligned
\pset tuples_only on
SET TimeZone = 'UTC';
SELECT * FROM cg_repositories();
SELECT * FROM cg_snapshots('r');
SELECT * FROM cg_refs('r');
SELECT * FROM cg_log('r');
SELECT * FROM cg_files('r', 'b');
SELECT * FROM cg_chunks('r', 'a');
SELECT * FROM cg_chunks('r', 'b', true);
SELECT * FROM cg_chunk('r', 'b', 'explicit');
SELECT * FROM cg_chunks_by_fqn('q.7');
SELECT * FROM cg_chunk_history('r', 'q.7');
SELECT * FROM cg_dependencies('r', 'b');
SELECT * FROM cg_dependencies_to('r', 'a', 'q.9');
SELECT * FROM cg_references('r', 'a', 'q.9');
SELECT * FROM cg_aliases('r', 'b');
SELECT cg_resolve('r', 'b', 'q.9');
SELECT * FROM cg_symbols('r', 'b');
SELECT * FROM cg_transitive_dependents('r', 'a', 'q.100');
SELECT * FROM cg_importance('r', 'b');
SELECT * FROM cg_compare_commits('r', 'a', 'b');
SELECT * FROM cg_compare_dependencies('r', 'a', 'b');
SELECT * FROM cg_compare_files('r', 'a', 'b');
SELECT cg_snapshot_root('r', 'a'), cg_snapshot_root('r', 'b'), cg_snapshot_root('r', 'trunk'), cg_snapshot_root('r', 'b@{0}');
SELECT * FROM cg_search_content('backslash', 500, 'r', 'a');
SELECT * FROM cg_stats('r');
SELECT * FROM cg_export('r');
