\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_dependency_path: the shortest path that via and relationship of the traversal give, followed back from the target.

-- s -> a, b; a -> a, z; b -> y; z -> t, aa; aa -> t; y -> t (IMPORTS, EXTENDS), ext, the note (READS); t -> s (RETURNS);
-- the note -> aa (FLOWS). y is defined twice, ext nowhere, the note has no FQN.
SELECT cg_save_repository('paths');
SELECT cg_create_snapshot('paths', 'main', NULL, 'trunk');
SELECT cg_replace_files('paths', 'main', 'main', '[
    {"file_path": "note.txt", "chunks": [{"name": "note", "content": "n"}], "dependencies": [{"from_chunk_id": "paths:note.txt:note:1-1", "to_fqn": "aa", "relationship": "FLOWS"}]},
    {"file_path": "p.py", "chunks": [{"fqn": "s", "content": ""}, {"fqn": "a", "content": "", "start_line": 2}, {"fqn": "b", "content": "", "start_line": 3}, {"fqn": "y", "content": "", "start_line": 4}, {"fqn": "z", "content": "", "start_line": 5}, {"fqn": "aa", "content": "", "start_line": 6}, {"fqn": "t", "content": "", "start_line": 7}],
     "dependencies": [{"from_fqn": "s", "to_fqn": "b"}, {"from_fqn": "s", "to_fqn": "a"}, {"from_fqn": "a", "to_fqn": "a"}, {"from_fqn": "a", "to_fqn": "z"}, {"from_fqn": "b", "to_fqn": "y"}, {"from_fqn": "z", "to_fqn": "t"}, {"from_fqn": "z", "to_fqn": "aa"}, {"from_fqn": "aa", "to_fqn": "t"}, {"from_fqn": "y", "to_fqn": "t", "relationship": "IMPORTS"}, {"from_fqn": "y", "to_fqn": "t", "relationship": "EXTENDS"}, {"from_fqn": "t", "to_fqn": "s", "relationship": "RETURNS"}]},
    {"file_path": "q.py", "chunks": [{"fqn": "y", "content": "again"}], "dependencies": [{"from_fqn": "y", "to_fqn": "ext"}, {"from_fqn": "y", "to_chunk_id": "paths:note.txt:note:1-1", "relationship": "READS"}]}]');

-- back from t the least predecessor is y, so the path is not the one through a; aa is less, but no level up;
-- of IMPORTS and EXTENDS the latter is less
SELECT * FROM cg_dependency_path('paths', 'main', 's', 't');
-- the same by chunk ids and a branch; the second chunk of y stands for y, whose first chunk is listed
SELECT * FROM cg_dependency_path('paths', 'trunk', 'paths:q.py:y:1-1', 'paths:p.py:t:7-7');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 'aa');
-- to an external symbol; to and from a chunk without FQN; what only the second chunk of y depends on is reached through its first
SELECT * FROM cg_dependency_path('paths', 'main', 's', 'ext');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 'paths:note.txt:note:1-1');
SELECT * FROM cg_dependency_path('paths', 'main', 'paths:note.txt:note:1-1', 'y');

-- source = target is step 0 alone: in a cycle, with a self-loop, external, by name and id, whatever the filter
SELECT * FROM cg_dependency_path('paths', 'main', 's', 's');
SELECT * FROM cg_dependency_path('paths', 'main', 'a', 'a');
SELECT * FROM cg_dependency_path('paths', 'main', 'ext', 'ext');
SELECT * FROM cg_dependency_path('paths', 'main', 'paths:q.py:y:1-1', 'y', 'NOTHING');
SELECT * FROM cg_dependency_path('paths', 'main', 'paths:note.txt:note:1-1', 'paths:note.txt:note:1-1');

-- no path, and a target that the snapshot neither defines nor references: no rows
SELECT * FROM cg_dependency_path('paths', 'main', 'ext', 's');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 'unknown');
SELECT * FROM cg_dependency_path('paths', 'main', 'ext', 'unknown');
-- one relationship less and the way is another one
SELECT * FROM cg_dependency_path('paths', 'main', 's', 't', 'CALLS');
SELECT step, fqn, relationship FROM cg_dependency_path('paths', 'main', 's', 't', ' IMPORTS, CALLS');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 't', 'IMPORTS');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 't', 'NOTHING');
SELECT step, fqn, relationship FROM cg_dependency_path('paths', 'main', 's', 't', NULL);

-- whatever is reached has a path as long as its depth, and its last step is by via and relationship
SELECT count(*) AS reached, max(r.depth) AS max_depth FROM cg_transitive_dependencies('paths', 'main', 's') r;
SELECT r.fqn FROM cg_transitive_dependencies('paths', 'main', 's') r
WHERE r.depth <> (SELECT max(p.step) FROM cg_dependency_path('paths', 'main', 's', coalesce(r.fqn, r.chunk_id)) p)
    OR NOT EXISTS (SELECT 1 FROM cg_dependency_path('paths', 'main', 's', coalesce(r.fqn, r.chunk_id)) p WHERE p.step = r.depth AND p.relationship = r.relationship)
    OR NOT EXISTS (SELECT 1 FROM cg_dependency_path('paths', 'main', 's', coalesce(r.fqn, r.chunk_id)) p WHERE p.step = r.depth - 1 AND p.fqn = r.via);

-- least is by bytes: an upper-case letter before lower-case ones before others
SELECT cg_create_snapshot('paths', 'bytes');
SELECT cg_replace_file('paths', 'bytes', 'bytes', 'f', '[{"fqn": "u", "content": ""}, {"fqn": "é", "content": ""}, {"fqn": "Z", "content": ""}, {"fqn": "b", "content": ""}]', '[{"from_fqn": "u", "to_fqn": "é"}, {"from_fqn": "u", "to_fqn": "b"}, {"from_fqn": "u", "to_fqn": "Z"}, {"from_fqn": "é", "to_fqn": "v"}, {"from_fqn": "b", "to_fqn": "v"}, {"from_fqn": "Z", "to_fqn": "v", "relationship": "X_Y"}, {"from_fqn": "Z", "to_fqn": "v", "relationship": "XA"}, {"from_fqn": "é", "to_fqn": "w"}]');
SELECT step, fqn, relationship FROM cg_dependency_path('paths', 'bytes', 'u', 'v');
SELECT step, fqn, relationship, is_external FROM cg_dependency_path('paths', 'bytes', 'u', 'w');

-- a file that leaves takes its edges with it: ext is then unknown, and y is what its other chunk makes it
SELECT cg_replace_files('paths', 'main', 'next', '[{"file_path": "q.py", "deleted": true}, {"file_path": "note.txt", "chunks": []}]');
SELECT * FROM cg_dependency_path('paths', 'next', 's', 'ext');
SELECT step, fqn FROM cg_dependency_path('paths', 'next', 's', 't');

-- arguments that are wrong; an unknown source is an error whatever the target
SELECT * FROM cg_dependency_path('paths', 'main', 'unknown', 's');
SELECT * FROM cg_dependency_path('paths', 'main', 'unknown', 'unknown');
SELECT * FROM cg_dependency_path('paths', 'main', '', 's');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 't', '');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 't', 'CALLS,,IMPORTS');
SELECT * FROM cg_dependency_path('paths', 'main', 's', 's', 'calls');
SELECT * FROM cg_dependency_path('paths', 'main', NULL, 't');
SELECT * FROM cg_dependency_path('paths', 'main', 's', NULL);
SELECT * FROM cg_dependency_path('paths', NULL, 's', 't');
SELECT * FROM cg_dependency_path(NULL, 'main', 's', 't');
SELECT * FROM cg_dependency_path('paths', 'nowhere', 's', 't');
SELECT * FROM cg_dependency_path('nowhere', 'main', 's', 't');
