-- Makes the views and functions that the specs call. All specs use one repository, "r", which each makes and deletes.
CREATE EXTENSION codegraph;

-- A spec prints what it is about, and each answer in one line. `SELECT FROM f()` calls f and prints no row;
-- `SELECT FROM say(f())` prints what f returns, as a notice. Each view below has one row, the text `said`:
-- `SELECT FROM revisions, say(said)`.
CREATE FUNCTION say(anyelement) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE '%', $1;
END $$;

-- Every kept revision of every snapshot, what made it, and its content, read in full: what is missing is an error (XX001).
CREATE VIEW revisions AS
SELECT coalesce(string_agg(concat_ws(' ', snapshot_id || '@' || revision, operation,
           (SELECT string_agg(file_path || '=' || coalesce(content, 'LOST'), ' ')
            FROM cg_chunks('r', snapshot_id || '@{' || revision || '}'))), '; ' ORDER BY ordinality), 'none') AS said
FROM cg_log('r') WITH ORDINALITY;

CREATE VIEW stored AS
SELECT concat((SELECT count(*) FROM codegraph_contents), ' contents, ', (SELECT count(*) FROM codegraph_symbols), ' symbols, ',
              (SELECT count(*) FROM codegraph_definitions), ' definitions, ', (SELECT count(*) FROM codegraph_files), ' files, ',
              (SELECT count(*) FROM codegraph_chunks), ' chunks, ', (SELECT count(*) FROM codegraph_tree_nodes), ' nodes') AS said;

CREATE VIEW repositories AS
SELECT coalesce(string_agg(concat(repo_id, ' named ', name), '; '), 'none') AS said FROM cg_repositories();

CREATE VIEW snapshots AS
SELECT coalesce(string_agg(concat_ws(', ', snapshot_id || '@' || revision, 'commit ' || commit_hash, 'branch ' || branch_name,
                                     'made from ' || base_snapshot_id, CASE WHEN sealed THEN 'sealed' END), '; '), 'none') AS said
FROM cg_snapshots('r');

CREATE VIEW refs AS
SELECT coalesce(string_agg(concat(ref, ' is ', snapshot_id), '; '), 'none') AS said FROM cg_refs('r');

CREATE VIEW chunks AS
SELECT coalesce(string_agg(concat(fqn, '=', content), ' '), 'none') AS said FROM cg_chunks('r', 'a');

-- Makes the repository and empty snapshots.
CREATE FUNCTION make_snapshots(VARIADIC snapshots text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cg_save_repository('r');
    PERFORM cg_create_snapshot('r', snapshot) FROM unnest(snapshots) snapshot;
END $$;

-- The specs' language ends a step at the first closing brace: no JSON there.
CREATE FUNCTION save(snapshot text, path text, content text, fqn text = NULL, kind text = NULL) RETURNS text LANGUAGE sql AS $$
    SELECT cg_save_chunk('r', snapshot, json_build_object('file_path', path, 'content', content, 'fqn', fqn, 'kind', kind)) $$;
-- Saves a file of several chunks, each with its content.
CREATE FUNCTION save_several(snapshot text, path text, VARIADIC contents text[]) RETURNS text LANGUAGE sql AS $$
    SELECT cg_replace_file('r', snapshot, snapshot, path, (SELECT json_agg(json_build_object('content', content, 'start_line', n))
        FROM unnest(contents) WITH ORDINALITY AS c (content, n))::text) $$;
CREATE FUNCTION replace_file(base text, snapshot text, path text, content text, hash text = NULL) RETURNS text LANGUAGE sql AS $$
    SELECT cg_replace_file('r', base, snapshot, path, json_build_array(json_build_object('content', content))::text, '[]',
        hash)::json ->> 'files_replaced' $$;
-- Deletes one of the three files that readers.spec saves, and replaces another.
CREATE FUNCTION change(content text) RETURNS text LANGUAGE sql AS $$
    SELECT cg_replace_files('r', 'a', 'a', '[{"file_path":"f1","deleted":true},
        {"file_path":"f2","chunks":[{"fqn":"f1","content":"' || content || '"}]}]')::json ->> 'files_replaced' $$;
-- Makes or updates a snapshot from a, by two changed files: f with its hash, and g.
CREATE FUNCTION derive(snapshot text) RETURNS text LANGUAGE sql AS $$
    SELECT cg_create_incremental_snapshot('r', 'a', snapshot,
        '[{"file_path":"f","file_hash":"hash 1"},{"file_path":"g"}]', 'analyze_slowly') $$;
-- Waits while another session holds the lock 1.
CREATE FUNCTION analyze_slowly(path text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_lock_shared(1);
    PERFORM pg_advisory_unlock_shared(1);
    RETURN '{"chunks":[{"content":"analyzed"}]}';
END $$;

-- The repositories' rows that a transaction has locked or changed, or tried to.
CREATE VIEW marks AS
SELECT concat(count(*) FILTER (WHERE xmax <> '0'), ' of ', count(*), ' rows have a mark') AS said FROM codegraph_repositories;

-- How many file versions the content index does not cover.
CREATE VIEW unindexed AS
SELECT r.repo_id AS repo, count(f.file_key) AS files
FROM codegraph_repositories r LEFT JOIN codegraph_files f ON f.repo_key = r.repo_key AND f.file_key >
    coalesce((SELECT max(last_file_key) FROM codegraph_content_segments s WHERE s.repo_key = r.repo_key), 0)
GROUP BY r.repo_id;
-- What a search in each snapshot for what all contents have in common finds, and how many file versions are unindexed.
CREATE VIEW found AS
SELECT concat((SELECT string_agg(concat_ws(' ', u.repo || '/' || s.snapshot_id,
                   (SELECT string_agg(file_path || '=' || content, ' ')
                    FROM cg_search_content('text', NULL, u.repo, s.snapshot_id))), '; ' ORDER BY u.repo, s.snapshot_id)
               FROM unindexed u, cg_snapshots(u.repo) s),
              '; unindexed: ', (SELECT string_agg(repo || ' ' || files, ', ' ORDER BY repo) FROM unindexed)) AS said;
-- Saves a chunk, and may index all file versions that it sees.
CREATE FUNCTION write(snapshot text, path text, content text, repo text = 'r') RETURNS text LANGUAGE plpgsql
SET codegraph.auto_index_content = 0 AS $$
BEGIN
    PERFORM set_config('codegraph.auto_index_content', (files + 1)::text, true) FROM unindexed u WHERE u.repo = write.repo;
    RETURN cg_save_chunk(repo, snapshot, json_build_object('file_path', path, 'content', content));
END $$;

-- A role that stops between making sure that it is alone and listing what to index, while another session holds the
-- lock 1: there it looks at the segments for the second time.
CREATE ROLE codegraph_test_slow;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO codegraph_test_slow;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO codegraph_test_slow;
CREATE SEQUENCE looks_at_segments;
GRANT UPDATE ON looks_at_segments TO codegraph_test_slow;
CREATE FUNCTION look_slowly() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('public.looks_at_segments') = 3 THEN
        PERFORM pg_advisory_lock_shared(1);
        PERFORM pg_advisory_unlock_shared(1);
    END IF;
    RETURN true;
END $$;
ALTER TABLE codegraph_content_segments ENABLE ROW LEVEL SECURITY;
CREATE POLICY slow ON codegraph_content_segments TO codegraph_test_slow USING (look_slowly()) WITH CHECK (true);

-- A role without any right, and one that may read.
CREATE ROLE codegraph_test_stranger;
CREATE ROLE codegraph_test_guest;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO codegraph_test_guest;
