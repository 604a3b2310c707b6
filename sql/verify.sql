\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- What is damaged is named; what is sound has no rows.

-- everything that was stored before this
SELECT * FROM cg_verify();
SELECT * FROM cg_verify('nowhere');

SELECT cg_save_repository('verify');
SELECT * FROM cg_verify('verify');
SELECT cg_create_snapshot('verify', 'main');
SELECT cg_replace_files('verify', 'main', 'main', '[
    {"file_path": "a.py", "chunks": [{"fqn": "a.f", "content": "def f(): g()"}, {"content": "# end", "start_line": 3, "chunk_id": "the end"}], "dependencies": [{"from_fqn": "a.f", "to_fqn": "b.g"}]},
    {"file_path": "b.py", "chunks": [{"fqn": "b.g", "content": "def g(): pass"}]}]');
SELECT cg_soft_delete_file_chunks('verify', 'main', 'b.py');
SELECT * FROM cg_verify('verify');
SELECT * FROM cg_verify(NULL);

-- a content: named, and refused by what reads it
UPDATE codegraph_contents SET content = 'def f(): h()' WHERE content = 'def f(): g()';
SELECT * FROM cg_verify('verify');
SELECT content FROM cg_chunks('verify', 'main');
SELECT content FROM cg_chunk('verify', 'main', 'the end');
UPDATE codegraph_contents SET content = 'def f(): g()' WHERE content = 'def f(): h()';
SELECT * FROM cg_verify('verify');

-- a chunk's row, in two columns: a writer builds nothing on it
UPDATE codegraph_chunks SET start_line = 2, kind = 'x' WHERE fqn = 'a.f';
SELECT * FROM cg_verify('verify');
SELECT cg_save_chunk('verify', 'main', '{"file_path": "a.py", "content": "new", "start_line": 9}');
SELECT chunk_id FROM cg_chunk('verify', 'main', 'a.f');
UPDATE codegraph_chunks SET start_line = 1, kind = 'unknown' WHERE fqn = 'a.f';

-- names and what they define
UPDATE codegraph_symbols SET name = 'the beginning' WHERE name = 'the end';
SELECT * FROM cg_verify('verify');
UPDATE codegraph_symbols SET name = 'the end' WHERE name = 'the beginning';
UPDATE codegraph_definitions SET path = 'c.py' WHERE path = 'b.py';
SELECT * FROM cg_verify('verify');
UPDATE codegraph_definitions SET path = 'b.py' WHERE path = 'c.py';

-- the log, and where it ends
UPDATE codegraph_log SET revision = 7 WHERE revision = 2 AND operation = 'soft_delete_file_chunks' AND repo_key = (SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'verify');
SELECT * FROM cg_verify('verify');
UPDATE codegraph_log SET revision = 2 WHERE revision = 7 AND operation = 'soft_delete_file_chunks' AND repo_key = (SELECT repo_key FROM codegraph_repositories WHERE repo_id = 'verify');
SELECT * FROM cg_verify('verify');
-- forgotten revisions are no damage
SELECT cg_prune('verify', 1);
SELECT * FROM cg_verify('verify');
SELECT cg_gc('verify');
SELECT * FROM cg_verify('verify');

-- a format of the future
UPDATE codegraph_repositories SET format = 1000 WHERE repo_id = 'verify';
SELECT * FROM cg_verify('verify');
UPDATE codegraph_repositories SET format = 1 WHERE repo_id = 'verify';
SELECT cg_delete_repository('verify');

-- no sequence lags
SELECT cg_repair_sequences();
