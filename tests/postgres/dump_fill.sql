-- Something of everything that is stored, for a dump.
CREATE EXTENSION codegraph;
SELECT cg_save_repository('r', 'named', 'https://example.org/r.git', '/srv/r', 'trunk');
SELECT cg_create_snapshot('r', 'a', 'c0ffee', 'trunk', attrs => '{"author": "x"}');
SELECT cg_replace_files('r', 'a', 'a', (SELECT json_agg(json_build_object('file_path', 'f' || i, 'chunks',
    json_build_array(json_build_object('content', E'tab\t, quote '', backslash \\, é ' || i, 'fqn', 'q.' || i)), 'dependencies',
    json_build_array(json_build_object('from_fqn', 'q.' || i, 'to_fqn', 'q.' || i + 1, 'confidence', 0.1)))) FROM generate_series(1, 200) i));
SELECT cg_replace_file('r', 'a', 'b', 'f7', '[{"content": "changed", "chunk_id": "explicit"}]');
SELECT cg_soft_delete_file_chunks('r', 'b', 'f8');
SELECT cg_set_ref('r', 'trunk', 'a'), cg_set_ref('r', 'v1', 'b');
SELECT cg_index_content('r');
