\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_cycles: strongly connected components of two or more symbols, and self-loops, numbered by their least symbol.

-- a <-> z; b <-> c (CALLS, IMPORTS); k -> k (FLOWS); m <-> n, m is defined twice; Up <-> the note, which has no FQN (CALLS, FLOWS).
-- Ways from one cycle to another, or out of it, join nothing: z -> b, c -> leaf -> ext.
SELECT cg_save_repository('cycles');
SELECT cg_create_snapshot('cycles', 'main', NULL, 'trunk');
SELECT cg_replace_files('cycles', 'main', 'main', '[
    {"file_path": "note.txt", "chunks": [{"name": "note", "content": "n"}], "dependencies": [{"from_chunk_id": "cycles:note.txt:note:1-1", "to_fqn": "Up", "relationship": "FLOWS"}]},
    {"file_path": "one.py", "chunks": [{"fqn": "a", "content": ""}, {"fqn": "b", "content": "", "start_line": 2}, {"fqn": "c", "content": "", "start_line": 3}, {"fqn": "k", "content": "", "start_line": 4}, {"fqn": "leaf", "content": "", "start_line": 5}, {"fqn": "m", "content": "", "start_line": 6}],
     "dependencies": [{"from_fqn": "a", "to_fqn": "z"}, {"from_fqn": "b", "to_fqn": "c"}, {"from_fqn": "c", "to_fqn": "b", "relationship": "IMPORTS"}, {"from_fqn": "c", "to_fqn": "leaf"}, {"from_fqn": "k", "to_fqn": "k", "relationship": "FLOWS"}, {"from_fqn": "leaf", "to_fqn": "ext"}, {"from_fqn": "m", "to_fqn": "n"}]},
    {"file_path": "three.py", "chunks": [{"fqn": "Up", "content": ""}], "dependencies": [{"from_fqn": "Up", "to_chunk_id": "cycles:note.txt:note:1-1"}]},
    {"file_path": "two.py", "chunks": [{"fqn": "m", "content": "again"}, {"fqn": "n", "content": "", "start_line": 2}, {"fqn": "z", "content": "", "start_line": 3}],
     "dependencies": [{"from_fqn": "n", "to_fqn": "m"}, {"from_fqn": "z", "to_fqn": "a"}, {"from_fqn": "z", "to_fqn": "b"}]}]');

-- by cycle, symbol, reader order; an upper-case letter comes first
SELECT * FROM cg_cycles('cycles', 'main');
SELECT count(*) FROM cg_cycles('cycles', 'trunk', NULL);
-- only what a cycle of these relationships holds; the numbers begin at 1 again
SELECT * FROM cg_cycles('cycles', 'main', 'CALLS');
SELECT * FROM cg_cycles('cycles', 'main', 'CALLS , IMPORTS');
SELECT * FROM cg_cycles('cycles', 'main', 'FLOWS');
SELECT * FROM cg_cycles('cycles', 'main', 'IMPORTS');
SELECT * FROM cg_cycles('cycles', 'main', 'NOTHING');

-- soft-deleted: a and m lose what led back through two.py; the later ones get lower numbers
SELECT cg_soft_delete_file_chunks('cycles', 'main', 'two.py');
SELECT * FROM cg_cycles('cycles', 'main');
SELECT cg_restore_file_chunks('cycles', 'main', 'two.py');
SELECT count(*), max(cycle) AS cycles FROM cg_cycles('cycles', 'main');

-- one edge more makes one cycle of two: its number is that of its least symbol
SELECT cg_save_dependency('cycles', 'main', '{"from_fqn": "b", "to_fqn": "a", "confidence": 0}');
SELECT cycle, fqn FROM cg_cycles('cycles', 'main');

-- a symbol that two chunks define is one: they depend on each other as on themselves
SELECT cg_create_snapshot('cycles', 'twice');
SELECT cg_replace_files('cycles', 'twice', 'twice', '[{"file_path": "1", "chunks": [{"fqn": "d", "content": ""}], "dependencies": [{"from_fqn": "d", "to_fqn": "d"}]}, {"file_path": "2", "chunks": [{"fqn": "d", "content": ""}]}]');
SELECT * FROM cg_cycles('cycles', 'twice');
-- the ways through both of its chunks close a cycle that neither of them alone would
SELECT cg_replace_files('cycles', 'twice', 'twice', '[{"file_path": "1", "chunks": [{"fqn": "d", "content": ""}], "dependencies": [{"from_fqn": "d", "to_fqn": "e"}]}, {"file_path": "2", "chunks": [{"fqn": "d", "content": ""}]}, {"file_path": "3", "chunks": [{"fqn": "e", "content": ""}], "dependencies": [{"from_fqn": "e", "to_chunk_id": "cycles:2:d:1-1"}]}]');
SELECT * FROM cg_cycles('cycles', 'twice');
-- an acyclic graph has none, and neither has an empty snapshot
SELECT cg_replace_file('cycles', 'twice', 'twice', '3', '[{"fqn": "e", "content": ""}]');
SELECT * FROM cg_cycles('cycles', 'twice');
SELECT cg_create_snapshot('cycles', 'empty');
SELECT * FROM cg_cycles('cycles', 'empty');

-- arguments that are wrong
SELECT * FROM cg_cycles('cycles', 'main', '');
SELECT * FROM cg_cycles('cycles', 'main', 'CALLS,');
SELECT * FROM cg_cycles('cycles', 'empty', 'calls');
SELECT * FROM cg_cycles('cycles', NULL);
SELECT * FROM cg_cycles(NULL, 'main');
SELECT * FROM cg_cycles('cycles', 'nowhere');
SELECT * FROM cg_cycles('nowhere', 'main');
