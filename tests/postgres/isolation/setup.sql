-- What the specs look at. All of them use one repository, "r", which each makes and deletes.
CREATE EXTENSION codegraph;

-- Every kept revision of every snapshot, read in full: what is missing is an error (XX001).
CREATE VIEW revisions AS
SELECT l.snapshot_id AS snapshot, l.revision, l.operation,
       (SELECT string_agg(file_path || '=' || coalesce(content, 'LOST'), ' ')
        FROM cg_chunks('r', l.snapshot_id || '@{' || l.revision || '}')) AS content
FROM cg_log('r') l;

CREATE VIEW stored AS
SELECT (SELECT count(*) FROM codegraph_contents) AS contents, (SELECT count(*) FROM codegraph_symbols) AS symbols,
       (SELECT count(*) FROM codegraph_definitions) AS definitions, (SELECT count(*) FROM codegraph_files) AS files,
       (SELECT count(*) FROM codegraph_chunks) AS chunks, (SELECT count(*) FROM codegraph_tree_nodes) AS nodes;

-- The specs' language ends a step at the first closing brace: no JSON there.
CREATE FUNCTION save(snapshot text, path text, content text, fqn text = NULL, kind text = NULL) RETURNS text LANGUAGE sql AS $$
    SELECT cg_save_chunk('r', snapshot, json_build_object('file_path', path, 'content', content, 'fqn', fqn, 'kind', kind)) $$;
CREATE FUNCTION replace_file(base text, snapshot text, path text, content text, hash text = NULL) RETURNS text LANGUAGE sql AS $$
    SELECT cg_replace_file('r', base, snapshot, path, json_build_array(json_build_object('content', content))::text, '[]',
        hash)::json ->> 'files_replaced' $$;
-- Two of three files.
CREATE FUNCTION change(content text) RETURNS text LANGUAGE sql AS $$
    SELECT cg_replace_files('r', 'a', 'a', '[{"file_path":"f1","deleted":true},
        {"file_path":"f2","chunks":[{"fqn":"f1","content":"' || content || '"}]}]')::json ->> 'files_replaced' $$;
-- f with its hash, and g.
CREATE FUNCTION derive(snapshot text) RETURNS text LANGUAGE sql AS $$
    SELECT cg_create_incremental_snapshot('r', 'a', snapshot,
        '[{"file_path":"f","file_hash":"hash 1"},{"file_path":"g"}]', 'analyze_slowly') $$;
-- While another session holds the lock 1.
CREATE FUNCTION analyze_slowly(path text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_lock_shared(1);
    PERFORM pg_advisory_unlock_shared(1);
    RETURN '{"chunks":[{"content":"analyzed"}]}';
END $$;
