\set VERBOSITY terse
\pset format unaligned
-- JSON arguments as text, json and jsonb; arguments by name; which overload a call means.
SELECT cg_save_repository('pg_overloads');
-- An untyped literal is text, and what has a default may be left out.
SELECT cg_create_snapshot('pg_overloads', 's');
SELECT cg_create_snapshot(snapshot_id => 'named', repo_id => 'pg_overloads', attrs => '{"as": "text"}');
SELECT cg_create_snapshot('pg_overloads', 'json', NULL, NULL, NULL, NULL, '{"as":   "json"}'::json);
SELECT cg_create_snapshot('pg_overloads', 'jsonb', NULL, NULL, NULL, NULL, '{"as":   "jsonb"}'::jsonb);
SELECT snapshot_id, attrs, pg_typeof(attrs) FROM cg_snapshots('pg_overloads');
SELECT cg_save_chunk('pg_overloads', 's', '{"file_path": "a", "content": "text"}');
SELECT cg_save_chunk('pg_overloads', 's', '{"file_path": "b", "content": "json"}'::json);
SELECT cg_save_chunk('pg_overloads', 's', '{"file_path": "c", "content": "jsonb"}'::jsonb);
SELECT cg_save_chunks('pg_overloads', 's', (SELECT jsonb_agg(jsonb_build_object('file_path', 'd', 'content', i::text, 'start_line', i)) FROM generate_series(1, 3) i));
SELECT cg_save_chunks('pg_overloads', 's', (SELECT json_agg(json_build_object('file_path', 'd', 'content', i::text, 'start_line', i)) FROM generate_series(1, 3) i));
SELECT cg_replace_file('pg_overloads', 's', 's', 'e', '[{"content": "x"}]'::jsonb, '[]'::jsonb, NULL, NULL) ->> 'files_replaced' AS replaced;
SELECT cg_replace_file('pg_overloads', 's', 's', 'f', chunks => '[]', attrs => '{"mode": "100644"}') ->> 'files_replaced' AS replaced;
SELECT file_path, chunks, attrs ->> 'mode' AS mode FROM cg_files('pg_overloads', 's');
-- The json and jsonb versions have the defaults of the text version.
SELECT cg_replace_file('pg_overloads', 's', 's', 'h', '[{"content": "x"}]'::jsonb) ->> 'files_replaced' AS replaced;
SELECT cg_replace_file('pg_overloads', 's', 's', 'h', '[{"content": "y"}]'::json, '[]') ->> 'files_replaced' AS replaced;
SELECT cg_replace_file('pg_overloads', 's', 's', 'h', '[{"content": "z"}]') ->> 'files_replaced' AS replaced;
SELECT cg_replace_file('pg_overloads', 's', 's', 'h', '[]', aliases => '[{"fqn": "a", "to_fqns": ["b"]}]'::jsonb) ->> 'files_replaced' AS replaced;
-- Two JSON arguments of different types fit no version.
SELECT cg_replace_file('pg_overloads', 's', 's', 'e', '[]'::jsonb, '[]'::json, NULL, NULL);
-- jsonb has lost a duplicate key before we see it; json has not.
SELECT cg_save_chunk('pg_overloads', 's', '{"file_path": "g", "content": "1", "content": "2"}'::jsonb);
SELECT cg_save_chunk('pg_overloads', 's', '{"file_path": "g", "content": "1", "content": "2"}'::json);
SELECT cg_delete_repository('pg_overloads');
